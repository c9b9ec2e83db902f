import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { builtInRoleId } from "@/lib/authorization/built-in-roles";
import { newId } from "@/lib/db/new-id";
import { runOperation } from "@/lib/operations/run-operation";
import { assignRole } from "@/lib/roles/assign-role";
import { explainAccess } from "@/lib/roles/explain-access";
import { listHolders } from "@/lib/roles/list-holders";
import { lockUser } from "@/lib/users/lock-user";
import { makeMembership, makeUser } from "@/tests/support/factories";
import { idOf, makeRole, openTenant, platformCaller, tenantCaller } from "@/tests/support/people";
import { startTestRuntime, type TestRuntime } from "@/tests/support/test-runtime";

let runtime: TestRuntime;
beforeAll(async () => {
  runtime = await startTestRuntime();
});
afterAll(() => runtime.stop());

describe("why somebody may or may not", () => {
  it("names the roles through which it is held, and those that would give it", async () => {
    const scope = await openTenant();
    const admin = await tenantCaller(scope, "admin");
    const member = await tenantCaller(scope);
    const role = await makeRole(admin, { rank: 12, permissions: ["sessions.revoke"] });
    const ask = { userId: idOf(member), permission: "sessions.revoke" };
    const before = await runOperation(explainAccess, admin, ask);
    expect(before).toMatchObject({ held: false, roles: [], obstacles: ["no-role"], throughPlatform: false });
    expect(before.grantedBy.map(({ key }) => key)).toEqual([role.key, "moderator", "admin", "owner"]);
    expect(before.grantedBy.map(({ assignable }) => assignable)).toEqual([true, true, false, false]);
    await runOperation(assignRole, admin, { userId: idOf(member), roleId: role.id });
    expect(await runOperation(explainAccess, admin, ask)).toMatchObject({
      held: true,
      roles: [{ id: role.id, key: role.key, name: role.name }],
      obstacles: [],
    });
  });

  it("says what stands in the way: a lock, a suspension, no membership, the scope", async () => {
    const scope = await openTenant();
    const owner = await tenantCaller(scope, "owner");
    const admin = await tenantCaller(scope, "admin");
    const atHome = await makeUser({ homeTenantId: scope.tenantId });
    const ask = (userId: string, permission: string, ctx = owner) =>
      runOperation(explainAccess, ctx, { userId, permission });
    expect(await ask(atHome.id, "users.read")).toMatchObject({ held: false, obstacles: ["no-membership", "no-role"] });
    expect(await ask(idOf(admin), "tenants.read")).toMatchObject({
      held: false,
      obstacles: ["not-here"],
      grantedBy: [],
    });
    await runOperation(lockUser, owner, { userId: idOf(admin), reason: "test" });
    expect(await ask(idOf(admin), "users.read")).toMatchObject({
      held: false,
      obstacles: ["locked"],
      roles: [{ key: "admin" }],
    });
    await runtime.asSuperuser("update tenant set suspended_at = now(), suspended_reason = 'unpaid' where id = $1", [
      scope.tenantId,
    ]);
    const above = await platformCaller("admin", scope);
    expect(await ask(idOf(owner), "users.read", above)).toMatchObject({ held: false, obstacles: ["tenant-suspended"] });
  });

  it("tells a tenant that the platform gives it, and not by which role", async () => {
    const scope = await openTenant();
    const owner = await tenantCaller(scope, "owner");
    const support = await makeUser({ platformRole: "support" });
    await makeMembership(scope.tenantId, support.id, "guest");
    const answer = await runOperation(explainAccess, owner, { userId: support.id, permission: "users.lock" });
    expect(answer).toMatchObject({ held: true, throughPlatform: true, roles: [] });
    const onPlatform = await runOperation(explainAccess, await platformCaller("owner"), {
      userId: support.id,
      permission: "users.lock",
    });
    expect(onPlatform).toMatchObject({ held: true, throughPlatform: false, roles: [{ key: "support" }] });
  });

  it("knows nobody of another tenant, and no permission outside the catalogue", async () => {
    const ours = await tenantCaller(await openTenant(), "owner");
    const theirs = await tenantCaller(await openTenant(), "owner");
    for (const userId of [idOf(theirs), newId(), "nobody"]) {
      const ask = { userId, permission: "users.read" };
      await expect(runOperation(explainAccess, ours, ask)).rejects.toMatchObject({ code: "NOT_FOUND" });
    }
    const unknown = { userId: idOf(ours), permission: "everything.do" };
    await expect(runOperation(explainAccess, ours, unknown)).rejects.toMatchObject({ code: "INVALID_INPUT" });
  });
});

describe("who may do it", () => {
  it("lists every holder of the scope once over pages, with the roles that give it, and nobody else", async () => {
    const scope = await openTenant();
    const owner = await tenantCaller(scope, "owner");
    const moderators = await Promise.all(Array.from({ length: 5 }, () => tenantCaller(scope, "moderator")));
    await tenantCaller(scope);
    await tenantCaller(await openTenant(), "moderator");
    const [first] = moderators;
    if (!first) throw new Error("No moderator.");
    const role = await makeRole(owner, { permissions: ["users.lock"] });
    await runOperation(assignRole, owner, { userId: idOf(first), roleId: role.id });
    const found: { user: { id: string }; roles: { key: string }[] }[] = [];
    let cursor: string | null = null;
    do {
      const page: Awaited<ReturnType<typeof runOperation<typeof listHolders.input, typeof listHolders.output>>> =
        await runOperation(listHolders, owner, {
          permission: "users.lock",
          limit: 2,
          ...(cursor === null ? {} : { cursor }),
        });
      found.push(...page.data);
      cursor = page.nextCursor;
    } while (cursor !== null);
    expect(found).toHaveLength(6);
    expect(new Set(found.map(({ user }) => user.id))).toEqual(new Set([owner, ...moderators].map(idOf)));
    const both = found.find(({ user }) => user.id === idOf(first));
    expect(both?.roles.map(({ key }) => key)).toEqual([role.key, "moderator"]);
  });

  it("lists those of the platform on the platform, and says who is locked", async () => {
    const owner = await platformCaller("owner");
    const admin = await platformCaller("admin");
    await runOperation(lockUser, owner, { userId: idOf(admin), reason: "test" });
    const { data } = await runOperation(listHolders, owner, { permission: "tenants.create", limit: 100 });
    expect(data.find(({ user }) => user.id === idOf(admin))).toMatchObject({ locked: true, roles: [{ key: "admin" }] });
    expect(data.find(({ user }) => user.id === idOf(owner))).toMatchObject({ locked: false });
    const nobody = await runOperation(listHolders, await tenantCaller(await openTenant(), "owner"), {
      permission: "tenants.create",
    });
    expect(nobody.data).toEqual([]);
    expect(builtInRoleId("platform", "admin")).toBe(data.find(({ user }) => user.id === idOf(admin))?.roles[0]?.id);
  });
});
