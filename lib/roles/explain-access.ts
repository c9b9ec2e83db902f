import { loadGrants } from "@/lib/auth/load-grants";
import { isGrantable } from "@/lib/authorization/assert-grantable";
import { type Permission, permissionExistsIn } from "@/lib/authorization/permissions";
import { permissionsOf } from "@/lib/authorization/role-permissions";
import { isId } from "@/lib/db/new-id";
import { notFound } from "@/lib/errors/app-error";
import { defineQuery } from "@/lib/operations/define-operation";
import type { RequestContext } from "@/lib/operations/request-context";
import {
  type AccessRole,
  type AccessUser,
  findAccessUser,
  findHeldIds,
  findRoles,
  isSuspended,
} from "./access-repository";
import { type AccessExplanation, accessExplanation, explainAccessInput } from "./schemas";
import { scopeTenantId } from "./scope-tenant-id";

/** Roles of a scope that are looked at; an explanation for more would explain nothing. */
const rolesMax = 1000;
/** Roles that an answer names as ways to the permission. */
const namedMax = 100;

/** Why a user does or does not hold a permission in the caller's scope, and which roles would give it. */
export const explainAccess = defineQuery({
  name: "explainAccess",
  summary: "Explain why a user may or may not do something",
  scope: "either",
  permission: "roles.read",
  input: explainAccessInput,
  output: accessExplanation,
  run: async ({ ctx, tx }, { userId, permission }) => {
    const tenantId = scopeTenantId(ctx);
    const user = isId(userId) ? await findAccessUser(tx, tenantId, userId) : null;
    if (!user) throw notFound("user");
    const giving = (await findRoles(tx, tenantId, rolesMax)).filter((role) => permissionsOf(role).includes(permission));
    const heldIds = await findHeldIds(tx, tenantId, user.id);
    // A tenant may not read which platform roles its members hold; that one gives the permission is no secret to it.
    const { platformPermissions } = await loadGrants({ userId: user.id, tenantId, version: null });
    return toExplanation(ctx, {
      user,
      permission,
      giving,
      heldIds,
      throughPlatform: tenantId !== null && platformPermissions.has(permission),
      suspended: await isSuspended(tx, tenantId),
    });
  },
});

type Findings = {
  user: AccessUser;
  permission: Permission;
  giving: AccessRole[];
  heldIds: Set<string>;
  throughPlatform: boolean;
  suspended: boolean;
};

function toExplanation(ctx: RequestContext, findings: Findings): AccessExplanation {
  const { user, permission, giving, heldIds } = findings;
  const isHere = ctx.scope.kind !== "tenant" || permissionExistsIn(permission, "tenant");
  const throughPlatform = isHere && findings.throughPlatform;
  const roles = giving.filter(({ id }) => heldIds.has(id));
  const obstacles = findObstacles({ ...findings, isHere, throughPlatform, hasRole: roles.length > 0 });
  return {
    user: { id: user.id, name: user.name, email: user.email },
    permission,
    held: obstacles.length === 0,
    roles,
    throughPlatform,
    obstacles,
    grantedBy: giving.slice(0, namedMax).map((role) => ({ ...role, assignable: isGrantable(ctx, role) })),
  };
}

type Ways = Findings & { isHere: boolean; hasRole: boolean };

function findObstacles({ user, suspended, isHere, throughPlatform, hasRole }: Ways): AccessExplanation["obstacles"] {
  if (!isHere) return ["not-here"];
  return [
    ...(user.locked ? ["locked" as const] : []),
    ...(throughPlatform || !suspended ? [] : ["tenant-suspended" as const]),
    ...(throughPlatform || user.isMember ? [] : ["no-membership" as const]),
    ...(throughPlatform || hasRole ? [] : ["no-role" as const]),
  ];
}
