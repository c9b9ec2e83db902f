import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { builtInRoles } from "@/lib/authorization/built-in-roles";
import { type Permission, permissionExistsIn } from "@/lib/authorization/permissions";
import { newId } from "@/lib/db/new-id";
import { createInvitations } from "@/lib/invitations/create-invitations";
import type { RequestContext } from "@/lib/operations/request-context";
import { assignRole } from "@/lib/roles/assign-role";
import { createRole } from "@/lib/roles/create-role";
import { deleteRole } from "@/lib/roles/delete-role";
import { updateRole } from "@/lib/roles/update-role";
import { createUser } from "@/lib/users/create-user";
import { makeUser } from "@/tests/support/factories";
import { again, idOf, makeRole, openTenant, platformCaller, tenantCaller } from "@/tests/support/people";
import { startTestRuntime, type TestRuntime } from "@/tests/support/test-runtime";
import { attempt, holdingsOf, limitedCaller, limitedOfPlatform } from "./delegation-cast";

let runtime: TestRuntime;
beforeAll(async () => {
  runtime = await startTestRuntime();
});
afterAll(() => runtime.stop());

const few: Permission[] = [
  "users.read",
  "users.create",
  "roles.read",
  "roles.create",
  "roles.update",
  "roles.delete",
  "roles.assign",
];
const address = () => `${newId()}@example.com`;

type Wanted = { id: string; key: string; rank: number; permissions: readonly Permission[] };

/** Every way in which a role, or what is in it, comes to somebody. */
async function everyDoor(ctx: RequestContext, owner: RequestContext, wanted: Wanted): Promise<Record<string, string>> {
  const inTenant = ctx.scope.kind === "tenant";
  const target =
    inTenant && ctx.scope.kind === "tenant" ? idOf(await tenantCaller(ctx.scope, "guest")) : (await makeUser()).id;
  const own = await makeRole(again(ctx), { rank: 3, permissions: ["users.read"] });
  const held = await makeRole(again(owner), { rank: 3, permissions: ["users.read"] });
  await attempt(assignRole, owner, { userId: target, roleId: held.id });
  const before = await holdingsOf(runtime, target);
  const permissions = wanted.permissions.filter((name) =>
    permissionExistsIn(name, ctx.scope.kind === "tenant" ? "tenant" : "platform"),
  );
  const doors = {
    assign: await attempt(assignRole, ctx, { userId: target, roleId: wanted.id }),
    "create a user": await attempt(createUser, ctx, { email: address(), name: "New", roles: [wanted.id] }),
    "write a role": await attempt(createRole, ctx, { key: `k-${newId()}`, name: "Own", rank: 3, permissions }),
    "rewrite a role": await attempt(updateRole, ctx, { roleId: own.id, permissions }),
    "raise a role": await attempt(updateRole, ctx, { roleId: own.id, rank: Math.min(wanted.rank, inTenant ? 49 : 99) }),
    "replace a role": await attempt(deleteRole, ctx, { roleId: held.id, replacement: wanted.id }),
    ...(inTenant ? { invite: await attempt(createInvitations, ctx, { emails: [address()], roles: [wanted.id] }) } : {}),
  };
  expect(await holdingsOf(runtime, target), wanted.key).toEqual(before);
  return doors;
}

const beyond = (ctx: RequestContext, { rank, permissions }: Wanted) =>
  rank >= ctx.grants.rank && permissions.some((name) => !ctx.grants.permissions.has(name));

describe("an administrator with few permissions assigns no role beyond them (Keycloak CVE-2026-9795)", () => {
  it("in a tenant, by no door: neither a built-in role nor what is in it", async () => {
    const scope = await openTenant();
    const owner = await tenantCaller(scope, "owner");
    const limited = await limitedCaller(owner, scope, {
      rank: 25,
      permissions: [...few, "invitations.read", "invitations.create"],
    });
    const roles = builtInRoles.filter((role) => role.scope === "tenant" && beyond(limited, role));
    expect(roles.map(({ key }) => key)).toEqual(["owner", "admin", "moderator"]);
    for (const role of roles) {
      const doors = await everyDoor(limited, owner, role);
      expect(new Set(Object.values(doors)), `${role.key} ${JSON.stringify(doors)}`).toEqual(new Set(["FORBIDDEN"]));
    }
  });

  it("on the platform, by no door", async () => {
    const owner = await platformCaller("owner");
    const limited = await limitedOfPlatform(runtime, owner, { rank: 30, permissions: few });
    const roles = builtInRoles.filter((role) => role.scope === "platform" && beyond(limited, role));
    expect(roles.map(({ key }) => key)).toEqual(["owner", "admin", "support", "auditor"]);
    for (const role of roles) {
      const doors = await everyDoor(limited, owner, role);
      expect(new Set(Object.values(doors)), `${role.key} ${JSON.stringify(doors)}`).toEqual(new Set(["FORBIDDEN"]));
    }
  });

  it("not even a low role that holds one thing more, nor a high one that holds nothing", async () => {
    const scope = await openTenant();
    const owner = await tenantCaller(scope, "owner");
    const limited = await limitedCaller(owner, scope, { rank: 25, permissions: few });
    const member = idOf(await tenantCaller(scope, "guest"));
    const low = await makeRole(again(owner), { rank: 1, permissions: ["users.read", "sessions.revoke"] });
    const high = await makeRole(again(owner), { rank: 25, permissions: [] });
    const fair = await makeRole(again(owner), { rank: 24, permissions: few });
    expect(await attempt(assignRole, limited, { userId: member, roleId: low.id })).toBe("FORBIDDEN");
    expect(await attempt(assignRole, limited, { userId: member, roleId: high.id })).toBe("FORBIDDEN");
    expect(await attempt(assignRole, limited, { userId: member, roleId: fair.id })).toBe("done");
  });

  it("a holder of a low role of the platform gives nothing of a tenant's that they do not hold, in any tenant", async () => {
    const owner = await platformCaller("owner");
    const limited = await limitedOfPlatform(runtime, owner, { rank: 70, permissions: few });
    const scope = await openTenant();
    const tenantOwner = await tenantCaller(scope, "owner");
    const there = { ...limited, scope };
    // A rank of 70 is above every role of a tenant: what is in the role decides.
    for (const role of builtInRoles.filter(
      ({ scope: kind, permissions }) => kind === "tenant" && permissions.length > 0,
    )) {
      const userId = idOf(await tenantCaller(scope, "guest"));
      expect(await attempt(assignRole, there, { userId, roleId: role.id }), role.key).toBe("FORBIDDEN");
    }
    expect(await holdingsOf(runtime, idOf(tenantOwner))).toHaveLength(1);
  });
});
