import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { builtInRoleId } from "@/lib/authorization/built-in-roles";
import { withScope } from "@/lib/db/scoped-transaction";
import type { RequestContext } from "@/lib/operations/request-context";
import { runOperation } from "@/lib/operations/run-operation";
import { unassignRole } from "@/lib/roles/unassign-role";
import { deleteUser } from "@/lib/users/delete-user";
import { lockUser } from "@/lib/users/lock-user";
import { again, idOf, openTenant, platformCaller, type TenantScope, tenantCaller } from "@/tests/support/people";
import { startTestRuntime, type TestRuntime } from "@/tests/support/test-runtime";

let runtime: TestRuntime;
beforeAll(async () => {
  runtime = await startTestRuntime();
});
afterAll(() => runtime.stop());

const tenantOwner = builtInRoleId("tenant", "owner");
const platformOwner = builtInRoleId("platform", "owner");

// Owners who could sign in: held the role, and not locked.
async function ownersLeft(scope: RequestContext["scope"]): Promise<number> {
  const rows =
    scope.kind === "tenant"
      ? await runtime.asSuperuser<{ count: number }>(
          `select count(*)::int from membership_role r join membership m on m.id = r.membership_id join "user" u on u.id = m.user_id
           where r.tenant_id = $1 and r.role_id = $2 and u.locked_at is null`,
          [scope.tenantId, tenantOwner],
        )
      : await runtime.asSuperuser<{ count: number }>(
          `select count(*)::int from platform_role_assignment a join "user" u on u.id = a.user_id
           where a.role_id = $1 and u.locked_at is null`,
          [platformOwner],
        );
  return rows[0]?.count ?? 0;
}

async function tenantOwners(scope: TenantScope, count: number) {
  return Promise.all(Array.from({ length: count }, () => tenantCaller(scope, "owner")));
}

// The platform is one per database: whoever owned it before this test no longer does.
async function onlyPlatformOwners(count: number) {
  await runtime.asSuperuser("truncate platform_role_assignment");
  return Promise.all(Array.from({ length: count }, () => platformCaller("owner")));
}

describe("the last owner of a tenant", () => {
  it("can neither give the role up, nor be deleted or locked in the tenant, by nobody", async () => {
    const scope = await openTenant();
    const [owner] = await tenantOwners(scope, 1);
    if (!owner) throw new Error("No owner.");
    const userId = idOf(owner);
    const above = await platformCaller("owner", scope);
    const attempts = await Promise.allSettled([
      runOperation(unassignRole, again(owner), { userId, roleId: tenantOwner }),
      runOperation(unassignRole, again(above), { userId, roleId: tenantOwner }),
      runOperation(deleteUser, again(above), { userId }),
      runOperation(lockUser, again(above), { userId, reason: "test" }),
      runOperation(deleteUser, await platformCaller("owner"), { userId }),
    ]);
    for (const attempt of attempts) {
      expect(attempt).toMatchObject({ status: "rejected", reason: { code: "CONFLICT" } });
    }
    expect(String(attempts.map((attempt) => "reason" in attempt && attempt.reason.message))).toContain("last owner");
    expect(await ownersLeft(scope)).toBe(1);
  });

  it("is not counted as accompanied by an owner who is locked", async () => {
    const scope = await openTenant();
    const [one, other] = await tenantOwners(scope, 2);
    if (!one || !other) throw new Error("No owners.");
    await runOperation(lockUser, one, { userId: idOf(other), reason: "test" });
    await expect(
      runOperation(unassignRole, again(one), { userId: idOf(one), roleId: tenantOwner }),
    ).rejects.toMatchObject({ code: "CONFLICT" });
    await runOperation(unassignRole, again(one), { userId: idOf(other), roleId: tenantOwner });
  });

  it("may be locked by the platform, which stands above the tenant", async () => {
    const scope = await openTenant();
    const [owner] = await tenantOwners(scope, 1);
    if (!owner) throw new Error("No owner.");
    await runOperation(lockUser, await platformCaller("support"), { userId: idOf(owner), reason: "compromised" });
  });

  it("remains when all of them give up, are demoted, locked and deleted at the same moment", async () => {
    for (let round = 0; round < 8; round += 1) {
      const scope = await openTenant();
      const owners = await tenantOwners(scope, 4);
      const acts = owners.flatMap((ctx, index) => {
        const next = owners[(index + 1) % owners.length] ?? ctx;
        return [
          runOperation(unassignRole, again(ctx), { userId: idOf(ctx), roleId: tenantOwner }),
          runOperation(unassignRole, again(ctx), { userId: idOf(next), roleId: tenantOwner }),
          runOperation(lockUser, again(ctx), { userId: idOf(next), reason: "each other" }),
          runOperation(deleteUser, again(ctx), { userId: idOf(next) }),
        ];
      });
      await Promise.allSettled(acts);
      expect(await ownersLeft(scope)).toBeGreaterThan(0);
    }
  });

  it("is not missed by a tenant that is deleted as a whole", async () => {
    const scope = await openTenant();
    await tenantOwners(scope, 1);
    await runtime.asSuperuser(`update "user" set home_tenant_id = null where home_tenant_id = $1`, [scope.tenantId]);
    await runtime.asSuperuser("delete from tenant where id = $1", [scope.tenantId]);
    expect(await runtime.asSuperuser("select from membership_role where tenant_id = $1", [scope.tenantId])).toEqual([]);
  });
});

describe("the last owner of the platform", () => {
  it("can neither give the role up nor be deleted or locked", async () => {
    const [owner] = await onlyPlatformOwners(1);
    if (!owner) throw new Error("No owner.");
    await expect(
      runOperation(unassignRole, owner, { userId: idOf(owner), roleId: platformOwner }),
    ).rejects.toMatchObject({ code: "CONFLICT" });
    const remove = withScope({ kind: "platform" }, (tx) => tx.user.deleteMany({ where: { id: idOf(owner) } }));
    await expect(remove).rejects.toMatchObject({ code: "CONFLICT" });
  });

  it("remains when all of them give up, are demoted, locked and deleted at the same moment", async () => {
    for (let round = 0; round < 8; round += 1) {
      const owners = await onlyPlatformOwners(4);
      const acts = owners.flatMap((ctx, index) => {
        const next = owners[(index + 1) % owners.length] ?? ctx;
        return [
          runOperation(unassignRole, again(ctx), { userId: idOf(ctx), roleId: platformOwner }),
          runOperation(unassignRole, again(ctx), { userId: idOf(next), roleId: platformOwner }),
          runOperation(lockUser, again(ctx), { userId: idOf(next), reason: "each other" }),
          runOperation(deleteUser, again(ctx), { userId: idOf(next) }),
        ];
      });
      await Promise.allSettled(acts);
      expect(await ownersLeft({ kind: "platform" })).toBeGreaterThan(0);
    }
  });
});
