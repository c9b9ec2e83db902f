import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createApiKey } from "@/lib/api-keys/create-api-key";
import { keyPermissionsOf } from "@/lib/api-keys/key-permissions";
import { rotateApiKey } from "@/lib/api-keys/rotate-api-key";
import { builtInRoleId } from "@/lib/authorization/built-in-roles";
import { newId } from "@/lib/db/new-id";
import { startImpersonation } from "@/lib/impersonation/start-impersonation";
import { createInvitations } from "@/lib/invitations/create-invitations";
import type { RequestContext } from "@/lib/operations/request-context";
import { runOperation } from "@/lib/operations/run-operation";
import { assignRole } from "@/lib/roles/assign-role";
import { createRole } from "@/lib/roles/create-role";
import { deleteRole } from "@/lib/roles/delete-role";
import { updateRole } from "@/lib/roles/update-role";
import { revokeSessions } from "@/lib/sessions/revoke-sessions";
import { createUser } from "@/lib/users/create-user";
import { updateUser } from "@/lib/users/update-user";
import { makeMembership, makeUser } from "@/tests/support/factories";
import { again, contextFor, idOf, makeRole, openTenant, platformCaller, tenantCaller } from "@/tests/support/people";
import { startTestRuntime, type TestRuntime } from "@/tests/support/test-runtime";
import { actingAs, attempt, byOwnKey, holdingsOf, limitedCaller } from "./delegation-cast";

let runtime: TestRuntime;
beforeAll(async () => {
  runtime = await startTestRuntime();
});
afterAll(() => runtime.stop());

const ownerRole = builtInRoleId("tenant", "owner");
const adminRole = builtInRoleId("tenant", "admin");
const address = () => `${newId()}@example.com`;

async function openHouse() {
  const scope = await openTenant();
  const owner = await tenantCaller(scope, "owner");
  return { scope, owner, admin: await tenantCaller(scope, "admin") };
}

async function expectUnraised(ctx: RequestContext, act: () => Promise<void>): Promise<void> {
  const before = await holdingsOf(runtime, idOf(ctx));
  await act();
  expect(await holdingsOf(runtime, idOf(ctx))).toEqual(before);
}

describe("nobody raises themself", () => {
  it("through a custom role: by writing more into one that they hold, by its rank, or by what replaces it", async () => {
    const { scope, owner } = await openHouse();
    const holder = await limitedCaller(owner, scope, {
      rank: 30,
      permissions: ["users.read", "roles.read", "roles.create", "roles.update", "roles.delete", "roles.assign"],
    });
    const lower = await makeRole(again(owner), { rank: 10, permissions: ["users.read"] });
    await runOperation(assignRole, again(owner), { userId: idOf(holder), roleId: lower.id });
    await expectUnraised(holder, async () => {
      const permissions = ["users.read", "sessions.revoke"];
      expect(await attempt(updateRole, holder, { roleId: lower.id, permissions })).toBe("FORBIDDEN");
      expect(await attempt(updateRole, holder, { roleId: lower.id, rank: 30 })).toBe("FORBIDDEN");
      expect(await attempt(deleteRole, holder, { roleId: lower.id, replacement: adminRole })).toBe("FORBIDDEN");
      expect(await attempt(createRole, holder, { key: `k-${newId()}`, name: "X", rank: 30, permissions: [] })).toBe(
        "FORBIDDEN",
      );
      const fresh = await makeRole(again(holder), { rank: 29, permissions: ["users.read"] });
      expect(await attempt(assignRole, holder, { userId: idOf(holder), roleId: fresh.id })).toBe("FORBIDDEN");
    });
  });

  it("through an invitation: neither by their own address nor by a second one at their rank or above", async () => {
    const { scope, admin } = await openHouse();
    const own = await runtime.asSuperuser<{ email: string }>('select email from "user" where id = $1', [idOf(admin)]);
    await expectUnraised(admin, async () => {
      const toOwn = { emails: [own[0]?.email], roles: [builtInRoleId("tenant", "moderator")] };
      const answer = await runOperation(createInvitations, again(admin), toOwn);
      expect([answer.data, answer.alreadyMembers]).toEqual([[], toOwn.emails]);
      for (const role of [ownerRole, adminRole]) {
        expect(await attempt(createInvitations, admin, { emails: [address()], roles: [role] })).toBe("FORBIDDEN");
        expect(await attempt(createUser, admin, { email: address(), name: "Second", roles: [role] })).toBe("FORBIDDEN");
      }
    });
    expect(await runtime.asSuperuser("select id from invitation where tenant_id = $1", [scope.tenantId])).toEqual([]);
  });

  it("through an API key: it carries no more than its owner, gives its owner nothing, and makes no other", async () => {
    const { owner, admin } = await openHouse();
    const rest = [...owner.grants.permissions].filter((name) => !admin.grants.permissions.has(name));
    expect(rest.length).toBeGreaterThan(0);
    await expectUnraised(admin, async () => {
      for (const name of rest) {
        expect(await attempt(createApiKey, admin, { name: "Key", permissions: [name] }), name).toBe("FORBIDDEN");
      }
      const key = byOwnKey(admin);
      expect(keyPermissionsOf("tenant")).not.toContain("api-keys.create");
      for (const roleId of [adminRole, builtInRoleId("tenant", "member")]) {
        expect(await attempt(assignRole, key, { userId: idOf(admin), roleId })).toBe("FORBIDDEN");
      }
      expect(await attempt(createApiKey, key, { name: "Key", permissions: ["users.read"] })).not.toBe("done");
      expect(await attempt(startImpersonation, key, { userId: idOf(owner), reason: "x" })).not.toBe("done");
    });
    const made = await runOperation(createApiKey, again(owner), { name: "Key", permissions: ["settings.update"] });
    expect(await attempt(rotateApiKey, admin, { keyId: made.id })).toBe("FORBIDDEN");
  });

  it("through an impersonation: of nobody above or beside, and while it lasts grants and proofs are out of reach", async () => {
    const { scope, owner, admin } = await openHouse();
    const peer = await tenantCaller(scope, "admin");
    for (const above of [owner, peer]) {
      expect(await attempt(startImpersonation, admin, { userId: idOf(above), reason: "x" })).toBe("FORBIDDEN");
    }
    const granting = await limitedCaller(owner, scope, {
      rank: 20,
      permissions: ["users.read", "roles.read", "roles.assign", "users.create"],
    });
    const acting = actingAs(admin, granting);
    const role = await makeRole(again(owner), { rank: 5, permissions: ["users.read"] });
    await expectUnraised(admin, async () => {
      const toSelf = { userId: idOf(admin), roleId: role.id };
      expect(await attempt(assignRole, acting, toSelf)).toBe("FORBIDDEN");
      expect(await attempt(assignRole, acting, { ...toSelf, userId: idOf(granting) })).toBe("FORBIDDEN");
      expect(await attempt(createUser, acting, { email: address(), name: "X", roles: [role.id] })).toBe("FORBIDDEN");
      expect(await attempt(createRole, acting, { key: `k-${newId()}`, name: "X", rank: 1, permissions: [] })).not.toBe(
        "done",
      );
      expect(await attempt(startImpersonation, acting, { userId: idOf(owner), reason: "x" })).not.toBe("done");
      expect(await attempt(createApiKey, acting, { name: "Key", permissions: ["users.read"] })).not.toBe("done");
    });
  });

  it("through a home: no tenant takes an account, gives one away, or changes its own", async () => {
    const { scope, owner } = await openHouse();
    const [other, guest] = [await openTenant(), await makeUser()];
    await makeMembership(scope.tenantId, guest.id, "guest");
    const homeless = await contextFor(guest.id, scope);
    await runtime.asSuperuser(
      "update membership_role set role_id = $1 where membership_id in (select id from membership where user_id = $2)",
      [ownerRole, guest.id],
    );
    const asOwner = await contextFor(guest.id, scope);
    for (const homeTenant of [scope.tenantSlug, other.tenantSlug, null]) {
      for (const userId of [guest.id, idOf(owner)]) {
        for (const ctx of [owner, asOwner, homeless]) {
          expect(await attempt(updateUser, ctx, { userId, homeTenant })).not.toBe("done");
        }
      }
    }
    const rows = await runtime.asSuperuser('select home_tenant_id as home from "user" where id = any($1) order by 1', [
      [guest.id, idOf(owner)],
    ]);
    expect(rows).toEqual([{ home: scope.tenantId }, { home: null }]);
  });

  it("through a home, on the platform: nobody moves an account that ranks above them", async () => {
    const scope = await openTenant();
    const [admin, owner] = [await platformCaller("admin"), await platformCaller("owner")];
    await makeMembership(scope.tenantId, idOf(owner), "member");
    expect(await attempt(updateUser, admin, { userId: idOf(owner), homeTenant: scope.tenantSlug })).toBe("FORBIDDEN");
    const support = await platformCaller("support");
    const user = await makeUser();
    await makeMembership(scope.tenantId, user.id);
    expect(await attempt(updateUser, support, { userId: user.id, homeTenant: scope.tenantSlug })).toBe("FORBIDDEN");
  });

  it("through a bulk: one role beyond them, or one person above them, and nothing of it is done", async () => {
    const { scope, owner, admin } = await openHouse();
    const roles = [builtInRoleId("tenant", "member"), adminRole];
    expect(await attempt(createInvitations, admin, { emails: [address(), address()], roles })).toBe("FORBIDDEN");
    expect(await runtime.asSuperuser("select id from invitation where tenant_id = $1", [scope.tenantId])).toEqual([]);
    const moderator = await tenantCaller(scope, "moderator");
    const member = await tenantCaller(scope, "member");
    const sessions = [
      ...(await runtime.makeSessions(idOf(member), 2)),
      ...(await runtime.makeSessions(idOf(owner), 1)),
    ];
    const sessionIds = sessions.map(({ id }) => id);
    await runtime.asSuperuser("update session set active_tenant_id = $2 where id = any($1)", [
      sessionIds,
      scope.tenantId,
    ]);
    expect(await attempt(revokeSessions, moderator, { sessionIds, reason: "x" })).toBe("FORBIDDEN");
    expect(await runtime.asSuperuser("select id from session where id = any($1)", [sessionIds])).toHaveLength(3);
  });
});
