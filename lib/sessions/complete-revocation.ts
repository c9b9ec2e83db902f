import { withScope } from "@/lib/db/scoped-transaction";
import { logger } from "@/lib/observability/logger";
import { tryToken } from "./check-session";
import { type ReceiptRow, recordOutcome } from "./receipt-repository";
import { type FenceTarget, standFences, unlinkEntries } from "./session-fences";
import { sessionCacheSeconds } from "./session-windows";

type Committed = {
  receiptId: string;
  fences: FenceTarget;
  /** The server's run on which the first fences stood; null if they did not. */
  firstRun: string | null;
  /** Hashes of tokens that must be refused now. */
  sample: string[];
};

/**
 * What follows the commit of a revocation, as soon as that has returned: the second fences, which make the answer exact,
 * then the entries go, then a sample is tried through the real check. A server that changed in between counts as not
 * fenced: the receipt is then pending, names its worst case, and the queued job finishes it.
 */
export async function completeRevocation(committed: Committed): Promise<ReceiptRow | null> {
  const { receiptId, fences, firstRun, sample } = committed;
  const committedAt = performance.now();
  const run = await standFences(fences);
  const fencedAt = run !== null && (firstRun === null || firstRun === run) ? performance.now() : null;
  await unlinkEntries(fences);
  const verified = await tryAll(sample);
  if (verified.stillAccepted > 0) logger.get().error({ receiptId, ...verified }, "an ended session was still accepted");
  return withScope({ kind: "platform" }, (tx) =>
    recordOutcome(tx, receiptId, {
      committedAgo: performance.now() - committedAt,
      fencedAgo: fencedAt === null ? null : performance.now() - fencedAt,
      worstCaseSeconds: fencedAt === null ? sessionCacheSeconds : 0,
      verified,
    }),
  );
}

async function tryAll(tokenHashes: string[]): Promise<{ checked: number; stillAccepted: number }> {
  const tried = await Promise.allSettled(tokenHashes.map(tryToken));
  // A check that no store could answer has accepted nothing and proves nothing.
  const answered = tried.filter((result) => result.status === "fulfilled");
  return { checked: answered.length, stillAccepted: answered.filter(({ value }) => value !== null).length };
}
