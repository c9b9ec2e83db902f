import { setEndedBy, withScope } from "@/lib/db/scoped-transaction";
import { metrics } from "@/lib/observability/metrics";
import { moveBatchOf, toLargeRevocation } from "./end-large-revocation";
import {
  addProgress,
  findById,
  findStalled,
  lockById,
  type ReceiptRow,
  recordMoved,
  recordOutcome,
} from "./receipt-repository";
import { setEndedAt } from "./session-end-repository";
import { standFences } from "./session-fences";
import { sessionCacheSeconds } from "./session-windows";

/** Seconds for which whoever answers the revocation is left to complete its receipt. */
const answeringSeconds = 10;

/** Seconds without any progress after which a revocation's job counts as dead with its process. */
const stalledSeconds = 30;
/** Receipts that one look at the stalled ones takes up. */
const stalledMax = 100;

/**
 * Finishes a committed revocation: moves the rows that it ended into the history, and stands the fences that could not
 * be set. May be repeated and interrupted at any point. Returns false while something is left to do.
 */
export async function finishRevocation(
  receiptId: string,
  { graceSeconds = answeringSeconds }: { graceSeconds?: number } = {},
): Promise<boolean> {
  const receipt = await read(receiptId);
  if (!receipt || receipt.completedAt !== null) return true;
  if (receipt.ended === null) await moveAll(receipt);
  const current = await read(receiptId);
  if (!current || current.completedAt !== null) return true;
  if (Date.now() - current.requestedAt.getTime() < graceSeconds * 1_000) return false;
  return fenceLate(receiptId);
}

/**
 * Takes up revocations whose job has died with its process or its connection: the queue would hand it out again after
 * hours only. Doing another's work does no harm.
 */
export async function finishStalledRevocations(): Promise<void> {
  const stalled = await withScope({ kind: "platform" }, (tx) =>
    findStalled(tx, { seconds: stalledSeconds, limit: stalledMax }),
  );
  for (const receiptId of stalled) await finishRevocation(receiptId);
}

async function read(receiptId: string): Promise<ReceiptRow | null> {
  return withScope({ kind: "platform" }, (tx) => findById(tx, receiptId));
}

async function moveAll(receipt: ReceiptRow): Promise<void> {
  const revocation = toLargeRevocation(receipt.request);
  const endedAt = receipt.committedAt ?? receipt.requestedAt;
  const moveBatch = (after: string | null) =>
    withScope({ kind: "platform" }, async (tx) => {
      await lockById(tx, receipt.id);
      const { actorType: type, actorId: id, actorName: name } = receipt;
      await setEndedBy(tx, { reason: revocation.endReason, type, id, name, receiptId: receipt.id });
      await setEndedAt(tx, endedAt);
      const batch = await moveBatchOf(tx, revocation, { receiptId: receipt.id, endedAt, after });
      if (batch.moved > 0) await addProgress(tx, receipt.id, batch.moved);
      if (batch.done) await recordMoved(tx, receipt.id);
      return batch;
    });
  for (let batch = await moveBatch(null); !batch.done; batch = await moveBatch(batch.after)) {
    metrics.get().sessionsEnded.inc({ reason: revocation.endReason }, batch.moved);
  }
}

// The rows have gone, and with them the hashes by which single fences are named: this one covers all.
async function fenceLate(receiptId: string): Promise<boolean> {
  const run = await standFences("all");
  if (run === null) return false;
  const fencedAt = performance.now();
  const verified = { checked: 0, stillAccepted: 0 };
  await withScope({ kind: "platform" }, (tx) => {
    const fencedAgo = performance.now() - fencedAt;
    return recordOutcome(tx, receiptId, {
      committedAgo: null,
      fencedAgo,
      worstCaseSeconds: sessionCacheSeconds,
      verified,
    });
  });
  return true;
}
