import type { AuditAction } from "@/lib/audit/audit-events";
import type { DemoUser } from "./demo-people";
import type { DemoData, DemoWorld } from "./demo-world";
import { seedId } from "./seed-id";
import type { AuditEventRow, SessionHistoryRow, SessionOrigin } from "./seed-rows";

/** One event as it is told; whatever is left out is empty. `at` is in epoch milliseconds. */
export type DemoEvent = {
  at: number;
  action: AuditAction;
  /** Null: somebody who was not signed in. */
  actor: DemoUser | "set-up" | null;
  /** `console` when left out. */
  source?: AuditEventRow["source"];
  tenantId?: string | null;
  target?: { type: string; id: string; name: string | null } | null;
  outcome?: "success" | "denied" | "failure";
  reason?: string;
  changes?: Record<string, { before: unknown; after: unknown }>;
  details?: object;
  from?: Pick<SessionOrigin, "ipAddress" | "userAgent">;
  requestId?: string;
};

/** Adds an event to the demo's log. */
export function recordEvent({ random }: DemoWorld, data: DemoData, event: DemoEvent): void {
  const { at, action } = event;
  data.events.push({
    id: seedId(random, at),
    at: new Date(at),
    tenantId: event.tenantId ?? null,
    action,
    outcome: event.outcome ?? "success",
    ...toActor(event.actor),
    ...toTarget(event.target),
    reason: event.reason ?? null,
    changes: event.changes ?? null,
    details: event.details ?? null,
    requestId: event.requestId ?? seedId(random, at),
    ...toOrigin(event),
    source: event.source ?? "console",
  });
}

function toTarget(target: DemoEvent["target"]): Pick<AuditEventRow, "targetType" | "targetId" | "targetName"> {
  if (!target) return { targetType: null, targetId: null, targetName: null };
  return { targetType: target.type, targetId: target.id, targetName: target.name };
}

function toActor(actor: DemoEvent["actor"]): Pick<AuditEventRow, "actorType" | "actorId" | "actorName"> {
  if (actor === null) return { actorType: "anonymous", actorId: null, actorName: "anonymous" };
  if (actor === "set-up") return { actorType: "system", actorId: null, actorName: "set-up" };
  return { actorType: "user", actorId: actor.id, actorName: actor.email };
}

// Where nothing else is said, people act from their first device.
function toOrigin({ actor, from }: DemoEvent): Pick<AuditEventRow, "clientAddress" | "userAgent"> {
  if (from) return { clientAddress: from.ipAddress, userAgent: from.userAgent };
  if (actor === null || actor === "set-up") return { clientAddress: null, userAgent: null };
  return { clientAddress: actor.addresses[0] ?? null, userAgent: actor.userAgents[0] ?? null };
}

/** How an event names a user as its target. */
export const userTarget = (user: DemoUser) => ({ type: "user", id: user.id, name: user.email });

/** A successful sign-in. */
export function recordSignIn(
  world: DemoWorld,
  data: DemoData,
  { user, origin }: { user: DemoUser; origin: SessionOrigin },
): void {
  recordEvent(world, data, {
    at: origin.createdAt.getTime(),
    action: "session.create",
    actor: user,
    source: "auth",
    tenantId: user.home?.id,
    target: userTarget(user),
    details: { method: origin.method, sessionId: origin.id },
    from: origin,
  });
}

/** A sign-in with a wrong password, or with an address that nobody has. */
export function recordFailedSignIn(
  world: DemoWorld,
  data: DemoData,
  failure: { at: number; email: string; user: DemoUser | null; from: Pick<SessionOrigin, "ipAddress" | "userAgent"> },
): void {
  recordEvent(world, data, {
    at: failure.at,
    action: "session.create",
    actor: null,
    source: "auth",
    outcome: "failure",
    tenantId: failure.user?.home?.id,
    target: failure.user ? userTarget(failure.user) : null,
    details: { method: "password", email: failure.email, cause: failure.user ? "wrong_password" : "unknown_user" },
    from: failure.from,
  });
}

/** Somebody's own sign-out. */
export function recordSignOut(
  world: DemoWorld,
  data: DemoData,
  { user, row }: { user: DemoUser; row: SessionHistoryRow },
): void {
  recordEvent(world, data, {
    at: row.endedAt.getTime(),
    action: "session.end",
    actor: user,
    source: "auth",
    tenantId: user.home?.id,
    target: { type: "session", id: row.id, name: null },
    details: { userId: user.id, reason: "signed_out" },
    from: row,
  });
}
