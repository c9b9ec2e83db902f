import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { authenticateRequest, findCaller } from "@/lib/auth/authenticate-request";
import { apiRoute } from "@/lib/http/api-route";
import { startImpersonation } from "@/lib/impersonation/start-impersonation";
import { callRoute } from "../../support/callers";
import { auditEventsAbout, makeMembership, makeTenant, makeUser } from "../../support/factories";
import { type AuthFixture, makeAccount, makeBrowser, startAuthFixture } from "./auth-fixture";

let fixture: AuthFixture;

beforeAll(async () => {
  fixture = await startAuthFixture();
});
afterAll(() => fixture.stop());

const start = apiRoute(startImpersonation, { status: 201 });
const sessionOf = async (cookie: string | null) => (await findCaller(cookie))?.session ?? null;

async function signedInTo(tenantSlug: string, email: string) {
  const browser = makeBrowser();
  await browser.signIn(email);
  await authenticateRequest({ headers: new Headers({ cookie: browser.cookie() ?? "" }), source: "api", tenantSlug });
  return browser;
}

async function actingAs(email: string) {
  const browser = makeBrowser();
  await browser.signIn(email);
  const own = await sessionOf(browser.cookie());
  const target = await makeUser();
  const answer = await callRoute(
    start,
    { cookie: browser.cookie() ?? "" },
    { method: "POST", params: { userId: target.id }, body: { reason: "r" } },
  );
  if (answer.cookie === null) throw new Error(answer.text);
  return { browser, cookie: answer.cookie, target, ownSessionId: own?.sessionId ?? "" };
}

describe("signing in again to prove who one is", () => {
  it("V7.2.4: ends the old session and goes on in its tenant", async () => {
    const tenant = await makeTenant();
    const user = await makeAccount({ homeTenantId: tenant.id });
    await makeMembership(tenant.id, user.id);
    const browser = await signedInTo(tenant.slug, user.email);
    const before = browser.cookie();
    const old = await sessionOf(before);
    expect((await browser.signIn(user.email)).status).toBe(200);
    const fresh = await sessionOf(browser.cookie());
    expect(fresh?.sessionId).not.toBe(old?.sessionId);
    expect(fresh?.tenant?.slug).toBe(tenant.slug);
    expect(await sessionOf(before)).toBeNull();
  });

  it("works for whoever has left the tenant meanwhile, outside of it", async () => {
    const tenant = await makeTenant();
    const user = await makeAccount();
    const membership = await makeMembership(tenant.id, user.id);
    const browser = await signedInTo(tenant.slug, user.email);
    await fixture.sql.query("delete from membership where id = $1", [membership.id]);
    expect((await browser.signIn(user.email)).status).toBe(200);
    expect(await sessionOf(browser.cookie())).toMatchObject({ userId: user.id, tenant: null });
  });

  it("takes nobody else into the tenant of the session before", async () => {
    const tenant = await makeTenant();
    const user = await makeAccount();
    await makeMembership(tenant.id, user.id);
    const other = await makeAccount();
    await makeMembership(tenant.id, other.id);
    const browser = await signedInTo(tenant.slug, user.email);
    await browser.signIn(other.email);
    expect(await sessionOf(browser.cookie())).toMatchObject({ userId: other.id, tenant: null });
  });
});

describe("signing out while acting as somebody else", () => {
  it("ends both sessions, and names both people on each end", async () => {
    const administrator = await makeAccount({ platformRole: "admin", name: "Ada Admin" });
    const { browser, cookie, target, ownSessionId } = await actingAs(administrator.email);
    browser.useCookie(cookie);
    const sessionId = (await sessionOf(cookie))?.sessionId ?? "";
    expect((await browser.signOut()).status).toBe(200);
    expect(await sessionOf(cookie)).toBeNull();
    const { rows } = await fixture.sql.query("select count(*)::int as alive from session where id = any($1)", [
      [sessionId, ownSessionId],
    ]);
    expect(rows).toEqual([{ alive: 0 }]);
    for (const id of [sessionId, ownSessionId]) {
      expect(await auditEventsAbout(id)).toMatchObject([
        { action: "session.end", actorId: target.id, impersonatorId: administrator.id, impersonatorName: "Ada Admin" },
      ]);
    }
  });
});
