import { builtInRoleId } from "@/lib/authorization/built-in-roles";
import { AppError } from "@/lib/errors/app-error";
import type { OperationTools } from "@/lib/operations/define-operation";
import { holdOwners, lockOwner, otherOwnerExists } from "./owners-repository";

/**
 * Keeps the last owner who can sign in, of the tenant or of the platform, from being locked, deleted, removed or
 * demoted, also when two requests each take one of the last two: they queue here until the other has committed. A
 * trigger refuses the same where this was not asked, and the deletion of an owner of some other tenant. The platform
 * may lock a tenant's last owner: it stands above the tenant, and an incident does not wait. Throws `CONFLICT`.
 */
export async function assertNotLastOwner(
  { ctx, tx }: Pick<OperationTools<never>, "ctx" | "tx">,
  userId: string,
): Promise<void> {
  if (ctx.scope.kind === "none") return;
  const tenantId = ctx.scope.kind === "tenant" ? ctx.scope.tenantId : null;
  const owner = { userId, tenantId, ownerRoleId: builtInRoleId(ctx.scope.kind, "owner") };
  if (!(await lockOwner(tx, owner))) return;
  await holdOwners(tx, tenantId);
  if (await otherOwnerExists(tx, owner)) return;
  throw new AppError("CONFLICT", `This is the last owner of the ${ctx.scope.kind}. Make somebody else an owner first.`);
}
