import { withScope } from "@/lib/db/scoped-transaction";
import { removeOldHistory } from "./sweep-repository";

/** Rows of one transaction: short enough to hold nobody up. */
const batchSize = 2_000;

/**
 * Removes ended sessions that have been kept for as long as the policies say; receipts of revocations stay. May be repeated
 * and interrupted at any point. Returns how many went.
 */
export async function sweepSessionHistory(): Promise<number> {
  const removeBatch = () => withScope({ kind: "platform" }, (tx) => removeOldHistory(tx, batchSize));
  let total = 0;
  for (let removed = await removeBatch(); removed > 0; removed = await removeBatch()) total += removed;
  return total;
}
