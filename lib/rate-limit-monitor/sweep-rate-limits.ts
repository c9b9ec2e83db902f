import { withScope } from "@/lib/db/scoped-transaction";
import {
  removeEndedBlocks,
  removeEndedExemptions,
  removeOldAttempts,
  removeOldTallies,
  removeOldTenantTallies,
} from "./sweep-repository";

/** Rows of one transaction: short enough to hold nobody up. */
const batchSize = 5_000;

const removals = [
  removeOldAttempts,
  removeOldTallies,
  removeOldTenantTallies,
  removeEndedBlocks,
  removeEndedExemptions,
] as const;

/**
 * Removes what has been kept for long enough: attempts after 48 hours; minutes after 2 days, hours after 60 and days after
 * a year; blocks and exemptions thirty days after their end, which the audit log remembers for longer. May be repeated and interrupted at any point. Returns how many rows went.
 */
export async function sweepRateLimits(): Promise<number> {
  let total = 0;
  for (const removeBatch of removals) {
    const remove = () => withScope({ kind: "platform" }, (tx) => removeBatch(tx, batchSize));
    for (let removed = await remove(); removed > 0; removed = await remove()) total += removed;
  }
  return total;
}
