import { withScope } from "@/lib/db/scoped-transaction";
import { logger } from "@/lib/observability/logger";
import { tryToken } from "./check-session";
import { type ReceiptRow, recordOutcome } from "./receipt-repository";
import type { TriedSession } from "./receipt-schemas";
import { type FenceTarget, standFences, unlinkEntries } from "./session-fences";
import { sessionCacheSeconds } from "./session-windows";

/** A session that has ended and is tried now, as the receipt is to show it. */
export type SampledSession = { tokenHash: string; shown: Omit<TriedSession, "triedAt" | "accepted"> };

type Committed = {
  receiptId: string;
  fences: FenceTarget;
  /** The server's run on which the first fences stood; null if they did not. */
  firstRun: string | null;
  /** Sessions that must be refused now. */
  sample: SampledSession[];
};

/**
 * What follows the commit of a revocation, as soon as that has returned: the second fences, which make the answer exact,
 * then the entries go, then a sample is tried through the real check. A server that changed in between counts as not
 * fenced: the receipt is then pending, names its worst case, and the queued job finishes it.
 *
 * A fence outlives every entry that was there before it stood, and what has been committed is refused by Postgres: so
 * none has to be renewed, however long the job still moves rows.
 */
export async function completeRevocation(committed: Committed): Promise<ReceiptRow | null> {
  const { receiptId, fences, firstRun, sample } = committed;
  const committedAt = performance.now();
  const run = await standFences(fences);
  const fencedAt = run !== null && (firstRun === null || firstRun === run) ? performance.now() : null;
  await unlinkEntries(fences);
  const tried = await tryAll(sample);
  const verified = { checked: tried.length, stillAccepted: tried.filter(({ accepted }) => accepted).length };
  if (verified.stillAccepted > 0) logger.get().error({ receiptId, ...verified }, "an ended session was still accepted");
  return withScope({ kind: "platform" }, (tx) =>
    recordOutcome(tx, receiptId, {
      committedAgo: performance.now() - committedAt,
      fencedAgo: fencedAt === null ? null : performance.now() - fencedAt,
      worstCaseSeconds: fencedAt === null ? sessionCacheSeconds : 0,
      verified,
      sample: tried,
    }),
  );
}

async function tryAll(sample: SampledSession[]): Promise<TriedSession[]> {
  const tried = await Promise.allSettled(sample.map(tryOne));
  // A check that no store could answer has accepted nothing and proves nothing.
  return tried.flatMap((result) => (result.status === "fulfilled" ? [result.value] : []));
}

async function tryOne({ tokenHash, shown }: SampledSession): Promise<TriedSession> {
  const accepted = (await tryToken(tokenHash)) !== null;
  return { ...shown, triedAt: new Date().toISOString(), accepted };
}
