import { type SessionLimits, sessionLimits } from "@/lib/sessions/session-limits";
import { inventAddress } from "./address-catalogue";
import { recordSignIn, recordSignOut } from "./demo-events";
import { type DemoUser, isAdministrator } from "./demo-people";
import type { DemoData, DemoWorld } from "./demo-world";
import { describeUserAgent } from "./described-devices";
import { seedId } from "./seed-id";
import type { SessionHistoryRow, SessionOrigin } from "./seed-rows";

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

/** Who or what ended a session, and when (epoch milliseconds). */
export type SessionEnd = {
  at: number;
  reason: string;
  by: { type: string; id: string | null; name: string } | null;
  receiptId?: string;
};

/** Where a session was signed in from, where that is not one of the user's usual places. */
export type SignInPlace = { address: string; country: string; userAgent: string };

/** Gives everybody who has signed in before the sessions they have now and those they had, with their sign-in events. */
export function inventSessions(world: DemoWorld, data: DemoData): void {
  for (const user of data.users) {
    if (user.state === "invited") continue;
    if (user.state === "active") inventLiveSessions(world, data, user);
    inventPastSessions(world, data, user);
  }
}

/** Whether the user was shut out at any time from `from` to `to` (epoch milliseconds). */
function isShutOut(data: DemoData, user: DemoUser, { from, to }: { from: number; to: number }): boolean {
  return (data.closed.get(user.id) ?? []).some((span) => from <= span.to && to >= span.from);
}

/** Adds a session that is alive, unless the user was shut out since; both times must lie within the user's limits. */
export function addLiveSession(
  world: DemoWorld,
  data: DemoData,
  session: { user: DemoUser; createdAt: number; lastSeenAt: number; rememberMe?: boolean; place?: SignInPlace },
): void {
  const { user, rememberMe = true } = session;
  if (isShutOut(data, user, { from: session.createdAt, to: world.now })) return;
  const limits = limitsOf(user, rememberMe);
  const origin = signIn(world, data, session);
  data.sessions.push({
    lastSeenAt: session.lastSeenAt,
    row: {
      ...origin,
      expiresAt: new Date(session.createdAt + limits.absoluteSeconds * second),
      tokenHash: world.random.hex(64),
      updatedAt: origin.createdAt,
      idleSeconds: limits.idleSeconds,
      rememberMe,
      platformEpoch: 0,
      userEpoch: 0,
      tenantEpoch: origin.activeTenantId === null ? null : 0,
      membershipEpoch: origin.activeTenantId === null ? null : 0,
      homeTenantEpoch: origin.homeTenantId === null ? null : 0,
    },
  });
}

/** Adds a session that was signed in at `createdAt` and ended as `end` says. */
export function addEndedSession(
  world: DemoWorld,
  data: DemoData,
  session: { user: DemoUser; createdAt: number; end: SessionEnd; place?: SignInPlace },
): SessionHistoryRow {
  const { user, createdAt, end } = session;
  const origin = signIn(world, data, session);
  const usedFor = end.reason === "idle" ? 0.3 : end.reason === "signed_out" ? 1 : world.random.float();
  const row = {
    ...origin,
    lastSeenAt: new Date(Math.floor(createdAt + (end.at - createdAt) * usedFor)),
    endedAt: new Date(end.at),
    endReason: end.reason,
    endedByType: end.by?.type ?? null,
    endedById: end.by?.id ?? null,
    endedByName: end.by?.name ?? null,
    receiptId: end.receiptId ?? null,
  };
  data.history.push(row);
  if (end.reason === "signed_out") recordSignOut(world, data, { user, row });
  return row;
}

const limitsOf = (user: DemoUser, rememberMe: boolean): SessionLimits =>
  sessionLimits({ isAdministrator: isAdministrator(user), rememberMe });

function signIn(
  world: DemoWorld,
  data: DemoData,
  { user, createdAt, place }: { user: DemoUser; createdAt: number; place?: SignInPlace },
): SessionOrigin {
  const { random } = world;
  const userAgent = place?.userAgent ?? random.pick(user.userAgents);
  const active = random.chance(0.8)
    ? user.memberships.find(({ tenant }) => tenant === user.home)
    : random.pick([...user.memberships, undefined]);
  const origin: SessionOrigin = {
    id: seedId(random, createdAt),
    userId: user.id,
    createdAt: new Date(createdAt),
    expiresAt: new Date(createdAt + limitsOf(user, true).absoluteSeconds * second),
    ipAddress: place?.address ?? (random.chance(0.9) ? random.pick(user.addresses) : inventAddress(random)),
    userAgent,
    ...describeUserAgent(userAgent),
    country: place?.country ?? user.country,
    method: "password",
    activeTenantId: active && active.createdAt <= createdAt ? active.tenant.id : null,
    homeTenantId: user.home?.id ?? null,
  };
  recordSignIn(world, data, { user, origin });
  return origin;
}

function inventLiveSessions(world: DemoWorld, data: DemoData, user: DemoUser): void {
  const { random, now } = world;
  if (isAdministrator(user)) {
    if (!random.chance(0.6)) return;
    const lastSeenAt = now - random.integer(0, 22 * minute);
    addLiveSession(world, data, {
      user,
      createdAt: Math.max(user.createdAt, lastSeenAt - random.integer(minute, 9 * hour)),
      lastSeenAt,
    });
    return;
  }
  const count = random.weighted([
    [0, 15],
    [1, 38],
    [2, 28],
    [3, 13],
    [5, 6],
  ] as const);
  for (let index = 0; index < count; index += 1) {
    const rememberMe = random.chance(0.85);
    // Recent use is the most common; the limits leave room for a demo that is looked at for hours.
    const lastSeenAt = now - Math.floor(random.float() ** 3 * (rememberMe ? 6 * day : 8 * hour));
    const createdAt = lastSeenAt - Math.floor(random.float() ** 2 * (rememberMe ? 22 * day : 6 * hour));
    if (createdAt > user.createdAt) addLiveSession(world, data, { user, createdAt, lastSeenAt, rememberMe });
  }
}

function inventPastSessions(world: DemoWorld, data: DemoData, user: DemoUser): void {
  const { random, now } = world;
  const limits = limitsOf(user, true);
  const full = limits.absoluteSeconds * second;
  const idle = limits.idleSeconds * second;
  const count = random.integer(0, isAdministrator(user) ? 14 : 6);
  for (let index = 0; index < count; index += 1) {
    const createdAt = Math.floor(user.createdAt + (now - user.createdAt) * random.float());
    const reason = random.weighted([
      ["signed_out", 55],
      ["expired", 15],
      ["idle", 25],
      ["replaced", 4],
      ["cap", 2],
    ] as const);
    const share = 0.05 + random.float() * 0.9;
    const endedAt =
      createdAt +
      Math.floor(
        reason === "expired" ? full : reason === "idle" ? idle / 0.7 + full * share * 0.2 : full * share * 0.3,
      );
    const by = reason === "signed_out" ? { type: "user", id: user.id, name: user.email } : null;
    const livable = endedAt < now - hour && !isShutOut(data, user, { from: createdAt, to: endedAt });
    if (livable) addEndedSession(world, data, { user, createdAt, end: { at: endedAt, reason, by } });
  }
}
