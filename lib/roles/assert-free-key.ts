import { builtInRoles } from "@/lib/authorization/built-in-roles";
import { AppError } from "@/lib/errors/app-error";
import type { OperationTools } from "@/lib/operations/define-operation";
import { isKeyTaken } from "./repository";
import { scopeTenantId } from "./scope-tenant-id";

/** Whether a role of the scope may have this key: no other has it, and no built-in role of any scope. Throws `CONFLICT`. */
export async function assertFreeKey(
  { ctx, tx }: Pick<OperationTools<never>, "ctx" | "tx">,
  key: string,
): Promise<void> {
  const isReserved = builtInRoles.some((role) => role.key === key);
  if (!isReserved && !(await isKeyTaken(tx, scopeTenantId(ctx), key))) return;
  throw new AppError("CONFLICT", `There is a role with the key ${key} already.`, {
    errors: [{ path: "key", message: "Already in use." }],
  });
}
