import { AppError } from "@/lib/errors/app-error";
import type { RequestContext } from "@/lib/operations/request-context";
import { permissionsOf } from "./role-permissions";

/** A role as far as it matters for giving it to somebody. */
export type GrantableRole = { id: string; key: string; rank: number; permissions: readonly string[] | null };

/**
 * Whether the caller may give a role to somebody else: its rank is below the caller's (owners: up to their own) and its
 * permissions are within the caller's. Ask it with the context of `holdGrants`. Throws `FORBIDDEN`.
 */
export function assertGrantable(ctx: RequestContext, role: GrantableRole): void {
  if (isGrantable(ctx, role)) return;
  throw new AppError("FORBIDDEN", `The role ${role.key} stands above what you may give.`);
}

/** As `assertGrantable`, as a question. */
export function isGrantable({ grants }: RequestContext, role: GrantableRole): boolean {
  const lowEnough = grants.isOwner ? role.rank <= grants.rank : role.rank < grants.rank;
  return lowEnough && permissionsOf(role).every((permission) => grants.permissions.has(permission));
}
