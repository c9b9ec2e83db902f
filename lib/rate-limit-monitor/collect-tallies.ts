import { withScope } from "@/lib/db/scoped-transaction";
import { lockPosition, saveMinutes, savePosition, saveTenantMinutes, sumUpTallies } from "./drain-repository";
import { redisNow } from "./redis-answers";
import { gatherUniqueAddresses, readTallies } from "./tallies-store";

/** Minutes of one transaction. */
const batchSize = 30;
/** Minutes for which Redis keeps what it counted. */
const keptMinutes = 24 * 60;

/**
 * Takes what every finished minute counted from Redis into Postgres, and adds up its hour and its day. How far it has come
 * moves in the same transaction, and a minute that is taken again is written over: killed at any point, it counts nothing
 * twice. Returns how many minutes it took. Throws `UNAVAILABLE`.
 */
export async function collectTallies(): Promise<number> {
  let total = 0;
  for (;;) {
    const taken = await withScope({ kind: "platform" }, async (tx) => {
      const finished = Math.floor((await redisNow()) / 60_000) - 1;
      const known = Number((await lockPosition(tx, "tallies")) ?? 0);
      // A clock that was ahead may have taken minutes that had not begun.
      const next = Math.max(Math.min(known, finished) + (known > finished ? 0 : 1), finished - keptMinutes);
      const minutes = Array.from({ length: Math.min(batchSize, finished - next + 1) }, (_, index) => next + index);
      const last = minutes.at(-1);
      if (last === undefined) return 0;
      const { everywhere, ofTenants } = await readTallies(minutes);
      await saveMinutes(tx, everywhere);
      await saveTenantMinutes(tx, ofTenants);
      if (everywhere.length > 0) {
        const unique = await gatherUniqueAddresses(minutes);
        await sumUpTallies(tx, { from: new Date(next * 60_000), to: new Date(last * 60_000), unique });
      }
      await savePosition(tx, "tallies", String(last));
      return minutes.length;
    });
    total += taken;
    if (taken < batchSize) return total;
  }
}
