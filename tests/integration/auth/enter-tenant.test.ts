import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { authenticateRequest, findCaller } from "@/lib/auth/authenticate-request";
import { replaceGrantsVersion } from "@/lib/sessions/grants-version";
import { byToken } from "../../support/callers";
import { auditEventsAbout, makeMembership, makeTenant, makeUser } from "../../support/factories";
import { startTestRuntime, type TestRuntime } from "../../support/test-runtime";

let runtime: TestRuntime;

beforeAll(async () => {
  runtime = await startTestRuntime();
});
afterAll(() => runtime.stop());

async function makeMember() {
  const tenant = await makeTenant();
  const user = await makeUser({ homeTenantId: tenant.id });
  await makeMembership(tenant.id, user.id);
  const [session] = await runtime.makeSessions(user.id, 1);
  if (!session) throw new Error("No session was made.");
  return { tenant, user, session };
}

const authenticate = (token: string, tenantSlug?: string) =>
  authenticateRequest({ headers: new Headers(byToken(token)), source: "api", tenantSlug });

const tenantOf = async (token: string) => (await findCaller(byToken(token).cookie))?.session.tenant?.slug ?? null;

const suspend = async (tenantId: string, reason: string) => {
  await runtime.asSuperuser("update tenant set suspended_at = now(), suspended_reason = $2 where id = $1", [
    tenantId,
    reason,
  ]);
  await replaceGrantsVersion();
};

describe("a member's session", () => {
  it("enters the tenant that a request names, once, with one event", async () => {
    const { tenant, user, session } = await makeMember();
    expect(await tenantOf(session.token)).toBeNull();
    for (let request = 0; request < 3; request += 1) await authenticate(session.token, tenant.slug);
    expect(await tenantOf(session.token)).toBe(tenant.slug);
    const events = await auditEventsAbout(user.id);
    expect(events.map(({ action, tenantId, actorId }) => [action, tenantId, actorId])).toEqual([
      ["session.enter-tenant", tenant.id, user.id],
    ]);
  });

  it("moves on to another tenant, and is cached as being there", async () => {
    const { tenant, user, session } = await makeMember();
    const other = await makeTenant();
    await makeMembership(other.id, user.id, "guest");
    for (const slug of [tenant.slug, other.slug]) {
      await authenticate(session.token, slug);
      expect(await tenantOf(session.token)).toBe(slug);
      expect(await tenantOf(session.token)).toBe(slug);
    }
  });

  it("enters once although several requests ask at the same time", async () => {
    const { tenant, user, session } = await makeMember();
    await Promise.all(Array.from({ length: 5 }, () => authenticate(session.token, tenant.slug)));
    expect(await auditEventsAbout(user.id)).toHaveLength(1);
  });

  it("is told why its tenant is suspended, and a stranger is told nothing of the tenant", async () => {
    const { tenant, user } = await makeMember();
    const stranger = await makeMember();
    await suspend(tenant.id, "unpaid");
    // The suspension ends what was there; whoever signs in again is told.
    const [session] = await runtime.makeSessions(user.id, 1);
    await expect(authenticate(session?.token ?? "", tenant.slug)).rejects.toMatchObject({
      code: "FORBIDDEN",
      message: "This tenant is suspended. The reason given: unpaid",
    });
    const foreign = await authenticate(stranger.session.token, tenant.slug).catch((error: unknown) => error);
    const absent = await authenticate(stranger.session.token, "nobody-has-this").catch((error: unknown) => error);
    expect(foreign).toMatchObject({ code: "NOT_FOUND" });
    expect(String(foreign)).toBe(String(absent));
  });

  it("is refused by the tenant's policy on addresses, in the policy's words", async () => {
    const { tenant, session } = await makeMember();
    await runtime.asSuperuser(
      "insert into policy (id, tenant_id, allowed_addresses) values (gen_random_uuid(), $1, '{192.0.2.0/24}')",
      [tenant.id],
    );
    const from = (remoteAddress: string) =>
      authenticateRequest({
        headers: new Headers(byToken(session.token)),
        source: "api",
        tenantSlug: tenant.slug,
        remoteAddress,
      });
    await expect(from("198.51.100.1")).rejects.toMatchObject({ code: "FORBIDDEN", message: /address/ });
    expect(await tenantOf(session.token)).toBeNull();
    await expect(from("192.0.2.7")).resolves.toMatchObject({ scope: { tenantId: tenant.id } });
  });
});

describe("a holder of a platform role", () => {
  it("acts in any tenant, suspended or not, and enters none without being a member", async () => {
    const { tenant } = await makeMember();
    const support = await makeUser({ platformRole: "support" });
    const [session] = await runtime.makeSessions(support.id, 1);
    await suspend(tenant.id, "unpaid");
    const { grants } = await authenticate(session?.token ?? "", tenant.slug);
    expect(grants.permissions.has("users.lock")).toBe(true);
    expect(await tenantOf(session?.token ?? "")).toBeNull();
    expect(await auditEventsAbout(support.id)).toEqual([]);
  });
});
