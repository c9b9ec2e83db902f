import { setEndedBy, withScope } from "@/lib/db/scoped-transaction";
import { metrics } from "@/lib/observability/metrics";
import type { SessionEndReason } from "./schemas";
import { findDead, findExpired, isCollecting, removeDead } from "./sweep-repository";

/** Rows of one transaction. */
const batchSize = 500;
/** Dead sessions that one pass over the table looks for; the next pass finds more. */
const deadPerPassMax = 10_000;

/** Moves sessions past their absolute limit into the history. Returns how many. */
export async function sweepExpiredSessions(): Promise<number> {
  let total = 0;
  for (;;) {
    const ids = await withScope({ kind: "platform" }, (tx) => findExpired(tx, batchSize));
    if (ids.length === 0) return total;
    total += await move(ids, "expired");
  }
}

/**
 * Moves sessions that are dead for any other reason: idle for too long, or ended by an epoch that no receipt moves (a
 * changed password, a suspended tenant). Nobody counts as idle while nobody collects who is there. Returns how many.
 */
export async function sweepDeadSessions(): Promise<number> {
  const dead = await withScope({ kind: "platform" }, async (tx) =>
    findDead(tx, { withIdle: await isCollecting(tx), limit: deadPerPassMax }),
  );
  let total = 0;
  for (const [reason, ids] of byReason(dead)) {
    for (let start = 0; start < ids.length; start += batchSize) {
      total += await move(ids.slice(start, start + batchSize), reason);
    }
  }
  return total;
}

function byReason(dead: { id: string; reason: SessionEndReason }[]): Map<SessionEndReason, string[]> {
  const groups = new Map<SessionEndReason, string[]>();
  for (const { id, reason } of dead) groups.set(reason, [...(groups.get(reason) ?? []), id]);
  return groups;
}

// Nobody ended them: there is no actor to name.
async function move(ids: string[], reason: SessionEndReason): Promise<number> {
  const moved = await withScope({ kind: "platform" }, async (tx) => {
    await setEndedBy(tx, { reason, type: "", id: null, name: "", receiptId: null });
    return removeDead(tx, ids);
  });
  metrics.get().sessionsEnded.inc({ reason }, moved);
  return moved;
}
