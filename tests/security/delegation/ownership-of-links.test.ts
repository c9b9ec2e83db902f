import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { newId } from "@/lib/db/new-id";
import { createInvitations } from "@/lib/invitations/create-invitations";
import { runOperation } from "@/lib/operations/run-operation";
import { mailedToken } from "@/tests/integration/auth/auth-fixture";
import { again, contextFor, idOf, openTenant, tenantCaller } from "@/tests/support/people";
import {
  type AuthFixture,
  makeAccount,
  makeBrowser,
  password,
  startAuthFixture,
} from "../../integration/auth/auth-fixture";
import { address, invite, linkTo } from "../../integration/invitations/invitees";

let fixture: AuthFixture;
beforeAll(async () => {
  fixture = await startAuthFixture();
});
afterAll(() => fixture.stop());

const newcomer = { name: "Eve", password: "another long enough secret" };
const accept = (browser: ReturnType<typeof makeBrowser>, form: object) =>
  browser.send("/accept-invitation", { body: form });

async function signedIn(email: string) {
  const browser = makeBrowser();
  expect((await browser.signIn(email)).status).toBe(200);
  return browser;
}

async function membershipsOf(userId: string): Promise<string[]> {
  const { rows } = await fixture.sql.query("select tenant_id from membership where user_id = $1", [userId]);
  return rows.map((row) => row.tenant_id);
}

describe("an invitation belongs to its addressee", () => {
  it("whoever else holds the link gets nothing by it: signed in, by naming themself, or as a newcomer", async () => {
    const scope = await openTenant();
    const inviter = await tenantCaller(scope, "owner");
    const addressee = await makeAccount();
    const thief = await makeAccount();
    await invite(inviter, addressee.email, "admin");
    const { id, token } = await linkTo(addressee.email);
    const form = { invitationId: id, token };
    const browser = await signedIn(thief.email);
    expect((await accept(browser, form)).status).toBe(403);
    for (const claim of [
      { userId: thief.id },
      { email: thief.email },
      { user: { id: thief.id } },
      { roles: ["owner"] },
    ]) {
      expect((await accept(browser, { ...form, ...claim })).status, JSON.stringify(claim)).toBe(400);
      expect((await accept(makeBrowser(), { ...form, ...newcomer, ...claim })).status).toBe(400);
    }
    expect((await accept(makeBrowser(), { ...form, ...newcomer })).status).toBe(401);
    expect(await membershipsOf(thief.id)).toEqual([]);
    expect((await accept(await signedIn(addressee.email), form)).status).toBe(201);
    expect(await membershipsOf(addressee.id)).toEqual([scope.tenantId]);
  });

  it("an inviter from elsewhere, and the id without the link, get nothing by it", async () => {
    const [scope, elsewhere] = [await openTenant(), await openTenant()];
    const inviter = await tenantCaller(scope, "owner");
    const stranger = await makeAccount();
    const email = address();
    const invitation = await invite(inviter, email, "owner");
    const other = await invite(await tenantCaller(elsewhere, "owner"), stranger.email);
    const { token } = await linkTo(stranger.email);
    const browser = await signedIn(stranger.email);
    for (const form of [
      { invitationId: invitation.id, token },
      { invitationId: invitation.id, token: "" },
      { invitationId: other.id, token: invitation.id },
    ]) {
      expect((await accept(browser, form)).status).toBe(400);
    }
    expect(await membershipsOf(stranger.id)).toEqual([]);
  });

  it("an address that only looks like the addressee's is another's, or no address (homoglyphs before normalisation)", async () => {
    const scope = await openTenant();
    const inviter = await tenantCaller(scope, "owner");
    const victim = await makeAccount({ email: `elvis-${newId()}@example.com` });
    // Cyrillic е, Greek ι, a dotless i, a zero-width joiner; letters that are the same after normalisation are the same person.
    for (const [plain, alike] of [
      ["e", "е"],
      ["i", "ι"],
      ["i", "ı"],
      ["v", "v\u200d"],
    ] as const) {
      const twin = victim.email.replace(plain, alike);
      const made = runOperation(createInvitations, again(inviter), { emails: [twin] });
      await expect(made, twin).rejects.toMatchObject({ code: "INVALID_INPUT" });
    }
    const wide = victim.email.replace("v", "ｖ").toUpperCase();
    const elsewhere = victim.email.replace("@example", "@еxample");
    const { data } = await runOperation(createInvitations, again(inviter), { emails: [wide, elsewhere] });
    const other = victim.email.replace("@example", "@xn--xample-2of");
    expect(data.map(({ email }) => email)).toEqual([victim.email, other]);
  });

  it("accepted once, it is spent: for the addressee, too", async () => {
    const scope = await openTenant();
    const inviter = await tenantCaller(scope, "owner");
    const person = await makeAccount();
    await invite(inviter, person.email, "moderator");
    const { id, token } = await linkTo(person.email);
    const browser = await signedIn(person.email);
    expect((await accept(browser, { invitationId: id, token })).status).toBe(201);
    await fixture.sql.query("delete from membership where user_id = $1", [person.id]);
    expect((await accept(browser, { invitationId: id, token })).status).toBe(400);
    const ctx = await contextFor(person.id, scope);
    expect([ctx.grants.rank, await membershipsOf(idOf(ctx))]).toEqual([0, []]);
  });
});

describe("a link to a password belongs to its account", () => {
  it("changes that account's password and no other, whatever the request adds", async () => {
    const [own, victim] = [await makeAccount(), await makeAccount({ platformRole: "owner" })];
    const browser = makeBrowser();
    expect((await browser.send("/request-password-reset", { body: { email: own.email } })).status).toBe(200);
    const token = await mailedToken(own.email);
    const next = "a different quiet heron";
    for (const claim of [{ userId: victim.id }, { email: victim.email }]) {
      await browser.send("/reset-password", { body: { token, newPassword: next, ...claim } });
    }
    await browser.send("/reset-password", { body: { token, newPassword: next } });
    expect((await makeBrowser().signIn(victim.email, next)).status).toBe(401);
    expect((await makeBrowser().signIn(victim.email, password)).status).toBe(200);
    expect((await makeBrowser().signIn(own.email, next)).status).toBe(200);
    const again = await browser.send("/reset-password", { body: { token, newPassword: "yet another quiet heron" } });
    expect(again.status).toBe(400);
  });
});
