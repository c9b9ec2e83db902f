import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { builtInRoleId } from "@/lib/authorization/built-in-roles";
import { newId } from "@/lib/db/new-id";
import type { RequestContext } from "@/lib/operations/request-context";
import { runOperation } from "@/lib/operations/run-operation";
import { assignRole } from "@/lib/roles/assign-role";
import { unassignRole } from "@/lib/roles/unassign-role";
import { updateRole } from "@/lib/roles/update-role";
import { createUser } from "@/lib/users/create-user";
import { auditEventsAbout, auditEventsOf, makeMembership, makeUser } from "@/tests/support/factories";
import { again, contextFor, idOf, makeRole, openTenant, platformCaller, tenantCaller } from "@/tests/support/people";
import { startTestRuntime, type TestRuntime } from "@/tests/support/test-runtime";

let runtime: TestRuntime;
beforeAll(async () => {
  runtime = await startTestRuntime();
});
afterAll(() => runtime.stop());

const platform = { kind: "platform" } as const;
const memberRole = builtInRoleId("tenant", "member");
const moderatorRole = builtInRoleId("tenant", "moderator");
const adminRole = builtInRoleId("tenant", "admin");
const ownerRole = builtInRoleId("tenant", "owner");

describe("giving and taking a role", () => {
  it("works in both scopes from the next request on, is idempotent, and leaves one event each", async () => {
    const scope = await openTenant();
    const cases = [
      {
        ctx: await tenantCaller(scope, "admin"),
        user: await tenantCaller(scope),
        roleId: moderatorRole,
        key: "moderator",
      },
      {
        ctx: await platformCaller("admin"),
        user: await contextFor((await makeUser()).id, platform),
        roleId: builtInRoleId("platform", "support"),
        key: "support",
      },
    ];
    for (const { ctx, user, roleId, key } of cases) {
      const userId = idOf(user);
      await runOperation(assignRole, again(ctx), { userId, roleId });
      await runOperation(assignRole, again(ctx), { userId, roleId });
      expect((await contextFor(userId, ctx.scope)).grants.roles).toContain(key);
      await runOperation(unassignRole, again(ctx), { userId, roleId });
      await runOperation(unassignRole, again(ctx), { userId, roleId });
      expect((await contextFor(userId, ctx.scope)).grants.roles).not.toContain(key);
      const about = (await auditEventsAbout(userId)).filter(({ action }) => action.startsWith("role."));
      expect(about).toMatchObject([
        { action: "role.assign", details: { roleId, role: key } },
        { action: "role.unassign", details: { roleId, role: key } },
      ]);
    }
  });

  it("makes every instance forget what anybody may do", async () => {
    const { grantsVersionKey } = await import("@/lib/redis/redis-keys");
    const { redisClient } = await import("@/lib/redis/redis-client");
    const scope = await openTenant();
    const [admin, member] = [await tenantCaller(scope, "admin"), await tenantCaller(scope)];
    const read = () => redisClient.get().get(grantsVersionKey("0"));
    const before = await read();
    await runOperation(assignRole, admin, { userId: idOf(member), roleId: moderatorRole });
    const after = await read();
    expect(after).not.toBeNull();
    expect(after).not.toBe(before);
  });

  it("is refused for who may not: the attempt is recorded as denied", async () => {
    const scope = await openTenant();
    const [moderator, member] = [await tenantCaller(scope, "moderator"), await tenantCaller(scope)];
    const assignment = { userId: idOf(member), roleId: memberRole };
    await expect(runOperation(assignRole, moderator, assignment)).rejects.toMatchObject({ code: "FORBIDDEN" });
    expect(await auditEventsOf(moderator.requestId)).toMatchObject([{ action: "role.assign", outcome: "denied" }]);
  });

  it("is refused for a role at or above one's own, but for owners", async () => {
    const scope = await openTenant();
    const [owner, admin] = [await tenantCaller(scope, "owner"), await tenantCaller(scope, "admin")];
    const [first, second] = [await tenantCaller(scope), await tenantCaller(scope)];
    for (const roleId of [adminRole, ownerRole]) {
      const assignment = { userId: idOf(first), roleId };
      await expect(runOperation(assignRole, admin, assignment)).rejects.toMatchObject({ code: "FORBIDDEN" });
    }
    await runOperation(assignRole, owner, { userId: idOf(first), roleId: ownerRole });
    await runOperation(assignRole, await platformCaller("admin", scope), { userId: idOf(second), roleId: ownerRole });
    await expect(
      runOperation(assignRole, await platformCaller("admin"), {
        userId: (await makeUser()).id,
        roleId: builtInRoleId("platform", "admin"),
      }),
    ).rejects.toMatchObject({ code: "FORBIDDEN" });
  });

  it("is refused for a low role that holds more than the caller (Keycloak CVE-2026-9795)", async () => {
    const scope = await openTenant();
    const [owner, admin, member] = [
      await tenantCaller(scope, "owner"),
      await tenantCaller(scope, "admin"),
      await tenantCaller(scope),
    ];
    const role = await makeRole(owner, { rank: 2, permissions: ["settings.update"] });
    const assignment = { userId: idOf(member), roleId: role.id };
    await expect(runOperation(assignRole, admin, assignment)).rejects.toMatchObject({ code: "FORBIDDEN" });
    await expect(
      runOperation(updateRole, admin, { roleId: role.id, permissions: ["settings.update", "users.read"] }),
    ).rejects.toMatchObject({ code: "FORBIDDEN" });
  });

  it("is refused on whoever ranks as high or higher", async () => {
    const scope = await openTenant();
    const [admin, peer, owner] = [
      await tenantCaller(scope, "admin"),
      await tenantCaller(scope, "admin"),
      await tenantCaller(scope, "owner"),
    ];
    for (const target of [peer, owner]) {
      for (const act of [assignRole, unassignRole]) {
        await expect(runOperation(act, admin, { userId: idOf(target), roleId: memberRole })).rejects.toMatchObject({
          code: "FORBIDDEN",
        });
      }
    }
  });

  it("never gives a role to oneself, in person, through a key or behind an impersonation, and takes one from oneself", async () => {
    const scope = await openTenant();
    const admin = await tenantCaller(scope, "admin");
    const self = { userId: idOf(admin), roleId: moderatorRole };
    const member = await tenantCaller(scope);
    if (admin.actor.type !== "user") throw new Error("Not a user.");
    const behind = { id: idOf(admin), name: "x", sessionId: newId(), confinedTenantId: null };
    const impersonating = { ...admin.actor, id: idOf(member), impersonatedBy: behind };
    const ways: RequestContext[] = [
      admin,
      { ...admin, actor: { type: "api_key" as const, id: newId(), name: "key", ownerId: idOf(admin) } },
      { ...admin, actor: impersonating },
    ];
    for (const ctx of ways) {
      await expect(runOperation(assignRole, ctx, self)).rejects.toMatchObject({ code: "FORBIDDEN" });
    }
    await runOperation(unassignRole, admin, { userId: idOf(admin), roleId: adminRole });
    expect((await contextFor(idOf(admin), scope)).grants.rank).toBe(0);
  });

  it("needs a member: who is only at home here, and who is foreign, gets none", async () => {
    const scope = await openTenant();
    const admin = await tenantCaller(scope, "admin");
    const atHome = await makeUser({ homeTenantId: scope.tenantId });
    const foreign = await makeUser();
    const give = (userId: string) => runOperation(assignRole, admin, { userId, roleId: memberRole });
    await expect(give(atHome.id)).rejects.toMatchObject({ code: "CONFLICT" });
    for (const userId of [foreign.id, newId(), "nobody"]) {
      await expect(give(userId)).rejects.toMatchObject({ code: "NOT_FOUND" });
      await expect(runOperation(unassignRole, admin, { userId, roleId: memberRole })).rejects.toMatchObject({
        code: "NOT_FOUND",
      });
    }
  });

  it("reaches a guest's roles here", async () => {
    const scope = await openTenant();
    const admin = await tenantCaller(scope, "admin");
    const guest = await makeUser();
    await makeMembership(scope.tenantId, guest.id, "guest");
    await runOperation(assignRole, admin, { userId: guest.id, roleId: moderatorRole });
    expect((await contextFor(guest.id, scope)).grants.roles).toEqual(expect.arrayContaining(["guest", "moderator"]));
  });

  it("asks for a fresh proof to give, and not to take", async () => {
    const scope = await openTenant();
    const [admin, member] = [await tenantCaller(scope, "admin"), await tenantCaller(scope)];
    if (admin.actor.type !== "user") throw new Error("Not a user.");
    const stale = { ...admin, actor: { ...admin.actor, authenticatedAt: new Date(Date.now() - 301_000) } };
    const assignment = { userId: idOf(member), roleId: memberRole };
    await expect(runOperation(assignRole, stale, assignment)).rejects.toMatchObject({ code: "STEP_UP_REQUIRED" });
    await runOperation(unassignRole, stale, assignment);
  });
});

describe("a caller whose role was taken a moment ago", () => {
  it("cannot use what an instance still remembers to give a role or to write one", async () => {
    const scope = await openTenant();
    const [owner, admin, member] = [
      await tenantCaller(scope, "owner"),
      await tenantCaller(scope, "admin"),
      await tenantCaller(scope),
    ];
    const role = await makeRole(admin);
    await runOperation(unassignRole, owner, { userId: idOf(admin), roleId: adminRole });
    const attempts = await Promise.allSettled([
      runOperation(assignRole, admin, { userId: idOf(member), roleId: moderatorRole }),
      runOperation(unassignRole, admin, { userId: idOf(member), roleId: memberRole }),
      runOperation(updateRole, admin, { roleId: role.id, rank: 1 }),
      makeRole(admin),
    ]);
    for (const attempt of attempts) {
      expect(attempt).toMatchObject({ status: "rejected", reason: { code: "FORBIDDEN" } });
    }
  });

  it("cannot create somebody with a role", async () => {
    const [owner, admin] = [await platformCaller("owner"), await platformCaller("admin")];
    await runOperation(unassignRole, owner, { userId: idOf(admin), roleId: builtInRoleId("platform", "admin") });
    const input = { email: `${newId()}@example.com`, name: "X", roles: [builtInRoleId("platform", "support")] };
    await expect(runOperation(createUser, admin, input)).rejects.toMatchObject({ code: "FORBIDDEN" });
  });

  it("wins or loses the race, but never both: of two who take each other's role one keeps it", async () => {
    for (let round = 0; round < 10; round += 1) {
      const scope = await openTenant();
      const [one, other] = [await tenantCaller(scope, "owner"), await tenantCaller(scope, "owner")];
      await tenantCaller(scope, "owner");
      const outcomes = await Promise.allSettled([
        runOperation(unassignRole, one, { userId: idOf(other), roleId: ownerRole }),
        runOperation(unassignRole, other, { userId: idOf(one), roleId: ownerRole }),
      ]);
      expect(outcomes.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    }
  });

  it("does not give roles behind the back of who takes it: platform and tenant wait for each other, too", async () => {
    for (let round = 0; round < 10; round += 1) {
      const scope = await openTenant();
      const owner = await platformCaller("owner");
      const admin = await platformCaller("admin", scope);
      const member = await tenantCaller(scope);
      const take = runOperation(unassignRole, owner, {
        userId: idOf(admin),
        roleId: builtInRoleId("platform", "admin"),
      });
      const late = take.then(() => runOperation(assignRole, admin, { userId: idOf(member), roleId: moderatorRole }));
      const early = runOperation(assignRole, again(admin), { userId: idOf(member), roleId: adminRole });
      const [, after] = await Promise.allSettled([early, late]);
      expect(after).toMatchObject({ status: "rejected", reason: { code: "FORBIDDEN" } });
    }
  });
});
