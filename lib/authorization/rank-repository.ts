import type { ScopedTx } from "@/lib/db/scoped-transaction";
import { outOfReach, type Reach } from "./out-of-reach";

/** Whether a user is out of reach. */
export async function isOutOfReach(tx: ScopedTx, reach: Reach, userId: string): Promise<boolean> {
  const rows = await tx.$queryRaw<{ out: boolean }[]>`
    select exists (select from (${outOfReach(reach)}) beyond where beyond.user_id = ${userId}::uuid) as out`;
  return rows[0]?.out ?? true;
}
