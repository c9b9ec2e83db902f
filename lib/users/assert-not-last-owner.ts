import { builtInRoleId } from "@/lib/authorization/built-in-roles";
import { AppError } from "@/lib/errors/app-error";
import type { OperationTools } from "@/lib/operations/define-operation";
import { holdOwners, isPlatformOwner, otherOwnerExists } from "./owners-repository";

const ownerRoleId = builtInRoleId("platform", "owner");

/**
 * Keeps the platform's last owner who can sign in from being locked or deleted, also when two requests each remove
 * one of the last two: they queue here until the other has committed. Throws `CONFLICT`.
 */
export async function assertNotLastOwner(
  { ctx, tx }: Pick<OperationTools<never>, "ctx" | "tx">,
  userId: string,
): Promise<void> {
  if (ctx.scope.kind !== "platform") return;
  if (!(await isPlatformOwner(tx, { userId, ownerRoleId }))) return;
  await holdOwners(tx);
  if (await otherOwnerExists(tx, { userId, ownerRoleId })) return;
  throw new AppError("CONFLICT", "This is the last owner of the platform. Make somebody else an owner first.");
}
