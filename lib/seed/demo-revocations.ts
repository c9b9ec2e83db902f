import { recordEvent, userTarget } from "./demo-events";
import type { DemoUser } from "./demo-people";
import { addEndedSession, type SessionEnd } from "./demo-sessions";
import type { DemoData, DemoWorld } from "./demo-world";
import { seedId } from "./seed-id";
import type { ReceiptRow } from "./seed-rows";

const hour = 3_600_000;

/** Somebody ends all sessions, or one, of a user: history, receipt and event agree. Times are epoch milliseconds. */
export type DemoRevocation = {
  at: number;
  actor: DemoUser;
  user: DemoUser;
  kind: "user" | "session";
  /** How many sessions it ended. */
  ended: number;
  reason: string;
};

/** Adds a revocation with its receipt, its ended sessions and its one event. */
export function addRevocation(world: DemoWorld, data: DemoData, revocation: DemoRevocation): void {
  const { at, actor, user, kind, reason } = revocation;
  const receipt = addReceipt(world, data, { ...revocation, endReason: "revoked" });
  const target = kind === "user" ? userTarget(user) : { type: "session", id: receipt.targetId ?? "", name: user.email };
  recordEvent(world, data, {
    at,
    action: "session.revoke",
    actor,
    tenantId: receipt.tenantId,
    target,
    reason,
    requestId: receipt.requestId,
    details: { receiptId: receipt.id, kind, matched: receipt.matched },
  });
}

/** Adds a receipt and the sessions it ended; the event is the caller's. */
export function addReceipt(
  world: DemoWorld,
  data: DemoData,
  revocation: DemoRevocation & { endReason: string },
): ReceiptRow {
  const { at, actor, user, kind } = revocation;
  const id = seedId(world.random, at);
  const by = { type: "user", id: actor.id, name: actor.email };
  const end: SessionEnd = { at, reason: revocation.endReason, by, receiptId: id };
  const rows = endSessions(world, data, { user, count: revocation.ended, end });
  const receipt = {
    id,
    tenantId: actor.platformRole === null ? (user.home?.id ?? null) : null,
    requestId: seedId(world.random, at),
    targetName: user.email,
    ...toOutcome(revocation, (kind === "user" ? user.id : rows[0]?.id) ?? id, rows.length),
  };
  data.receipts.push(receipt);
  return receipt;
}

/** Adds up to `count` sessions of a user that all ended at the same moment, for the same reason. */
export function endSessions(
  world: DemoWorld,
  data: DemoData,
  { user, count, end }: { user: DemoUser; count: number; end: SessionEnd },
): { id: string }[] {
  const longest = Math.min(end.at - user.createdAt, user.platformRole ? 10 * hour : 20 * 24 * hour);
  return Array.from({ length: count }, () =>
    addEndedSession(world, data, {
      user,
      createdAt: Math.floor(end.at - longest * (0.02 + 0.95 * world.random.float())),
      end,
    }),
  );
}

type Outcome = Omit<ReceiptRow, "id" | "tenantId" | "requestId" | "targetName">;

function toOutcome(revocation: DemoRevocation, targetId: string, ended: number): Outcome {
  const { at, actor, kind, reason } = revocation;
  const after = (milliseconds: number) => new Date(at + milliseconds);
  return {
    kind,
    targetId,
    request: kind === "user" ? { userId: targetId } : { sessionIds: [targetId] },
    reason,
    actorType: "user",
    actorId: actor.id,
    actorName: actor.email,
    requestedAt: after(0),
    committedAt: after(9),
    redisFencedAt: after(11),
    effectiveAt: after(11),
    completedAt: after(14),
    redisStatus: "fenced",
    matched: ended,
    ended,
    users: ended === 0 ? 0 : 1,
    progressDone: ended,
    progressTotal: ended,
    verifiedChecked: Math.min(ended, 20),
  };
}
