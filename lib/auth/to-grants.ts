import { allPermissions, type Permission, permissionExistsIn } from "@/lib/authorization/permissions";
import { permissionsOf } from "@/lib/authorization/role-permissions";
import type { Grants } from "@/lib/operations/request-context";
import type { HeldRole } from "@/lib/sessions/session-store";

/** What roles amount to in a scope. `roles` are the platform's and, in a tenant, those held there. */
export function toGrants(roles: readonly HeldRole[], scope: "platform" | "tenant"): Grants {
  const held = toPermissions(roles);
  return {
    // Platform roles count in every tenant, so on the platform nothing is left out that can be given away there.
    permissions: scope === "platform" ? held : new Set([...held].filter((name) => permissionExistsIn(name, "tenant"))),
    platformPermissions: toPermissions(roles.filter((role) => role.scope === "platform")),
    roles: roles.map((role) => (role.scope === scope ? role.key : `${role.scope}:${role.key}`)),
    rank: Math.max(0, ...roles.map((role) => role.rank)),
    isOwner: roles.some((role) => role.key === "owner" && role.builtIn),
  };
}

/** What two callers hold both: nobody who acts as somebody else gains anything by it. */
export function narrowGrants(grants: Grants, by: Grants): Grants {
  return {
    permissions: intersect(grants.permissions, by.permissions),
    platformPermissions: intersect(grants.platformPermissions, by.platformPermissions),
    roles: grants.roles,
    rank: Math.min(grants.rank, by.rank),
    isOwner: grants.isOwner && by.isOwner,
  };
}

function intersect(a: ReadonlySet<Permission>, b: ReadonlySet<Permission>): Set<Permission> {
  return new Set([...a].filter((name) => b.has(name)));
}

function toPermissions(roles: readonly HeldRole[]): Set<Permission> {
  const held = new Set(roles.flatMap(({ roleId, permissions }) => permissionsOf({ id: roleId, permissions })));
  return new Set(allPermissions.filter((name) => held.has(name)));
}
