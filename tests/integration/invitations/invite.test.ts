import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { builtInRoleId } from "@/lib/authorization/built-in-roles";
import { createInvitations } from "@/lib/invitations/create-invitations";
import { listInvitations } from "@/lib/invitations/list-invitations";
import { resendInvitation } from "@/lib/invitations/resend-invitation";
import { revokeInvitation } from "@/lib/invitations/revoke-invitation";
import { mailer } from "@/lib/mail/mailer";
import type { RequestContext } from "@/lib/operations/request-context";
import { runOperation } from "@/lib/operations/run-operation";
import { auditEventsOf, makeUser } from "../../support/factories";
import { again, idOf, makeRole, openTenant, platformCaller, tenantCaller } from "../../support/people";
import { startTestRuntime, type TestRuntime } from "../../support/test-runtime";
import { address, invite, linkTo } from "./invitees";

let runtime: TestRuntime;
beforeAll(async () => {
  runtime = await startTestRuntime();
});
afterAll(() => runtime.stop());

const eventsOf = async (ctx: RequestContext) =>
  (await auditEventsOf(ctx.requestId)).map(({ action, outcome, targetName }) => [action, outcome, targetName]);

const stale = (ctx: RequestContext): RequestContext =>
  ctx.actor.type === "user" ? { ...ctx, actor: { ...ctx.actor, authenticatedAt: new Date(0) } } : ctx;

describe("inviting", () => {
  it("makes an invitation and mails a link, of which only the hash is kept, with one event", async () => {
    const ctx = await tenantCaller(await openTenant(), "admin");
    const email = address();
    const { data } = await runOperation(createInvitations, ctx, { emails: [` ${email.toUpperCase()} `], name: "Ada" });
    expect(data).toMatchObject([
      {
        email,
        name: "Ada",
        status: "pending",
        roles: [{ key: "member" }],
        acceptedAt: null,
        sentAt: expect.any(String),
      },
    ]);
    expect(await eventsOf(ctx)).toEqual([["invitation.create", "success", email]]);
    const { token } = await linkTo(email);
    const kept = await runtime.asSuperuser(
      "select i::text || (select string_agg(e::text, '') from audit_event e) as text from invitation i",
    );
    expect(JSON.stringify([kept, data])).not.toContain(token);
  });

  it("folds repeated addresses, passes over members, and leaves one event for each invitation", async () => {
    const scope = await openTenant();
    const ctx = await tenantCaller(scope, "admin");
    const member = `${idOf(await tenantCaller(scope))}@example.com`;
    const emails = [address(), address()];
    const answer = await runOperation(createInvitations, ctx, { emails: [...emails, ...emails, member] });
    expect(answer.data.map(({ email }) => email)).toEqual(emails);
    expect(answer.alreadyMembers).toEqual([member]);
    expect((await eventsOf(ctx)).sort()).toEqual(emails.map((email) => ["invitation.create", "success", email]).sort());
    const nobody = again(ctx);
    expect(await runOperation(createInvitations, nobody, { emails: [member] })).toEqual({
      data: [],
      alreadyMembers: [member],
    });
    expect(await eventsOf(nobody)).toEqual([]);
  });

  it("names a bad address by its place and then invites nobody", async () => {
    const ctx = await tenantCaller(await openTenant(), "admin");
    const refused = runOperation(createInvitations, ctx, { emails: [address(), "аdmin@example.com"] });
    await expect(refused).rejects.toMatchObject({
      code: "INVALID_INPUT",
      errors: [expect.objectContaining({ path: "emails.1" })],
    });
    expect((await runOperation(listInvitations, again(ctx), {})).data).toEqual([]);
  });

  it("answers alike for an address that has an account elsewhere and for one that exists nowhere", async () => {
    const ctx = await tenantCaller(await openTenant(), "admin");
    const stranger = await makeUser({ homeTenantId: (await openTenant()).tenantId });
    const plain = (text: string) =>
      text
        .replaceAll(stranger.email, "X")
        .replace(/[\w-]+@example\.com/g, "X")
        .replace(/"[\da-f-]{36}"|"\d{4}-[^"]+Z"/g, "?");
    const answers = await Promise.all(
      [stranger.email, address()].map((email) => runOperation(createInvitations, again(ctx), { emails: [email] })),
    );
    expect(new Set(answers.map((answer) => plain(JSON.stringify(answer)))).size).toBe(1);
  });

  it("gives no role above the inviter's, none beyond the inviter's permissions, and none of another tenant", async () => {
    const scope = await openTenant();
    const [owner, admin] = [await tenantCaller(scope, "owner"), await tenantCaller(scope, "admin")];
    const foreign = await makeRole(await tenantCaller(await openTenant(), "owner"));
    const custom = await makeRole(owner, { rank: 30, permissions: ["settings.update"] });
    const attempts: [RequestContext, string, string][] = [
      [admin, builtInRoleId("tenant", "owner"), "FORBIDDEN"],
      [admin, builtInRoleId("tenant", "admin"), "FORBIDDEN"],
      [admin, custom.id, "FORBIDDEN"],
      [owner, foreign.id, "INVALID_INPUT"],
      [owner, builtInRoleId("platform", "support"), "INVALID_INPUT"],
    ];
    for (const [ctx, role, code] of attempts) {
      const refused = runOperation(createInvitations, again(ctx), { emails: [address()], roles: [role] });
      await expect(refused).rejects.toMatchObject({ code });
    }
    const given = await runOperation(createInvitations, again(owner), {
      emails: [address()],
      roles: [builtInRoleId("tenant", "owner")],
    });
    expect(given.data[0]?.roles.map(({ key }) => key)).toEqual(["owner"]);
  });

  it("asks for a fresh proof where more than membership is given, and only there", async () => {
    const ctx = stale(await tenantCaller(await openTenant(), "owner"));
    const roles = [builtInRoleId("tenant", "moderator")];
    await expect(runOperation(createInvitations, ctx, { emails: [address()], roles })).rejects.toMatchObject({
      code: "STEP_UP_REQUIRED",
    });
    await runOperation(createInvitations, again(ctx), { emails: [address()] });
  });

  it("withdraws the open invitation of an address for the new one, unless that stands above the inviter", async () => {
    const scope = await openTenant();
    const [owner, admin] = [await tenantCaller(scope, "owner"), await tenantCaller(scope, "admin")];
    const email = address();
    const first = await invite(admin, email);
    const second = await invite(owner, email, "admin");
    expect((await runOperation(listInvitations, again(owner), {})).data.map(({ id, status }) => [id, status])).toEqual([
      [second.id, "pending"],
      [first.id, "revoked"],
    ]);
    await expect(invite(admin, email)).rejects.toMatchObject({ code: "FORBIDDEN" });
  });

  it("says so when the mail could not be sent, keeps the invitation, and sends it on request", async () => {
    const ctx = await tenantCaller(await openTenant(), "admin");
    const email = address();
    const working = mailer.get();
    mailer.set({ ...working, deliver: () => Promise.reject(new Error("no server")) });
    const { data } = await runOperation(createInvitations, ctx, { emails: [email, address(), address()] });
    mailer.set(working);
    expect(data.map(({ sentAt, status }) => [sentAt, status])).toEqual(Array(3).fill([null, "pending"]));
    const [first] = data;
    const sent = await runOperation(resendInvitation, again(ctx), { invitationId: first?.id });
    expect(sent.sentAt).not.toBeNull();
    expect((await linkTo(email)).id).toBe(first?.id);
  });

  it("is refused to whoever lacks the permission", async () => {
    const scope = await openTenant();
    for (const key of ["moderator", "auditor", "member"] as const) {
      const ctx = await tenantCaller(scope, key);
      await expect(runOperation(createInvitations, ctx, { emails: [address()] })).rejects.toMatchObject({
        code: "NOT_FOUND",
      });
      expect(await eventsOf(ctx)).toEqual([["invitation.create", "denied", null]]);
    }
  });
});

describe("an invitation", () => {
  it("is found by status and text, page by page, by its tenant alone", async () => {
    const ctx = await tenantCaller(await openTenant(), "admin");
    const made = [];
    for (const email of [address(), address(), address()]) made.push(await invite(ctx, email));
    await runtime.asSuperuser("update invitation set expires_at = now() - interval '1 second' where id = $1", [
      made[0]?.id,
    ]);
    await runOperation(revokeInvitation, again(ctx), { invitationId: made[1]?.id });
    const idsOf = async (input: object, caller = ctx) =>
      (await runOperation(listInvitations, again(caller), input)).data.map(({ id }) => id);
    expect(await idsOf({ status: "expired" })).toEqual([made[0]?.id]);
    expect(await idsOf({ status: "revoked" })).toEqual([made[1]?.id]);
    expect(await idsOf({ status: "pending" })).toEqual([made[2]?.id]);
    expect(await idsOf({ search: made[1]?.email.slice(0, 30).toUpperCase() })).toContain(made[1]?.id);
    const page = await runOperation(listInvitations, again(ctx), { limit: 2 });
    expect(await idsOf({ limit: 2, cursor: page.nextCursor })).toEqual([made[0]?.id]);
    expect(await idsOf({}, await tenantCaller(await openTenant(), "owner"))).toEqual([]);
  });

  it("that is sent again has a new link, a new time, and a new voucher, with one event", async () => {
    const scope = await openTenant();
    const [admin, other] = [await tenantCaller(scope, "admin"), await tenantCaller(scope, "admin")];
    const email = address();
    const before = await invite(admin, email);
    const link = await linkTo(email);
    await runtime.asSuperuser("update invitation set expires_at = now() where id = $1", [before.id]);
    const after = await runOperation(resendInvitation, other, { invitationId: before.id });
    expect(after).toMatchObject({ id: before.id, status: "pending", invitedBy: { id: idOf(other) } });
    expect((await linkTo(email)).token).not.toBe(link.token);
    expect(await eventsOf(other)).toEqual([["invitation.resend", "success", email]]);
  });

  it("that is withdrawn cannot be sent again, and withdrawing it twice changes nothing", async () => {
    const ctx = await tenantCaller(await openTenant(), "admin");
    const { id: invitationId, email } = await invite(ctx, address());
    const [first, second] = [again(ctx), again(ctx)];
    await runOperation(revokeInvitation, first, { invitationId });
    await runOperation(revokeInvitation, second, { invitationId });
    expect([await eventsOf(first), await eventsOf(second)]).toEqual([[["invitation.revoke", "success", email]], []]);
    await expect(runOperation(resendInvitation, again(ctx), { invitationId })).rejects.toMatchObject({
      code: "CONFLICT",
    });
  });

  it("to a role above the caller's is not the caller's to withdraw or to send", async () => {
    const scope = await openTenant();
    const { id: invitationId } = await invite(await tenantCaller(scope, "owner"), address(), "owner");
    for (const operation of [revokeInvitation, resendInvitation] as const) {
      const refused = runOperation<typeof operation.input, typeof operation.output>(
        operation,
        await tenantCaller(scope, "admin"),
        { invitationId },
      );
      await expect(refused).rejects.toMatchObject({ code: "FORBIDDEN" });
    }
    await runOperation(revokeInvitation, await platformCaller("admin", scope), { invitationId });
  });

  it("of another tenant is answered as one that does not exist", async () => {
    const { id } = await invite(await tenantCaller(await openTenant(), "admin"), address());
    const ctx = await tenantCaller(await openTenant(), "owner");
    const answers = await Promise.all(
      [id, "01890000-0000-7000-8000-000000000000", "nonsense"].map((invitationId) =>
        runOperation(revokeInvitation, again(ctx), { invitationId }).catch((error: Error) => error.message),
      ),
    );
    expect(new Set(answers).size).toBe(1);
    expect(answers[0]).toMatch(/no such invitation/);
  });
});
