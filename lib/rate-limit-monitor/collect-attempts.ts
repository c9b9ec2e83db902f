import { withScope } from "@/lib/db/scoped-transaction";
import { readAttempts, readNewestPosition, trimAttempts } from "./attempts-store";
import { insertAttempts, lockPosition, savePosition } from "./drain-repository";

/** Entries of one transaction: short enough to hold nobody up. */
const batchSize = 2_000;

const beginning = "0-0";

/**
 * Takes recorded attempts from Redis into Postgres. How far it has come moves in the same transaction, and what was taken
 * leaves Redis only afterwards: killed at any point, it neither loses nor doubles one. Returns how many it took. Throws
 * `UNAVAILABLE`.
 */
export async function collectAttempts(): Promise<number> {
  let total = 0;
  for (;;) {
    const { taken, position, isLast } = await withScope({ kind: "platform" }, async (tx) => {
      const known = (await lockPosition(tx, "attempts")) ?? beginning;
      const slice = await readAttempts(await believable(known), batchSize);
      await insertAttempts(tx, slice.attempts);
      if (slice.position !== known) await savePosition(tx, "attempts", slice.position);
      return { taken: slice.attempts.length, ...slice };
    });
    total += taken;
    if (taken > 0) await trimAttempts(position);
    if (isLast) return total;
  }
}

// A Redis that has lost its memory and whose clock is behind numbers its entries anew from an earlier time.
async function believable(position: string): Promise<string> {
  const newest = await readNewestPosition();
  return newest !== null && isBefore(newest, position) ? beginning : position;
}

function isBefore(one: string, other: string): boolean {
  const [at = 0, sequence = 0] = one.split("-").map(Number);
  const [otherAt = 0, otherSequence = 0] = other.split("-").map(Number);
  return at === otherAt ? sequence < otherSequence : at < otherAt;
}
