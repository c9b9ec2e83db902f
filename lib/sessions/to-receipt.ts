import type { ReceiptRow } from "./receipt-repository";
import type { Receipt } from "./schemas";

/** A stored receipt as the answer shows it. */
export function toReceipt(row: ReceiptRow): Receipt {
  return {
    id: row.id,
    status: row.completedAt === null ? "pending" : "complete",
    kind: row.kind,
    target: row.targetId === null ? null : { id: row.targetId, name: row.targetName },
    requestedAt: row.requestedAt.toISOString(),
    effectiveAt: row.effectiveAt?.toISOString() ?? null,
    completedAt: row.completedAt?.toISOString() ?? null,
    reason: row.reason,
    actor: { type: row.actorType, id: row.actorId, name: row.actorName },
    matched: row.matched,
    ended: row.ended,
    users: row.users,
    progress: { done: row.progressDone, total: row.progressTotal },
    stores: {
      // Whoever can read the row reads it because it has been committed.
      postgres: { status: "committed", at: (row.committedAt ?? row.requestedAt).toISOString() },
      redis: {
        status: row.redisStatus === "fenced" ? "fenced" : "pending",
        at: row.redisFencedAt?.toISOString() ?? null,
      },
    },
    worstCaseSeconds: row.worstCaseSeconds,
    verified: { checked: row.verifiedChecked, stillAccepted: row.verifiedStillAccepted },
  };
}
