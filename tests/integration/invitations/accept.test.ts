import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { findInvitationLink } from "@/lib/invitations/find-invitation-link";
import { resendInvitation } from "@/lib/invitations/resend-invitation";
import { revokeInvitation } from "@/lib/invitations/revoke-invitation";
import type { RequestContext } from "@/lib/operations/request-context";
import { runOperation } from "@/lib/operations/run-operation";
import { auditEventsAbout, makeMembership, makeUser } from "../../support/factories";
import { again, contextFor, idOf, openTenant, type TenantScope, tenantCaller } from "../../support/people";
import { type AuthFixture, makeAccount, makeBrowser, password, startAuthFixture } from "../auth/auth-fixture";
import { address, invite, linkTo } from "./invitees";

let fixture: AuthFixture;
beforeAll(async () => {
  fixture = await startAuthFixture();
});
afterAll(() => fixture.stop());

type Browser = ReturnType<typeof makeBrowser>;

const accept = (browser: Browser, { id, token }: { id: string; token: string }, form: object = {}) =>
  browser.send("/accept-invitation", { body: { invitationId: id, token, ...form } });

const newcomer = { name: "Ada Ömer", password };

async function signedIn(email: string): Promise<Browser> {
  const browser = makeBrowser();
  expect((await browser.signIn(email)).status).toBe(200);
  return browser;
}

async function membersOf({ tenantId }: TenantScope): Promise<Record<string, string[]>> {
  const { rows } = await fixture.sql.query(
    `select u.email, array_agg(r.key order by r.key) as roles from membership m join "user" u on u.id = m.user_id
     join membership_role mr on mr.membership_id = m.id join role r on r.id = mr.role_id where m.tenant_id = $1 group by 1`,
    [tenantId],
  );
  return Object.fromEntries(rows.map(({ email, roles }) => [email, roles]));
}

/** A tenant, somebody who invites there, and an invitation to an address. */
async function invited(email: string, key: "admin" | "member" | "moderator" = "member") {
  const scope = await openTenant();
  const inviter = await tenantCaller(scope, "owner");
  await tenantCaller(scope, "owner");
  const invitation = await invite(inviter, email, key);
  return { scope, inviter, invitation, link: await linkTo(email) };
}

const acceptances = async (invitationId: string) =>
  (await auditEventsAbout(invitationId)).filter(({ action }) => action === "invitation.accept");

describe("a newcomer", () => {
  it("becomes a member with the roles of the invitation, at home in the tenant, verified, with one event", async () => {
    const email = address();
    const { scope, invitation, link } = await invited(email, "moderator");
    const answer = await accept(makeBrowser(), link, newcomer);
    expect([answer.status, answer.json]).toMatchObject([
      201,
      { tenant: { slug: scope.tenantSlug }, roles: ["moderator"] },
    ]);
    const { rows } = await fixture.sql.query(
      'select name, email_verified, home_tenant_id, invited_at from "user" where email = $1',
      [email],
    );
    expect(rows).toEqual([
      { name: "Ada Ömer", email_verified: true, home_tenant_id: scope.tenantId, invited_at: null },
    ]);
    expect((await membersOf(scope))[email]).toEqual(["moderator"]);
    await signedIn(email);
    const events = await acceptances(invitation.id);
    expect(events.map(({ outcome, tenantId, actorName, details }) => [outcome, tenantId, actorName, details])).toEqual([
      [
        "success",
        scope.tenantId,
        "invitation link",
        { email, userId: answer.json.user.id, roles: ["moderator"], isNewUser: true },
      ],
    ]);
  });

  it("is refused a password that is too weak, or made of the tenant's own name, and may try again", async () => {
    const { link } = await invited(address());
    for (const weak of ["short", "Test tenant Test tenant"]) {
      const answer = await accept(makeBrowser(), link, { name: "A", password: weak });
      expect([answer.status, answer.json.errors?.[0]?.path]).toEqual([400, "password"]);
    }
    expect((await accept(makeBrowser(), link, newcomer)).status).toBe(201);
  });

  it("uses a link once: of many at the same time, one comes in", async () => {
    const email = address();
    const { scope, link } = await invited(email);
    const answers = await Promise.all(Array.from({ length: 5 }, () => accept(makeBrowser(), link, newcomer)));
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
    expect(answers.every(({ status }) => [201, 400, 401, 409].includes(status))).toBe(true);
    expect((await membersOf(scope))[email]).toEqual(["member"]);
    expect((await accept(makeBrowser(), link, newcomer)).status).toBe(400);
  });
});

describe("somebody who has an account", () => {
  it("with another home comes in as a guest, keeps that home, and leaves one event of their own", async () => {
    const home = await openTenant();
    const user = await makeAccount({ homeTenantId: home.tenantId });
    const { scope, invitation, link } = await invited(user.email);
    const answer = await accept(await signedIn(user.email), link);
    expect([answer.status, answer.json.roles]).toEqual([201, ["guest"]]);
    expect((await membersOf(scope))[user.email]).toEqual(["guest"]);
    const { rows } = await fixture.sql.query('select home_tenant_id from "user" where id = $1', [user.id]);
    expect(rows[0].home_tenant_id).toBe(home.tenantId);
    expect((await acceptances(invitation.id)).map(({ outcome, actorId }) => [outcome, actorId])).toEqual([
      ["success", user.id],
    ]);
  });

  it("with another home is a guest once, where they were invited as member and guest", async () => {
    const user = await makeAccount({ homeTenantId: (await openTenant()).tenantId });
    const scope = await openTenant();
    await invite(await tenantCaller(scope, "owner"), user.email, ["member", "guest"]);
    const answer = await accept(await signedIn(user.email), await linkTo(user.email));
    expect([answer.status, answer.json.roles]).toEqual([201, ["guest"]]);
    expect((await membersOf(scope))[user.email]).toEqual(["guest"]);
  });

  it("managed by the platform comes in as what they were invited to be, and is managed as before", async () => {
    const user = await makeAccount();
    const { scope, link } = await invited(user.email);
    await accept(await signedIn(user.email), link);
    expect((await membersOf(scope))[user.email]).toEqual(["member"]);
    const { rows } = await fixture.sql.query('select home_tenant_id from "user" where id = $1', [user.id]);
    expect(rows[0].home_tenant_id).toBeNull();
  });

  it("must sign in: the link alone neither enters the account nor changes its password or name", async () => {
    const user = await makeAccount();
    const { scope, link } = await invited(user.email);
    const answer = await accept(makeBrowser(), link, { name: "Eve", password: "another long enough secret" });
    expect(answer.status).toBe(401);
    expect(Object.keys(await membersOf(scope))).not.toContain(user.email);
    await signedIn(user.email);
  });

  it("accepts for themself alone: whoever is signed in with another address is refused, with one event", async () => {
    const { scope, invitation, link } = await invited(address(), "admin");
    const other = await makeAccount();
    const answer = await accept(await signedIn(other.email), link, newcomer);
    expect(answer.status).toBe(403);
    expect(Object.keys(await membersOf(scope))).not.toContain(other.email);
    const { rows } = await fixture.sql.query("select action, outcome from audit_event where request_id = $1", [
      answer.requestId,
    ]);
    expect(rows).toEqual([{ action: "invitation.accept", outcome: "denied" }]);
    expect((await findInvitationLink(invitation.id, link.token))?.state).toBe("pending");
  });

  it("who is a member already keeps their roles: an invitation that was overtaken changes nothing", async () => {
    const user = await makeAccount();
    const { scope, link } = await invited(user.email, "admin");
    await makeMembership(scope.tenantId, user.id, "member");
    expect((await accept(await signedIn(user.email), link)).status).toBe(409);
    expect((await membersOf(scope))[user.email]).toEqual(["member"]);
  });
});

describe("a link that is dead", () => {
  const end: Record<string, (of: { inviter: RequestContext; id: string; scope: TenantScope }) => Promise<unknown>> = {
    withdrawn: ({ inviter, id }) => runOperation(revokeInvitation, again(inviter), { invitationId: id }),
    replaced: ({ inviter, id }) => runOperation(resendInvitation, again(inviter), { invitationId: id }),
    "past its time": ({ id }) => fixture.sql.query("update invitation set expires_at = now() where id = $1", [id]),
    "of a suspended tenant": ({ scope }) =>
      fixture.sql.query("update tenant set suspended_at = now() where id = $1", [scope.tenantId]),
  };

  it.each(Object.keys(end))("because it is %s makes no member", async (why) => {
    const email = address();
    const { scope, inviter, invitation, link } = await invited(email);
    await end[why]?.({ inviter, id: invitation.id, scope });
    const answer = await accept(makeBrowser(), link, newcomer);
    expect([answer.status, answer.json.errors?.[0]?.path]).toEqual([400, "token"]);
    expect(Object.keys(await membersOf(scope))).not.toContain(email);
    expect((await fixture.sql.query('select 1 from "user" where email = $1', [email])).rows).toEqual([]);
  });

  it("because it belongs to another invitation or to none is answered alike", async () => {
    const [one, two] = [await invited(address()), await invited(address())];
    const crossed = await accept(makeBrowser(), { id: one.link.id, token: two.link.token }, newcomer);
    const unknown = await accept(makeBrowser(), { id: one.link.id, token: "nothing" }, newcomer);
    const plain = ({ json }: typeof crossed) => ({ ...json, requestId: null });
    expect(plain(crossed)).toEqual(plain(unknown));
    expect(await findInvitationLink(one.link.id, two.link.token)).toBeNull();
  });
});

describe("the inviter's present grants", () => {
  const rolesAfter = async (change: (inviter: RequestContext, scope: TenantScope) => Promise<unknown>) => {
    const email = address();
    const { scope, inviter, link } = await invited(email, "admin");
    await change(inviter, scope);
    const answer = await accept(makeBrowser(), link, newcomer);
    return { given: (await membersOf(scope))[email], withheld: answer.json.withheld };
  };

  it("still cover the roles: they are given", async () => {
    expect(await rolesAfter(async () => undefined)).toEqual({ given: ["admin"], withheld: [] });
  });

  it.each([
    [
      "were taken",
      (inviter: RequestContext) =>
        fixture.sql.query(
          "delete from membership_role using membership m where m.id = membership_id and m.user_id = $1",
          [idOf(inviter)],
        ),
    ],
    [
      "went with the membership",
      (inviter: RequestContext) => fixture.sql.query("delete from membership where user_id = $1", [idOf(inviter)]),
    ],
    [
      "went with the account",
      (inviter: RequestContext) => fixture.sql.query('delete from "user" where id = $1', [idOf(inviter)]),
    ],
    [
      "are locked away",
      (inviter: RequestContext) =>
        fixture.sql.query('update "user" set locked_at = now() where id = $1', [idOf(inviter)]),
    ],
  ])("%s: membership is all that is given", async (_why, change) => {
    expect(await rolesAfter(change)).toEqual({ given: ["member"], withheld: ["admin"] });
  });
});

it("nobody raises themself by inviting their own address", async () => {
  const scope = await openTenant();
  const inviter = await tenantCaller(scope, "admin");
  const own = await makeAccount({ homeTenantId: (await openTenant()).tenantId });
  await makeMembership(scope.tenantId, own.id, "admin");
  const self = await contextFor(own.id, scope);
  await expect(invite(self, own.email)).rejects.toThrow("belongs to the tenant already");
  await expect(invite(self, address(), "owner")).rejects.toMatchObject({ code: "FORBIDDEN" });
  expect((await membersOf(scope))[own.email]).toEqual(["admin"]);
  expect(idOf(inviter)).not.toBe(own.id);
});

it("an invitation of somebody who was invited by a holder of a platform role rests on that role", async () => {
  const scope = await openTenant();
  const platform = await contextFor((await makeUser({ platformRole: "admin" })).id, scope);
  const [kept, lost] = [address(), address()];
  await invite(platform, kept, "owner");
  await invite(platform, lost, "owner");
  expect((await accept(makeBrowser(), await linkTo(kept), newcomer)).json.roles).toEqual(["owner"]);
  await fixture.sql.query("delete from platform_role_assignment where user_id = $1", [idOf(platform)]);
  expect((await accept(makeBrowser(), await linkTo(lost), newcomer)).json).toMatchObject({
    roles: ["member"],
    withheld: ["owner"],
  });
});
