import { z } from "zod";
import { isId } from "@/lib/db/new-id";
import { notFound } from "@/lib/errors/app-error";
import { defineCommand, type OperationTools } from "@/lib/operations/define-operation";
import { parseBlockId } from "@/lib/rate-limits/limit-keys";
import { deleteRateLimitBlockInput } from "./block-schemas";
import { clearAutomaticBlock } from "./clear-automatic-block";
import { clearLockout } from "./clear-lockout";
import { clearManualBlock } from "./clear-manual-block";
import type { ClearedBlock } from "./cleared-block";
import { parseLockoutId } from "./lockouts-repository";

/**
 * Clears a block and what stands behind it: the counters that were full, and for an account its failed sign-ins in a row
 * with the lock that they made. Whoever was kept out can try again at once. A tenant clears those of accounts of which it
 * is the home. Throws `UNAVAILABLE` when Redis does not answer: nothing is cleared then.
 */
export const deleteRateLimitBlock = defineCommand({
  name: "deleteRateLimitBlock",
  summary: "Clear a block and the counters behind it",
  scope: "either",
  permission: "rate-limits.clear",
  readPermission: "rate-limits.read",
  audit: "rate-limit-block.delete",
  input: deleteRateLimitBlockInput,
  output: z.null(),
  run: async (tools, { blockId, reason = null }) => {
    const { user, label, failures, ...cleared } = await clear(tools, blockId);
    const before = cleared.blockedUntil;
    return {
      result: null,
      event: {
        target: user
          ? { type: "user", id: user.id, name: user.email }
          : { type: "rate-limit-block", id: blockId, name: label },
        reason,
        changes: {
          blockedUntil: { before, after: null },
          ...(failures === null ? {} : { failures: { before: failures, after: 0 } }),
        },
        details: { blockId, ...cleared },
      },
    };
  },
});

async function clear(tools: OperationTools<null>, blockId: string): Promise<ClearedBlock> {
  const userId = parseLockoutId(blockId);
  if (userId !== null) return clearLockout(tools, userId);
  if (isId(blockId)) return clearManualBlock(tools, blockId.toLowerCase());
  const key = parseBlockId(blockId);
  if (!key) throw notFound("block");
  return clearAutomaticBlock(tools, key);
}
