import { accountWithRole } from "./demo-arrivals";
import { recordEvent, userTarget } from "./demo-events";
import { type DemoUser, isAdministrator } from "./demo-people";
import { addReceipt, addRevocation, endSessions } from "./demo-revocations";
import type { DemoData, DemoLock, DemoWorld } from "./demo-world";

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

const lockReasons = [
  "Left the company; access ends today",
  "Password found in a public leak, waiting for a new one",
  "Laptop reported stolen",
  "Repeated sign-ins from places nobody travelled to",
  "On parental leave until spring",
  "Contract paused",
];
const revocationReasons = [
  "Phone lost on the train, case 4711",
  "Signed in on a shared computer at the depot",
  "Suspicious address, asked for by the user",
  "Routine check after the phishing mail of Tuesday",
  "User asked to be signed out everywhere",
];

/** Locks, password resets, revocations, a suspension and departures, each with history and events that agree. */
export function inventIncidents(world: DemoWorld, data: DemoData): void {
  for (const user of data.users.filter(({ state }) => state === "locked")) lockUser(world, data, user);
  const calm = world.random.shuffle(
    data.users.filter((user) => isOrdinary(user) && world.now - user.createdAt > 4 * day),
  );
  for (const user of calm.slice(0, 6)) unlockLater(world, data, user);
  for (const user of calm.slice(6, 20)) resetPassword(world, data, user);
  for (const user of calm.slice(20, 31)) revoke(world, data, user);
  for (const user of calm.slice(31, 35)) deleteUser(world, data, user);
  for (const user of calm.slice(35, 39)) leaveTenant(world, data, user);
  suspendForAnHour(world, data);
}

/** Whether nothing else in the demo depends on this user. */
export function isOrdinary(user: DemoUser): boolean {
  return user.state === "active" && user.password === null && user.home !== null && !isAdministrator(user);
}

function someTimeOf({ random, now }: DemoWorld, user: DemoUser): number {
  return Math.floor(user.createdAt + (now - user.createdAt) * (0.02 + 0.96 * random.float()));
}

function inCharge(world: DemoWorld, data: DemoData, user: DemoUser): DemoUser {
  if (!user.home || world.random.chance(0.35)) return accountWithRole(data, "support", null);
  return accountWithRole(data, world.random.pick(["moderator", "admin"]), user.home.slug);
}

function lockUser(world: DemoWorld, data: DemoData, user: DemoUser): void {
  const { random } = world;
  const at = someTimeOf(world, user);
  const until = random.chance(0.25) ? world.now + random.integer(2, 30) * day : null;
  const lock: DemoLock = { at, until, reason: random.pick(lockReasons) };
  data.locks.set(user.id, lock);
  closeTo(data, user, { from: at, to: Number.POSITIVE_INFINITY });
  recordLock(world, data, { user, lock, actor: inCharge(world, data, user) });
}

function recordLock(
  world: DemoWorld,
  data: DemoData,
  change: { user: DemoUser; lock: DemoLock; actor: DemoUser },
): void {
  const { user, lock, actor } = change;
  const { at, reason } = lock;
  const ended = world.random.integer(0, 3);
  const receipt = addReceipt(world, data, { at, actor, user, kind: "user", ended, reason, endReason: "lock" });
  const until = lock.until === null ? null : new Date(lock.until).toISOString();
  recordEvent(world, data, {
    at,
    action: "user.lock",
    actor,
    tenantId: user.home?.id,
    target: userTarget(user),
    reason,
    changes: {
      lockedAt: { before: null, after: new Date(at).toISOString() },
      lockedUntil: { before: null, after: until },
      lockedReason: { before: null, after: reason },
    },
    details: { until, receiptId: receipt.id },
    requestId: receipt.requestId,
  });
}

function unlockLater(world: DemoWorld, data: DemoData, user: DemoUser): void {
  const actor = inCharge(world, data, user);
  const at = someTimeOf(world, user);
  const reason = world.random.pick(lockReasons);
  recordLock(world, data, { user, actor, lock: { at, until: null, reason } });
  const unlockedAt = Math.min(at + world.random.integer(20, 900) * minute, world.now - 5 * minute);
  closeTo(data, user, { from: at, to: unlockedAt });
  recordEvent(world, data, {
    at: unlockedAt,
    action: "user.unlock",
    actor,
    tenantId: user.home?.id,
    target: userTarget(user),
    reason: "Cleared up with the user on the phone",
    changes: {
      lockedAt: { before: new Date(at).toISOString(), after: null },
      lockedReason: { before: reason, after: null },
    },
    details: {},
  });
}

function resetPassword(world: DemoWorld, data: DemoData, user: DemoUser): void {
  const at = someTimeOf(world, user);
  const common = { source: "auth", tenantId: user.home?.id, target: userTarget(user), details: {} };
  recordEvent(world, data, { ...common, at: at - 4 * minute, action: "password.request-reset", actor: null });
  recordEvent(world, data, { ...common, at, action: "password.reset", actor: user });
  closeTo(data, user, { from: at, to: at });
  const end = { at, reason: "password_change", by: { type: "user", id: user.id, name: user.email } };
  endSessions(world, data, { user, count: world.random.integer(1, 3), end });
}

function revoke(world: DemoWorld, data: DemoData, user: DemoUser): void {
  const { random } = world;
  const kind = random.chance(0.5) ? "user" : "session";
  const ended = kind === "session" ? 1 : random.integer(2, 9);
  const at = someTimeOf(world, user);
  if (kind === "user") closeTo(data, user, { from: at, to: at });
  addRevocation(world, data, {
    at,
    actor: inCharge(world, data, user),
    user,
    kind,
    ended,
    reason: random.pick(revocationReasons),
  });
}

// The user goes, the history and the log stay.
function deleteUser(world: DemoWorld, data: DemoData, user: DemoUser): void {
  const at = world.now - world.random.integer(30, 3000) * minute;
  const actor = accountWithRole(data, "admin", user.home?.slug ?? null);
  const end = { at, reason: "deletion", by: { type: "user", id: actor.id, name: actor.email } };
  endSessions(world, data, { user, count: world.random.integer(1, 2), end });
  recordEvent(world, data, {
    at,
    action: "user.delete",
    actor,
    tenantId: user.home?.id,
    target: userTarget(user),
    reason: "Asked for the account to be removed",
    details: { email: user.email },
  });
  data.users.splice(data.users.indexOf(user), 1);
}

// Once a guest elsewhere, no longer: the sessions that were active there ended with the membership.
function leaveTenant(world: DemoWorld, data: DemoData, user: DemoUser): void {
  const actor = accountWithRole(data, "owner", user.home?.slug ?? null);
  const end = { at: someTimeOf(world, user), reason: "removed", by: { type: "user", id: actor.id, name: actor.email } };
  endSessions(world, data, { user, count: 1, end });
}

function suspendForAnHour(world: DemoWorld, data: DemoData): void {
  const actor = accountWithRole(data, "admin", null);
  const at = world.now - 12 * day;
  const end = { at, reason: "suspended", by: { type: "user", id: actor.id, name: actor.email } };
  const there = data.users.filter(({ home, createdAt }) => home?.slug === "tanuki" && createdAt < at);
  for (const user of there) closeTo(data, user, { from: at, to: at + hour });
  for (const user of there.filter(isOrdinary).slice(0, 9)) endSessions(world, data, { user, count: 1, end });
}

function closeTo(data: DemoData, user: DemoUser, span: { from: number; to: number }): void {
  data.closed.set(user.id, [...(data.closed.get(user.id) ?? []), span]);
}
