import { z } from "zod";
import type { ScopedTx } from "@/lib/db/scoped-transaction";
import { sessionEndReasons } from "./schemas";
import { findMarked, findOutdatedOfAll, removeByIds, removeOutdated, unmark } from "./session-end-repository";

/** Rows of one transaction: short enough to hold nobody up. */
const batchSize = 500;

const endReason = z.enum(sessionEndReasons);
const raised = { epoch: z.number().int(), endReason };
const largeRequest = z.union([
  z.object({ marked: z.literal(true), endReason }),
  z.object({ userId: z.string(), tenantId: z.string().nullable(), ...raised }),
  z.object({ userId: z.null(), tenantId: z.string().nullable(), ...raised }),
]);

/** What a revocation that was too large to move its rows at once has written down of itself. */
export type LargeRevocation = z.output<typeof largeRequest>;

/** Reads what a receipt's request says of it. */
export function toLargeRevocation(request: unknown): LargeRevocation {
  return largeRequest.parse(request);
}

type Batch = {
  /** Rows that went into the history. */
  moved: number;
  /** Where the next batch goes on; null: at the beginning. */
  after: string | null;
  /** Whether nothing was left, wherever one looks. */
  done: boolean;
};

/** Moves one batch of the rows that a revocation ended: behind the id `after`, where it walks by id. */
export async function moveBatchOf(
  tx: ScopedTx,
  revocation: LargeRevocation,
  { receiptId, endedAt, after }: { receiptId: string; endedAt: Date; after: string | null },
): Promise<Batch> {
  if ("marked" in revocation) {
    const ids = await findMarked(tx, { receiptId, after, limit: batchSize });
    const moved = await removeByIds(tx, ids);
    await unmark(tx, ids);
    return toBatch(ids, moved, after);
  }
  const { epoch, userId, tenantId } = revocation;
  // By id: the rows that have gone lie before, and are not looked at again with every batch.
  if (userId === null && tenantId === null) {
    const ids = await findOutdatedOfAll(tx, { epoch, endedAt, after, limit: batchSize });
    return toBatch(ids, await removeByIds(tx, ids), after);
  }
  const owner = userId === null ? { userId, tenantId: tenantId ?? "" } : { userId, tenantId };
  const moved = await removeOutdated(tx, { owner, epoch, endedAt, limit: batchSize });
  return { moved, after: null, done: moved === 0 };
}

// A walk that began behind others has not seen what lies before it.
function toBatch(ids: string[], moved: number, after: string | null): Batch {
  return { moved, after: ids.at(-1) ?? null, done: ids.length === 0 && after === null };
}
