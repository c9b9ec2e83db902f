import type { UserRow } from "./repository";
import type { User, UserStatus } from "./schemas";

/** A user as callers see one. */
export function toUser(row: UserRow, now = new Date()): User {
  const locked = isLocked(row, now);
  return {
    id: row.id,
    email: row.email,
    name: row.name,
    status: toStatus(row, locked),
    emailVerified: row.emailVerified,
    twoFactor: false,
    homeTenant: row.homeTenant,
    roles: (row.platformRoles ?? row.memberships[0]?.roles ?? []).map(({ role }) => role),
    memberships: row.memberships.map((membership) => ({
      tenant: membership.tenant,
      roles: membership.roles.map(({ role }) => role),
      createdAt: membership.createdAt.toISOString(),
    })),
    createdAt: row.createdAt.toISOString(),
    lastSeenAt: row.activity?.lastSeenAt.toISOString() ?? null,
    lockedAt: locked ? toTime(row.lockedAt) : null,
    lockedUntil: locked ? toTime(row.lockedUntil) : null,
    lockedReason: locked ? row.lockedReason : null,
  };
}

/** Whether the lock on a user holds at `now`: a lock that has run out holds nobody. */
export function isLocked(row: Pick<UserRow, "lockedAt" | "lockedUntil">, now = new Date()): boolean {
  return row.lockedAt !== null && (row.lockedUntil === null || row.lockedUntil > now);
}

function toStatus(row: UserRow, locked: boolean): UserStatus {
  if (locked) return "locked";
  return row.invitedAt === null ? "active" : "invited";
}

function toTime(moment: Date | null): string | null {
  return moment?.toISOString() ?? null;
}
