import { type Permission, permissionExistsIn } from "@/lib/authorization/permissions";
import { AppError } from "@/lib/errors/app-error";
import type { RequestContext } from "@/lib/operations/request-context";
import type { RoleRow } from "./repository";
import { tenantRoleRankMax } from "./schemas";

/** Whether the caller may change or delete a role: custom, and below the caller's highest rank. Throws `FORBIDDEN`. */
export function assertWritable({ grants }: RequestContext, role: RoleRow): void {
  if (role.builtIn) {
    throw new AppError(
      "FORBIDDEN",
      "Built-in roles are the same everywhere and stay as they are. Make a role of your own.",
    );
  }
  if (role.rank < grants.rank) return;
  throw new AppError("FORBIDDEN", `The role ${role.key} ranks as high as yours or higher. Ask somebody above it.`);
}

/**
 * Whether the caller may make a role be so: its permissions within the caller's own and its rank below. Throws
 * `INVALID_INPUT` for what no role of the scope can be, `FORBIDDEN` for what is beyond the caller.
 */
export function assertWithinAuthor(
  { scope, grants }: RequestContext,
  { rank, permissions }: { rank: number; permissions: readonly Permission[] },
): void {
  if (scope.kind === "tenant") assertPossibleInTenant(rank, permissions);
  if (rank >= grants.rank) {
    throw new AppError("FORBIDDEN", `A role ranks below whoever makes it: at most ${Math.max(0, grants.rank - 1)}.`);
  }
  const beyond = permissions.filter((name) => !grants.permissions.has(name));
  if (beyond.length > 0) {
    throw new AppError("FORBIDDEN", `You cannot put into a role what you do not hold yourself: ${beyond.join(", ")}.`);
  }
}

function assertPossibleInTenant(rank: number, permissions: readonly Permission[]): void {
  const foreign = permissions.filter((name) => !permissionExistsIn(name, "tenant"));
  const errors = [
    ...(rank > tenantRoleRankMax ? [{ path: "rank", message: `At most ${tenantRoleRankMax} in a tenant.` }] : []),
    ...foreign.map((name) => ({ path: "permissions", message: `${name} exists on the platform only.` })),
  ];
  if (errors.length === 0) return;
  throw new AppError("INVALID_INPUT", "Some fields are not acceptable. Correct them and try again.", { errors });
}
