import { z } from "zod";
import { setEndedBy, withScope } from "@/lib/db/scoped-transaction";
import { metrics } from "@/lib/observability/metrics";
import { addProgress, findById, lockById, type ReceiptRow, recordMoved, recordOutcome } from "./receipt-repository";
import { sessionEndReasons } from "./schemas";
import { removeOutdated, setEndedAt } from "./session-end-repository";
import { standFences } from "./session-fences";
import { sessionCacheSeconds } from "./session-windows";

/** Rows of one transaction: short enough to hold nobody up. */
const batchSize = 500;

/** Seconds for which whoever answers the revocation is left to complete its receipt. */
const answeringSeconds = 10;

/** What an epoch's revocation has written down of itself. */
const raised = { epoch: z.number().int(), endReason: z.enum(sessionEndReasons) };
const epochRequest = z.union([
  z.object({ userId: z.string(), tenantId: z.string().nullable(), ...raised }),
  z.object({ userId: z.null(), tenantId: z.string(), ...raised }),
]);

/**
 * Finishes a committed revocation: moves the rows that its epoch ended into the history, and stands the fences that
 * could not be set. May be repeated and interrupted at any point. Returns false while something is left to do.
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

async function read(receiptId: string): Promise<ReceiptRow | null> {
  return withScope({ kind: "platform" }, (tx) => findById(tx, receiptId));
}

async function moveAll(receipt: ReceiptRow): Promise<void> {
  const { epoch, endReason, ...owner } = epochRequest.parse(receipt.request);
  const endedAt = receipt.committedAt ?? receipt.requestedAt;
  const moveBatch = () =>
    withScope({ kind: "platform" }, async (tx) => {
      await lockById(tx, receipt.id);
      const { actorType: type, actorId: id, actorName: name } = receipt;
      await setEndedBy(tx, { reason: endReason, type, id, name, receiptId: receipt.id });
      await setEndedAt(tx, endedAt);
      const moved = await removeOutdated(tx, { owner, epoch, endedAt, limit: batchSize });
      if (moved > 0) await addProgress(tx, receipt.id, moved);
      else await recordMoved(tx, receipt.id);
      return moved;
    });
  for (let moved = await moveBatch(); moved > 0; moved = await moveBatch()) {
    metrics.get().sessionsEnded.inc({ reason: endReason }, moved);
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
