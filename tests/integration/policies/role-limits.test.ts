import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { builtInRoleId } from "@/lib/authorization/built-in-roles";
import { withScope } from "@/lib/db/scoped-transaction";
import type { RequestContext } from "@/lib/operations/request-context";
import { runOperation } from "@/lib/operations/run-operation";
import { getPolicy } from "@/lib/policies/get-policy";
import { previewPolicy } from "@/lib/policies/preview-policy";
import { updatePolicy } from "@/lib/policies/update-policy";
import { assignRole } from "@/lib/roles/assign-role";
import { deleteRole } from "@/lib/roles/delete-role";
import { sessionLimits } from "@/lib/sessions/session-limits";
import { platformContext, tenantContext } from "@/tests/support/contexts";
import { auditEventsOf, makeMembership, makeTenant, makeUser } from "@/tests/support/factories";
import { makeRole, openTenant, platformCaller, tenantCaller } from "@/tests/support/people";
import { makeSession, makeSessions, openSessionBed } from "../sessions/session-bed";

let bed: Awaited<ReturnType<typeof openSessionBed>>;
beforeAll(async () => {
  bed = await openSessionBed();
});
afterAll(() => bed.close());

const hour = 3_600;
const member = builtInRoleId("tenant", "member");
const moderator = builtInRoleId("tenant", "moderator");
const long = () => ({ idleSeconds: 24 * hour, expiresAt: new Date(Date.now() + 48 * hour * 1_000) });

const ownerOf = ({ tenantId, tenantSlug }: { tenantId: string; tenantSlug: string }) =>
  tenantContext("owner", { tenantId, tenantSlug });
const limit = (ctx: RequestContext, roleId: string, limits: object) =>
  runOperation(updatePolicy, ctx, { roleLimits: [{ roleId, ...limits }] });
const limitsIn = async (ctx: RequestContext, roleId: string) =>
  (await runOperation(getPolicy, ctx, {})).roleLimits.find(({ role }) => role.id === roleId);

async function onPlatform<T>(roleId: string, limits: object, work: () => Promise<T>): Promise<T> {
  await limit(platformContext("owner"), roleId, limits);
  try {
    return await work();
  } finally {
    const none = { sessionIdleSeconds: null, sessionAbsoluteSeconds: null, concurrentSessionsMax: null };
    await limit(platformContext("owner"), roleId, none);
  }
}

async function timesOf(sessionId: string) {
  const row = await withScope({ kind: "platform" }, (tx) =>
    tx.session.findUniqueOrThrow({
      where: { id: sessionId },
      select: { createdAt: true, expiresAt: true, idleSeconds: true },
    }),
  );
  return {
    idleSeconds: row.idleSeconds,
    absoluteSeconds: Math.round((row.expiresAt.getTime() - row.createdAt.getTime()) / 1_000),
  };
}

describe("limits for whoever holds a role", () => {
  it("are stated by a scope, leave one event with what stood before, and can be taken back", async () => {
    const tenant = await openTenant();
    const ctx = ownerOf(tenant);
    await limit(ctx, member, { sessionIdleSeconds: hour, concurrentSessionsMax: 4 });
    expect(await auditEventsOf(ctx.requestId)).toMatchObject([
      {
        action: "policy.update",
        tenantId: tenant.tenantId,
        changes: {
          "roleLimits.member.sessionIdleSeconds": { before: null, after: hour },
          "roleLimits.member.concurrentSessionsMax": { before: null, after: 4 },
        },
      },
    ]);
    expect(await limitsIn(ctx, member)).toMatchObject({
      own: { sessionIdleSeconds: hour, sessionAbsoluteSeconds: null, concurrentSessionsMax: 4 },
      effective: { sessionIdleSeconds: hour, concurrentSessionsMax: 4 },
    });
    const again = ownerOf(tenant);
    await limit(again, member, { sessionIdleSeconds: hour });
    expect(await auditEventsOf(again.requestId)).toEqual([]);
    await limit(ownerOf(tenant), member, { sessionIdleSeconds: null, concurrentSessionsMax: null });
    expect((await limitsIn(ctx, member))?.own).toMatchObject({ sessionIdleSeconds: null, concurrentSessionsMax: null });
  });

  it("are the tenant's own: another one neither sees nor changes them, nor names its roles", async () => {
    const [one, other] = [await openTenant(), await openTenant()];
    await limit(ownerOf(one), member, { sessionIdleSeconds: hour });
    expect((await limitsIn(ownerOf(other), member))?.own.sessionIdleSeconds).toBeNull();
    const foreign = await makeRole(await tenantCaller(one, "owner"));
    const ofPlatform = builtInRoleId("platform", "admin");
    for (const roleId of [foreign.id, ofPlatform, crypto.randomUUID(), "nonsense"]) {
      await expect(limit(ownerOf(other), roleId, { sessionIdleSeconds: hour }), roleId).rejects.toMatchObject({
        code: "INVALID_INPUT",
        errors: [{ path: "roleLimits.0.roleId", message: "Names no role of this scope." }],
      });
    }
  });

  it("take the permission to change the rules", async () => {
    const tenant = await openTenant();
    const change = { roleLimits: [{ roleId: member, sessionIdleSeconds: hour }] };
    const as = (role: string) => tenantContext(role, tenant);
    await expect(runOperation(updatePolicy, as("admin"), change)).rejects.toMatchObject({ code: "FORBIDDEN" });
    await expect(runOperation(previewPolicy, as("admin"), change)).rejects.toMatchObject({ code: "FORBIDDEN" });
    await expect(runOperation(updatePolicy, as("member"), change)).rejects.toMatchObject({ code: "NOT_FOUND" });
  });

  it("may not be looser in a tenant than what the platform says about the role or about everybody", async () => {
    const tenant = await openTenant();
    await onPlatform(member, { sessionIdleSeconds: hour }, async () => {
      await expect(limit(ownerOf(tenant), member, { sessionIdleSeconds: hour + 1 })).rejects.toMatchObject({
        code: "INVALID_INPUT",
        errors: [{ path: "roleLimits.0.sessionIdleSeconds", message: "The platform allows at most 3600." }],
      });
      await limit(ownerOf(tenant), member, { sessionIdleSeconds: hour / 2 });
      expect(await limitsIn(ownerOf(tenant), member)).toMatchObject({
        platform: { sessionIdleSeconds: hour },
        effective: { sessionIdleSeconds: hour / 2 },
      });
    });
  });

  it("go with the role", async () => {
    const tenant = await openTenant();
    const owner = await tenantCaller(tenant, "owner");
    const role = await makeRole(owner);
    await limit(ownerOf(tenant), role.id, { sessionIdleSeconds: hour });
    expect((await limitsIn(ownerOf(tenant), role.id))?.own.sessionIdleSeconds).toBe(hour);
    await runOperation(deleteRole, owner, { roleId: role.id });
    expect(await limitsIn(ownerOf(tenant), role.id)).toBeUndefined();
  });
});

describe("a session of somebody who holds a role with limits", () => {
  it("begins and enters within the strictest of the platform, the home, the tenant entered and the roles held there", async () => {
    const [home, elsewhere, third] = [await openTenant(), await openTenant(), await openTenant()];
    const user = await makeUser({ homeTenantId: home.tenantId });
    for (const { tenantId } of [home, elsewhere, third]) await makeMembership(tenantId, user.id);
    await limit(ownerOf(home), member, { sessionIdleSeconds: 10 * hour });
    await limit(ownerOf(elsewhere), member, { sessionAbsoluteSeconds: 20 * hour });
    await limit(ownerOf(third), member, { sessionIdleSeconds: hour });
    await limit(ownerOf(elsewhere), moderator, { sessionAbsoluteSeconds: hour });
    await onPlatform(member, { sessionAbsoluteSeconds: 30 * hour }, async () => {
      const { id } = await makeSession(user.id, long());
      expect(await timesOf(id)).toEqual({ idleSeconds: 10 * hour, absoluteSeconds: 30 * hour });
      const entered = await makeSession(user.id, { ...long(), activeTenantId: elsewhere.tenantId });
      expect(await timesOf(entered.id)).toEqual({ idleSeconds: 10 * hour, absoluteSeconds: 20 * hour });
    });
  });

  it("comes under the limits of a platform role wherever it goes", async () => {
    const support = builtInRoleId("platform", "support");
    await onPlatform(support, { sessionAbsoluteSeconds: hour }, async () => {
      const user = await makeUser({ platformRole: "support" });
      expect((await timesOf((await makeSession(user.id, long())).id)).absoluteSeconds).toBe(hour);
    });
  });

  it("gets shorter when the limit becomes stricter, and nobody else's does", async () => {
    const tenant = await openTenant();
    const [held, not] = [
      await makeUser({ homeTenantId: tenant.tenantId }),
      await makeUser({ homeTenantId: tenant.tenantId }),
    ];
    await makeMembership(tenant.tenantId, held.id, "auditor");
    await makeMembership(tenant.tenantId, not.id);
    const [one, other] = [await makeSession(held.id, long()), await makeSession(not.id, long())];
    const change = { roleLimits: [{ roleId: builtInRoleId("tenant", "auditor"), sessionIdleSeconds: hour }] };
    expect(await runOperation(previewPolicy, ownerOf(tenant), change)).toEqual({
      shortened: 1,
      ended: 0,
      capped: false,
    });
    const { sessionsTightened } = await runOperation(updatePolicy, ownerOf(tenant), change);
    expect(sessionsTightened).toEqual({ count: 1, pending: false });
    expect((await timesOf(one.id)).idleSeconds).toBe(hour);
    expect((await timesOf(other.id)).idleSeconds).toBe(24 * hour);
  });

  it("that is older than the new limit ends at once, as the preview had said", async () => {
    const tenant = await openTenant();
    const user = await makeUser({ homeTenantId: tenant.tenantId });
    await makeMembership(tenant.tenantId, user.id);
    const old = { ...long(), createdAt: new Date(Date.now() - 2 * hour * 1_000) };
    await makeSessions(user.id, 2, old);
    await makeSession(user.id, long());
    const change = { roleLimits: [{ roleId: member, sessionAbsoluteSeconds: hour }] };
    expect(await runOperation(previewPolicy, ownerOf(tenant), change)).toEqual({
      shortened: 3,
      ended: 2,
      capped: false,
    });
    expect(await runOperation(previewPolicy, ownerOf(await openTenant()), change)).toMatchObject({ shortened: 0 });
    await runOperation(updatePolicy, ownerOf(tenant), change);
    const alive = await withScope(
      { kind: "platform" },
      (tx) =>
        tx.$queryRaw`select 1 from session s where s.user_id = ${user.id}::uuid and gatehouse.session_is_alive(s)`,
    );
    expect(alive).toHaveLength(1);
  });
});

describe("somebody who is given a role", () => {
  it("comes under its limits with the sessions that they have, where the role counts", async () => {
    const [tenant, elsewhere] = [await openTenant(), await openTenant()];
    const owner = await tenantCaller(tenant, "owner");
    const role = await makeRole(owner);
    await limit(ownerOf(tenant), role.id, { sessionIdleSeconds: hour });
    const user = await makeUser();
    for (const { tenantId } of [tenant, elsewhere]) await makeMembership(tenantId, user.id);
    const here = await makeSession(user.id, { ...long(), activeTenantId: tenant.tenantId });
    const there = await makeSession(user.id, { ...long(), activeTenantId: elsewhere.tenantId });
    await runOperation(assignRole, owner, { userId: user.id, roleId: role.id });
    expect((await timesOf(here.id)).idleSeconds).toBe(hour);
    expect((await timesOf(there.id)).idleSeconds).toBe(24 * hour);
  });

  it("comes under the bounds of administrators with every session, once the role makes them one", async () => {
    const { idleSeconds, absoluteSeconds } = sessionLimits({ isAdministrator: true, rememberMe: true });
    const tenant = await makeTenant();
    const user = await makeUser();
    const session = await makeSession(user.id, long());
    await makeMembership(tenant.id, user.id, "moderator");
    expect(await timesOf(session.id)).toEqual({ idleSeconds, absoluteSeconds });
    const other = await makeUser();
    const otherSession = await makeSession(other.id, long());
    const granter = await platformCaller("owner");
    await runOperation(assignRole, granter, { userId: other.id, roleId: builtInRoleId("platform", "auditor") });
    expect(await timesOf(otherSession.id)).toEqual({ idleSeconds, absoluteSeconds });
  });

  it("while a session of theirs is being made, comes under them all the same", async () => {
    const tenant = await openTenant();
    const owner = await tenantCaller(tenant, "owner");
    const role = await makeRole(owner);
    await limit(ownerOf(tenant), role.id, { sessionIdleSeconds: hour });
    const people = await Promise.all(
      Array.from({ length: 10 }, async () => {
        const user = await makeUser({ homeTenantId: tenant.tenantId });
        await makeMembership(tenant.tenantId, user.id);
        return user;
      }),
    );
    const made = await Promise.all(
      people.map(async ({ id }) => {
        const giving = runOperation(assignRole, { ...owner, requestId: id }, { userId: id, roleId: role.id });
        const sessions = await Promise.all(Array.from({ length: 3 }, () => makeSession(id, long())));
        await giving;
        return sessions;
      }),
    );
    const times = await Promise.all(made.flat().map(({ id }) => timesOf(id)));
    expect(times.filter(({ idleSeconds }) => idleSeconds > hour)).toEqual([]);
  });
});
