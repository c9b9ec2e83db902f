import { findBuiltInRole } from "@/lib/authorization/built-in-roles";
import { AppError } from "@/lib/errors/app-error";
import type { OperationTools } from "@/lib/operations/define-operation";
import type { RequestContext } from "@/lib/operations/request-context";
import { type AssignableRole, findRoles } from "./roles-repository";

/**
 * The roles with these ids, if the caller may give each of them to somebody: its rank is below the caller's (owners: up
 * to their own) and its permissions are within the caller's. Throws `INVALID_INPUT` for a role that does not exist in
 * the scope, `FORBIDDEN` for one beyond the caller.
 */
export async function findAssignableRoles(
  { ctx, tx }: Pick<OperationTools<never>, "ctx" | "tx">,
  roleIds: readonly string[],
): Promise<AssignableRole[]> {
  const ids = [...new Set(roleIds)];
  if (ids.length === 0) return [];
  const roles = (await findRoles(tx, ids)).filter((role) => role.scope === ctx.scope.kind);
  if (roles.length < ids.length) throw unknownRole();
  const beyond = roles.find((role) => !isWithin(ctx, role));
  if (beyond) throw new AppError("FORBIDDEN", `The role ${beyond.key} stands above what you may give.`);
  return roles;
}

function isWithin({ grants }: RequestContext, role: AssignableRole): boolean {
  const lowEnough = grants.isOwner ? role.rank <= grants.rank : role.rank < grants.rank;
  const held: ReadonlySet<string> = grants.permissions;
  return lowEnough && permissionsOf(role).every((permission) => held.has(permission));
}

// The stored permissions of a built-in role are never read: they stand in code.
function permissionsOf(role: AssignableRole): readonly string[] {
  return findBuiltInRole(role.id)?.permissions ?? role.permissions;
}

function unknownRole(): AppError {
  return new AppError("INVALID_INPUT", "Some fields are not acceptable. Correct them and try again.", {
    errors: [{ path: "roles", message: "Names a role that does not exist here." }],
  });
}
