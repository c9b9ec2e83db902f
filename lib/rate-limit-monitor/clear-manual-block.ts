import { forgetFailures } from "@/lib/account-lockout/forget-failures";
import { notFound } from "@/lib/errors/app-error";
import type { OperationTools } from "@/lib/operations/define-operation";
import { findById, remove } from "./blocks-repository";
import { type ClearedBlock, clearCountersBeforeCommit, rulesOf } from "./cleared-block";
import { findUsers } from "./names-repository";

/** Removes a block that an operator set. Throws `NOT_FOUND` where the scope has none of this id. */
export async function clearManualBlock(tools: OperationTools<null>, id: string): Promise<ClearedBlock> {
  const { tx } = tools;
  const block = await findById(tx, id);
  if (!block || !(await remove(tx, id))) throw notFound("block");
  const [user = null] = block.userId === null ? [] : await findUsers(tx, [block.userId]);
  const forgotten = user ? await forgetFailures(tx, user.email) : null;
  clearCountersBeforeCommit(tools, rulesOf(block.dimension), block.subject);
  return {
    rule: null,
    dimension: block.dimension,
    blockedUntil: block.blockedUntil.toISOString(),
    user,
    label: block.label,
    failures: forgotten && forgotten.failures + forgotten.deviceFailures,
  };
}
