import type { AuditAction } from "@/lib/audit/audit-events";
import { sessionLimits } from "@/lib/sessions/session-limits";
import { inventScaleAddress } from "./address-catalogue";
import { describeUserAgent } from "./described-devices";
import { inventUserAgent } from "./device-catalogue";
import type { Random } from "./random";
import type { ScaleUser } from "./scale-people";
import { scaleEventDays } from "./scale-plan";
import { seedId } from "./seed-id";
import type {
  AuditEventRow,
  SessionActivityRow,
  SessionHistoryRow,
  SessionOrigin,
  SessionRow,
  UserActivityRow,
} from "./seed-rows";

const day = 86_400_000;
const limits = sessionLimits({ isAdministrator: false, rememberMe: true });

type Source = { random: Random /** Epoch milliseconds. */; anchor: number; regulars: readonly ScaleUser[] };

/** Sessions that are alive at the anchor; `seen` gathers when each of them was last used. */
export function* inventScaleSessions(
  source: Source,
  { count, platformEpoch, seen }: { count: number; platformEpoch: number; seen: ScaleActivity },
): Generator<SessionRow> {
  const { random, anchor, regulars } = source;
  for (let index = 0; index < count; index += 1) {
    const user = random.pick(regulars);
    const lastSeenAt = anchor - Math.floor(random.float() ** 3 * 6 * day);
    const createdAt = lastSeenAt - Math.floor(random.float() ** 2 * 23 * day);
    const origin = inventOrigin(random, user, createdAt);
    const { id: sessionId, activeTenantId, homeTenantId } = origin;
    seen.sessions.push({ sessionId, lastSeenAt: new Date(lastSeenAt), activeTenantId, homeTenantId });
    seen.users.set(user.id, Math.max(lastSeenAt, seen.users.get(user.id) ?? 0));
    const homeEpoch = user.tenantId === null ? null : 0;
    const epoch = origin.activeTenantId === null ? null : 0;
    // Added one by one: a spread of this many fields costs ten times as much, and there are millions.
    yield Object.assign(origin, {
      tokenHash: random.hex(64),
      updatedAt: origin.createdAt,
      idleSeconds: limits.idleSeconds,
      rememberMe: true,
      platformEpoch,
      userEpoch: 0,
      tenantEpoch: epoch,
      membershipEpoch: epoch,
      homeTenantEpoch: homeEpoch,
    });
  }
}

/** When the sessions and users of a chunk were last seen. */
export type ScaleActivity = {
  sessions: SessionActivityRow[] /** Epoch milliseconds by user id. */;
  users: Map<string, number>;
};

/** The users' side of the activity, as rows. */
export function* toScaleUserActivity(seen: ScaleActivity): Generator<UserActivityRow> {
  for (const [userId, at] of seen.users) yield { userId, lastSeenAt: new Date(at) };
}

/** Sessions that ended by sign-out, idling or expiry in the last months. */
export function* inventScaleHistory({ random, anchor, regulars }: Source, count: number): Generator<SessionHistoryRow> {
  for (let index = 0; index < count; index += 1) {
    const user = random.pick(regulars);
    const endReason = random.weighted([
      ["signed_out", 60],
      ["idle", 30],
      ["expired", 10],
    ] as const);
    const length =
      endReason === "expired"
        ? 30 * day
        : endReason === "idle"
          ? (7 + random.float() * 10) * day
          : random.float() * 20 * day;
    const endedAt = anchor - Math.floor(random.float() * scaleEventDays * day);
    const createdAt = Math.floor(endedAt - length);
    const ownEnd = endReason === "signed_out";
    yield Object.assign(inventOrigin(random, user, createdAt), {
      lastSeenAt: new Date(ownEnd ? endedAt : Math.max(createdAt, endedAt - 7 * day)),
      endedAt: new Date(endedAt),
      endReason,
      endedByType: ownEnd ? "user" : null,
      endedById: ownEnd ? user.id : null,
      endedByName: ownEnd ? user.email : null,
      receiptId: null,
    });
  }
}

/** Audit events of the last months, most of them sign-ins. */
export function* inventScaleEvents({ random, anchor, regulars }: Source, count: number): Generator<AuditEventRow> {
  for (let index = 0; index < count; index += 1) {
    const user = random.pick(regulars);
    const at = anchor - Math.floor(random.float() * scaleEventDays * day);
    const { action, outcome } = random.weighted(eventKinds);
    const signedIn = outcome === "success";
    const sessionId = seedId(random, at);
    yield {
      id: seedId(random, at),
      at: new Date(at),
      tenantId: user.tenantId,
      action,
      outcome,
      actorType: signedIn ? "user" : "anonymous",
      actorId: signedIn ? user.id : null,
      actorName: signedIn ? user.email : "anonymous",
      targetType: action === "session.end" ? "session" : "user",
      targetId: action === "session.end" ? sessionId : user.id,
      targetName: action === "session.end" ? null : user.email,
      reason: null,
      changes: null,
      details: detailsOf(action, signedIn, { sessionId, user }),
      requestId: sessionId,
      clientAddress: inventScaleAddress(random),
      userAgent: inventUserAgent(random),
      source: "auth",
    };
  }
}

type EventKind = { action: AuditAction; outcome: AuditEventRow["outcome"] };

const eventKinds: readonly (readonly [EventKind, number])[] = [
  [{ action: "session.create", outcome: "success" }, 55],
  [{ action: "session.end", outcome: "success" }, 25],
  [{ action: "session.create", outcome: "failure" }, 14],
  [{ action: "password.reset", outcome: "success" }, 6],
];

function detailsOf(
  action: AuditAction,
  signedIn: boolean,
  { sessionId, user }: { sessionId: string; user: ScaleUser },
): object {
  if (action === "session.end") return { userId: user.id, reason: "signed_out" };
  if (action === "password.reset") return {};
  return signedIn
    ? { method: "password", sessionId }
    : { method: "password", email: user.email, cause: "wrong_password" };
}

function inventOrigin(random: Random, user: ScaleUser, createdAt: number): SessionOrigin {
  const userAgent = inventUserAgent(random);
  const { browser, os, browserName, osName, device } = describeUserAgent(userAgent);
  return {
    id: seedId(random, createdAt),
    userId: user.id,
    createdAt: new Date(createdAt),
    expiresAt: new Date(createdAt + limits.absoluteSeconds * 1000),
    ipAddress: inventScaleAddress(random),
    userAgent,
    browser,
    os,
    browserName,
    osName,
    device,
    country: user.country,
    method: "password",
    // Four in ten sessions of a guest are active where they visit.
    activeTenantId: user.visitedTenantId && random.chance(0.4) ? user.visitedTenantId : user.tenantId,
    homeTenantId: user.tenantId,
  };
}
