import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { newId } from "@/lib/db/new-id";
import { runOperation } from "@/lib/operations/run-operation";
import { getOverview } from "@/lib/overview/get-overview";
import { listReceipts } from "@/lib/sessions/list-receipts";
import { lockUser } from "@/lib/users/lock-user";
import { platformContext, tenantContext } from "@/tests/support/contexts";
import { auditEventsOf, makeMembership, makeTenant, makeUser } from "@/tests/support/factories";
import { startTestRuntime, type TestRuntime } from "@/tests/support/test-runtime";

let runtime: TestRuntime;
beforeAll(async () => {
  runtime = await startTestRuntime();
});
afterAll(() => runtime.stop());

type Written = { action?: string; outcome?: string; tenantId?: string | null; ago?: string; count?: number };

/** Events as they would be after a while, without going through their operations. */
async function write({
  action = "session.create",
  outcome = "success",
  tenantId = null,
  ago = "0",
  count = 1,
}: Written) {
  await runtime.asSuperuser(
    `insert into audit_event (id, at, tenant_id, action, outcome, actor_type, actor_name, request_id, source)
     select gen_random_uuid(), date_trunc('hour', now(), 'UTC') - $1::interval, $2, $3, $4, 'user', 'ada@example.com', $5, 'auth'
     from generate_series(1, $6)`,
    [ago, tenantId, action, outcome, newId(), count],
  );
}

async function furnish() {
  const [here, there] = [await makeTenant(), await makeTenant()];
  const scope = { tenantId: here.id, tenantSlug: here.slug };
  return { here, there, as: (role: string) => tenantContext(role, scope) };
}

describe("the overview of a tenant", () => {
  it("counts its own sessions and people alone, each once", async () => {
    const { here, there, as } = await furnish();
    const native = await makeUser({ homeTenantId: here.id });
    const guest = await makeUser({ homeTenantId: there.id });
    await makeMembership(here.id, native.id);
    await makeMembership(here.id, guest.id, "guest");
    await makeUser({ homeTenantId: there.id });
    await runtime.makeSessions(native.id, 3);
    await runtime.makeSessions(guest.id, 2);
    expect(await runOperation(getOverview, as("admin"), {})).toMatchObject({
      activeSessions: { count: 3, capped: false },
      users: { count: 2, precision: "exact" },
    });
  });

  it("shows 24 hours of sign-ins and refusals of its own log alone, oldest first", async () => {
    const { here, there, as } = await furnish();
    await write({ tenantId: here.id, count: 3 });
    await write({ tenantId: here.id, outcome: "failure", ago: "2 hours", count: 2 });
    await write({ tenantId: here.id, action: "role.assign", outcome: "denied", ago: "23 hours" });
    await write({ tenantId: here.id, ago: "24 hours", count: 5 });
    await write({ tenantId: there.id, count: 7 });
    const { hours } = await runOperation(getOverview, as("admin"), {});
    expect(hours).toHaveLength(24);
    expect(hours?.[23]).toMatchObject({ signedIn: 3, signInsFailed: 0, capped: false });
    expect(hours?.[21]).toMatchObject({ signedIn: 0, signInsFailed: 2, failed: 2, denied: 0 });
    expect(hours?.[0]).toMatchObject({ denied: 1, failed: 0 });
    expect(hours?.reduce((sum, { signedIn }) => sum + signedIn, 0)).toBe(3);
    const moments = (hours ?? []).map(({ startsAt }) => startsAt);
    expect(moments).toEqual([...moments].sort());
  });

  it("names refusals and acts that concern security, newest first, and none of another tenant", async () => {
    const { here, there, as } = await furnish();
    await write({ tenantId: here.id, action: "user.lock", ago: "1 hour" });
    await write({ tenantId: here.id, action: "user.update", outcome: "denied", ago: "2 hours" });
    await write({ tenantId: here.id, action: "user.update", ago: "3 hours" });
    await write({ tenantId: here.id, action: "role.assign", ago: "8 days" });
    await write({ tenantId: there.id, action: "user.lock" });
    const { events } = await runOperation(getOverview, as("admin"), {});
    expect(events?.map(({ action, outcome }) => [action, outcome])).toEqual([
      ["user.lock", "success"],
      ["user.update", "denied"],
    ]);
  });

  it("draws attention to locked accounts and invitations that run out, and never to tenants", async () => {
    const { here, as } = await furnish();
    const [locked, free] = [await makeUser({ homeTenantId: here.id }), await makeUser({ homeTenantId: here.id })];
    await makeMembership(here.id, free.id);
    await runOperation(lockUser, as("owner"), { userId: locked.id, reason: "Lost laptop." });
    const invite = (hours: number) =>
      runtime.asSuperuser(
        `insert into invitation (id, tenant_id, email, token_hash, invited_by_type, invited_by_name, expires_at)
         values ($1, $2, $3::text || '@example.com', encode(sha256($3::text::bytea), 'hex'), 'user', 'Somebody', now() + make_interval(hours => $4))`,
        [newId(), here.id, newId(), hours],
      );
    for (const hours of [-1, 12, 96]) await invite(hours);
    const { attention } = await runOperation(getOverview, as("admin"), {});
    expect(attention).toEqual({
      clientAddresses: null,
      pendingReceipts: expect.objectContaining({ capped: false }),
      lockedUsers: { count: 1, capped: false },
      suspendedTenants: null,
      deletingTenants: null,
      expiringInvitations: { count: 1, capped: false },
    });
  });
});

describe("the overview of the platform", () => {
  it("counts everybody, and tenants that are suspended or about to go", async () => {
    const ctx = platformContext("auditor");
    const before = await runOperation(getOverview, ctx, {});
    const user = await makeUser();
    await runtime.makeSessions(user.id, 2);
    await makeTenant({ suspendedAt: new Date(), suspendedReason: "Unpaid." });
    const soon = new Date(Date.now() + 86_400_000);
    await makeTenant({ suspendedAt: new Date(), deletionRequestedAt: new Date(), deletesAt: soon });
    const after = await runOperation(getOverview, ctx, {});
    expect(after.activeSessions.count).toBe(before.activeSessions.count + 2);
    expect(after.users).toEqual({ count: (before.users?.count ?? 0) + 1, precision: "exact" });
    expect(after.attention.suspendedTenants?.count).toBe((before.attention.suspendedTenants?.count ?? 0) + 1);
    expect(after.attention.deletingTenants?.count).toBe((before.attention.deletingTenants?.count ?? 0) + 1);
    expect(after.attention.expiringInvitations).toBeNull();
  });

  it("counts receipts that are not complete", async () => {
    const ctx = platformContext("admin");
    const before = (await runOperation(getOverview, ctx, {})).attention.pendingReceipts?.count ?? 0;
    const user = await makeUser();
    await runOperation(lockUser, ctx, { userId: user.id, reason: "Lost laptop." });
    const { data } = await runOperation(listReceipts, ctx, { limit: 1 });
    await runtime.asSuperuser("update revocation_receipt set completed_at = null where id = $1", [data[0]?.id]);
    expect((await runOperation(getOverview, ctx, {})).attention.pendingReceipts?.count).toBe(before + 1);
  });

  it("says so where an hour held more than was looked through", async () => {
    await write({ ago: "5 hours", count: 1_200 });
    const { hours } = await runOperation(getOverview, platformContext("owner"), {});
    expect(hours?.[18]).toMatchObject({ signedIn: 1_000, capped: true });
    expect(hours?.filter(({ capped }) => capped)).toHaveLength(1);
  });
});

describe("what of it is for whom", () => {
  it("leaves out what the caller may not read", async () => {
    const { as } = await furnish();
    expect(await runOperation(getOverview, as("moderator"), {})).toMatchObject({
      hours: null,
      events: null,
      users: { precision: "exact" },
      attention: { expiringInvitations: null, lockedUsers: { count: 0 } },
    });
    const support = await runOperation(getOverview, platformContext("support"), {});
    expect(support).toMatchObject({ hours: null, events: null, attention: { suspendedTenants: null } });
  });

  it("is refused to whoever may not read sessions, and leaves no event", async () => {
    const { as } = await furnish();
    for (const role of ["auditor", "member", "guest"]) {
      await expect(runOperation(getOverview, as(role), {}), role).rejects.toMatchObject({ code: "FORBIDDEN" });
    }
    const ctx = as("admin");
    await runOperation(getOverview, ctx, {});
    expect(await auditEventsOf(ctx.requestId)).toEqual([]);
  });
});
