import { assertGrantable } from "@/lib/authorization/assert-grantable";
import { holdGrants } from "@/lib/authorization/hold-grants";
import { AppError } from "@/lib/errors/app-error";
import type { OperationTools } from "@/lib/operations/define-operation";
import { type AssignableRole, findRoles } from "./roles-repository";

/**
 * The roles with these ids, if the caller, whose grants it reads anew, may give each of them to somebody: see
 * `assertGrantable`. Nobody changes them until the transaction ends. Throws `INVALID_INPUT` for a role that does not
 * exist in the scope, `FORBIDDEN` for one beyond the caller.
 */
export async function findAssignableRoles(
  tools: Pick<OperationTools<never>, "ctx" | "tx">,
  roleIds: readonly string[],
): Promise<AssignableRole[]> {
  const ids = [...new Set(roleIds)];
  if (ids.length === 0) return [];
  const ctx = await holdGrants(tools);
  const roles = (await findRoles(tools.tx, ids)).filter((role) => role.scope === ctx.scope.kind);
  if (roles.length < ids.length) throw unknownRole();
  for (const role of roles) assertGrantable(ctx, role);
  return roles;
}

function unknownRole(): AppError {
  return new AppError("INVALID_INPUT", "Some fields are not acceptable. Correct them and try again.", {
    errors: [{ path: "roles", message: "Names a role that does not exist here." }],
  });
}
