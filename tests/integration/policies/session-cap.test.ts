import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { auth } from "@/lib/auth/auth";
import { authenticateRequest } from "@/lib/auth/authenticate-request";
import { readSessionCookie } from "@/lib/auth/session-cookie";
import { builtInRoleId } from "@/lib/authorization/built-in-roles";
import { withScope } from "@/lib/db/scoped-transaction";
import { runOperation } from "@/lib/operations/run-operation";
import { updatePolicy } from "@/lib/policies/update-policy";
import { checkSession } from "@/lib/sessions/check-session";
import { platformContext, tenantContext } from "@/tests/support/contexts";
import { auditEventsOf, makeMembership, makeTenant } from "@/tests/support/factories";
import { type AuthFixture, mailedToken, makeAccount, makeBrowser, startAuthFixture } from "../auth/auth-fixture";

let fixture: AuthFixture;
beforeAll(async () => {
  fixture = await startAuthFixture();
});
afterAll(() => fixture.stop());

/** More than the failures that an account may have: a right password is none, however many are tried side by side. */
const atOnce = 20;

async function personOf(rules: object) {
  const tenant = await makeTenant();
  const ctx = tenantContext("owner", { tenantId: tenant.id, tenantSlug: tenant.slug });
  await runOperation(updatePolicy, ctx, rules);
  return makeAccount({ homeTenantId: tenant.id });
}

async function signedIn(email: string) {
  const browser = makeBrowser();
  const answer = await browser.signIn(email);
  return { browser, answer };
}

const isAlive = async ({ browser }: { browser: ReturnType<typeof makeBrowser> }) =>
  (await checkSession(readSessionCookie(browser.cookie()) ?? "")) !== null;

async function aliveOf(userId: string): Promise<number> {
  return withScope({ kind: "platform" }, (tx) => tx.session.count({ where: { userId } }));
}

describe("a cap on a person's sessions", () => {
  it("ends the oldest, at once and recorded, when a sign-in goes beyond it (ASVS V7.1.2)", async () => {
    const user = await personOf({ concurrentSessionsMax: 2, concurrentSessionsMode: "end-oldest" });
    const [first, second] = [await signedIn(user.email), await signedIn(user.email)];
    expect(await Promise.all([isAlive(first), isAlive(second)])).toEqual([true, true]);
    const third = await signedIn(user.email);
    expect(third.answer.status).toBe(200);
    expect(await Promise.all([isAlive(first), isAlive(second), isAlive(third)])).toEqual([false, true, true]);
    const events = await auditEventsOf(third.answer.requestId);
    expect(events.map(({ action }) => action).sort()).toEqual(["session.create", "session.end"]);
    expect(events.find(({ action }) => action === "session.end")?.details).toMatchObject({ reason: "cap" });
    const { rows } = await fixture.sql.query("select end_reason, ended_by_id from session_history where user_id = $1", [
      user.id,
    ]);
    expect(rows).toEqual([{ end_reason: "cap", ended_by_id: user.id }]);
  });

  it("or refuses the newest, says why, and records it; the same browser may sign in again", async () => {
    const user = await personOf({ concurrentSessionsMax: 1, concurrentSessionsMode: "refuse-newest" });
    const first = await signedIn(user.email);
    const second = await signedIn(user.email);
    expect([second.answer.status, second.answer.json.code]).toEqual([409, "CONFLICT"]);
    expect(second.browser.cookie()).toBeNull();
    expect(await auditEventsOf(second.answer.requestId)).toMatchObject([
      { action: "session.create", outcome: "failure", details: { cause: "session_cap" } },
    ]);
    expect(await isAlive(first)).toBe(true);
    expect((await first.browser.signIn(user.email)).status).toBe(200);
    expect(await isAlive(first)).toBe(true);
    expect(await aliveOf(user.id)).toBe(1);
  });

  it("holds when many sign in at the same time: all get in, and the oldest end", async () => {
    const user = await personOf({ concurrentSessionsMax: 3, concurrentSessionsMode: "end-oldest" });
    const all = await Promise.all(Array.from({ length: atOnce }, () => signedIn(user.email)));
    expect(all.map(({ answer }) => answer.status)).toEqual(Array(atOnce).fill(200));
    expect((await Promise.all(all.map(isAlive))).filter(Boolean)).toHaveLength(3);
    expect(await aliveOf(user.id)).toBe(3);
  });

  it("or: exactly three of many get in, and each of the others is told why", async () => {
    const user = await personOf({ concurrentSessionsMax: 3, concurrentSessionsMode: "refuse-newest" });
    const all = await Promise.all(Array.from({ length: atOnce }, () => signedIn(user.email)));
    const statuses = all.map(({ answer }) => answer.status).sort();
    expect(statuses).toEqual([...Array(3).fill(200), ...Array(atOnce - 3).fill(409)]);
    expect(await aliveOf(user.id)).toBe(3);
  });

  it("is the strictest of the home's and of those of the roles held there", async () => {
    const user = await personOf({
      concurrentSessionsMax: 5,
      concurrentSessionsMode: "end-oldest",
      roleLimits: [{ roleId: builtInRoleId("tenant", "member"), concurrentSessionsMax: 2 }],
    });
    for (let count = 0; count < 4; count += 1) await signedIn(user.email);
    expect(await aliveOf(user.id)).toBe(4);
    await makeMembership(user.homeTenantId ?? "", user.id);
    await signedIn(user.email);
    expect(await aliveOf(user.id)).toBe(2);
  });
});

describe("a cap of a tenant that is not the person's home", () => {
  async function guestOf(rules: object) {
    const tenant = await makeTenant();
    const scope = { kind: "tenant" as const, tenantId: tenant.id, tenantSlug: tenant.slug };
    await runOperation(updatePolicy, tenantContext("owner", scope), rules);
    const user = await makeAccount();
    await makeMembership(tenant.id, user.id, "guest");
    const enter = async ({ browser }: Awaited<ReturnType<typeof signedIn>>) =>
      authenticateRequest({
        headers: new Headers({ cookie: browser.cookie() ?? "" }),
        source: "api",
        tenantSlug: tenant.slug,
      });
    return { user, enter };
  }

  it("counts those who are active there: the oldest end, at once and recorded", async () => {
    const { user, enter } = await guestOf({ concurrentSessionsMax: 1, concurrentSessionsMode: "end-oldest" });
    const [first, idle, last] = [await signedIn(user.email), await signedIn(user.email), await signedIn(user.email)];
    await enter(first);
    const { requestId } = await enter(last);
    expect(await Promise.all([isAlive(first), isAlive(idle), isAlive(last)])).toEqual([false, true, true]);
    expect((await auditEventsOf(requestId)).map(({ action }) => action).sort()).toEqual([
      "session.end",
      "session.enter-tenant",
    ]);
    const { rows } = await fixture.sql.query("select end_reason from session_history where user_id = $1", [user.id]);
    expect(rows).toEqual([{ end_reason: "cap" }]);
  });

  it("or refuses the newest; signing in again in the same browser is not one more", async () => {
    const { user, enter } = await guestOf({ concurrentSessionsMax: 1, concurrentSessionsMode: "refuse-newest" });
    const [first, second] = [await signedIn(user.email), await signedIn(user.email)];
    await enter(first);
    await expect(enter(second)).rejects.toMatchObject({ code: "FORBIDDEN" });
    expect(await Promise.all([isAlive(first), isAlive(second)])).toEqual([true, true]);
    expect((await first.browser.signIn(user.email)).status).toBe(200);
    expect((await enter(first)).scope.kind).toBe("tenant");
    await expect(enter(second)).rejects.toMatchObject({ code: "FORBIDDEN" });
  });

  it("holds when several enter at the same time", async () => {
    const { user, enter } = await guestOf({ concurrentSessionsMax: 2, concurrentSessionsMode: "end-oldest" });
    const all = await Promise.all(Array.from({ length: 8 }, () => signedIn(user.email)));
    await Promise.allSettled(all.map(enter));
    const active = await withScope({ kind: "platform" }, (tx) =>
      tx.session.count({ where: { userId: user.id, activeTenantId: { not: null } } }),
    );
    expect(active).toBe(2);
  });
});

describe("a platform's list of addresses", () => {
  it("refuses a sign-in from elsewhere, and says so to whoever knew the password", async () => {
    const user = await makeAccount();
    await runOperation(updatePolicy, platformContext("owner"), { allowedAddresses: ["192.0.2.0/24"] });
    try {
      const { answer } = await signedIn(user.email);
      expect([answer.status, answer.json.code]).toEqual([403, "FORBIDDEN"]);
      expect(await auditEventsOf(answer.requestId)).toMatchObject([
        { action: "session.create", outcome: "failure", details: { cause: "policy" } },
      ]);
    } finally {
      await runOperation(updatePolicy, platformContext("owner"), { allowedAddresses: null });
    }
    expect((await signedIn(user.email)).answer.status).toBe(200);
  });
});

describe("a tenant's rules for passwords", () => {
  it("hold when somebody at home there chooses a new one, and for nobody else", async () => {
    const user = await personOf({ passwordLengthMin: 20, passwordComposition: ["digit", "symbol"] });
    const stranger = await makeAccount();
    const reset = async (email: string, newPassword: string) => {
      const browser = makeBrowser();
      await browser.send("/request-password-reset", { body: { email } });
      return browser.send("/reset-password", { body: { newPassword, token: await mailedToken(email) } });
    };
    const short = await reset(user.email, "amber kettle 7 moon");
    expect([short.status, short.json.errors]).toEqual([
      400,
      [{ path: "newPassword", message: expect.stringContaining("20 characters") }],
    ]);
    const plain = await reset(user.email, "amberkettleoverthemoonlight");
    expect(plain.json.errors).toEqual([
      { path: "newPassword", message: "Use at least one digit and one sign that is neither letter nor digit." },
    ]);
    expect((await reset(user.email, "amber kettle 7 over the moon")).status).toBe(200);
    expect((await reset(stranger.email, "amber kettle moon")).status).toBe(200);
    await auth.get().settle();
  });
});
