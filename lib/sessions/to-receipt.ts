import { z } from "zod";
import type { ReceiptRow } from "./receipt-repository";
import { type Receipt, receiptKinds, triedSession } from "./receipt-schemas";

/** A stored receipt as the answer shows it. */
export function toReceipt(row: ReceiptRow): Receipt {
  return {
    id: row.id,
    status: row.completedAt === null ? "pending" : "complete",
    kind: storedKind.parse(row.kind),
    scope: row.tenantId === null ? null : { id: row.tenantId, slug: row.tenantSlug ?? "", name: row.tenantName ?? "" },
    target: row.targetId === null ? null : { id: row.targetId, name: row.targetName },
    filter: storedFilter.parse(row.filter),
    asOf: row.asOf?.toISOString() ?? null,
    includedNew: row.includedNew,
    requestedAt: row.requestedAt.toISOString(),
    effectiveAt: row.effectiveAt?.toISOString() ?? null,
    completedAt: row.completedAt?.toISOString() ?? null,
    reason: row.reason,
    actor: { type: row.actorType, id: row.actorId, name: row.actorName },
    requestId: row.requestId,
    matched: row.matched,
    ended: row.ended,
    users: row.users,
    leftOut: { sessions: row.leftOutSessions, users: row.leftOutUsers },
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
    sample: z.array(triedSession).parse(row.sample),
  };
}

const storedKind = z.enum(receiptKinds);
const storedFilter = z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).nullable();
