import { builtInRoles } from "@/lib/authorization/built-in-roles";
import type { DemoUser } from "./demo-people";
import type { DemoData } from "./demo-world";
import type {
  AccountRow,
  MembershipRoleRow,
  MembershipRow,
  PlatformRoleAssignmentRow,
  SessionActivityRow,
  TenantRow,
  UserActivityRow,
  UserRow,
} from "./seed-rows";

/** The demo's tenants as rows. */
export const toTenantRows = (data: DemoData): TenantRow[] =>
  data.homes.map(({ id, slug, name, createdAt }) => ({
    id,
    slug,
    name,
    createdAt: new Date(createdAt),
    updatedAt: new Date(createdAt),
  }));

/** The demo's people as rows. */
export function toUserRows(data: DemoData): UserRow[] {
  return data.users.map((user, index) => {
    const lock = data.locks.get(user.id);
    return {
      id: user.id,
      name: user.name,
      email: user.email,
      emailVerified: user.state !== "invited" && (user.password !== null || index % 23 !== 0),
      createdAt: new Date(user.createdAt),
      updatedAt: new Date(lock?.at ?? user.createdAt),
      homeTenantId: user.home?.id ?? null,
      lockedAt: lock ? new Date(lock.at) : null,
      lockedUntil: lock && lock.until !== null ? new Date(lock.until) : null,
      lockedReason: lock?.reason ?? null,
      invitedAt: user.state === "invited" ? new Date(user.createdAt) : null,
    };
  });
}

/** A password account for everybody but the invited. `hashOf` gives the hash of a printed or of the shared password. */
export function toAccountRows(data: DemoData, hashOf: (password: string | null) => string): AccountRow[] {
  return data.users
    .filter(({ state }) => state !== "invited")
    .map((user) => ({
      id: user.id,
      accountId: user.id,
      providerId: "credential",
      userId: user.id,
      password: hashOf(user.password),
      createdAt: new Date(user.createdAt),
      updatedAt: new Date(user.createdAt),
    }));
}

/** Who belongs to which tenant. */
export const toMembershipRows = (data: DemoData): MembershipRow[] =>
  data.users.flatMap((user) =>
    user.memberships.map(({ id, tenant, createdAt }) => ({
      id,
      tenantId: tenant.id,
      userId: user.id,
      createdAt: new Date(createdAt),
    })),
  );

/** Which tenant roles the members hold. */
export const toMembershipRoleRows = (data: DemoData): MembershipRoleRow[] =>
  data.users.flatMap((user) =>
    user.memberships.map(({ id, tenant, role, createdAt }) => ({
      tenantId: tenant.id,
      membershipId: id,
      roleId: roleId("tenant", role),
      createdAt: new Date(createdAt),
    })),
  );

/** Which platform roles are held. */
export const toPlatformRoleRows = (data: DemoData): PlatformRoleAssignmentRow[] =>
  data.users.flatMap(({ id, platformRole, createdAt }) =>
    platformRole === null
      ? []
      : [{ userId: id, roleId: roleId("platform", platformRole), createdAt: new Date(createdAt) }],
  );

/** When the sessions that are alive were last used. */
export const toSessionActivityRows = (data: DemoData): SessionActivityRow[] =>
  data.sessions.map(({ row: { id: sessionId, activeTenantId, homeTenantId }, lastSeenAt }) => ({
    sessionId,
    lastSeenAt: new Date(lastSeenAt),
    activeTenantId,
    homeTenantId,
  }));

/** When the people were last seen: in a session that is alive or in one that has ended. */
export function toUserActivityRows(data: DemoData): UserActivityRow[] {
  const latest = new Map<string, number>();
  const note = (userId: string, at: number) => latest.set(userId, Math.max(at, latest.get(userId) ?? 0));
  for (const { row, lastSeenAt } of data.sessions) note(row.userId, lastSeenAt);
  for (const row of data.history) note(row.userId, row.lastSeenAt.getTime());
  const present = new Set(data.users.map(({ id }: DemoUser) => id));
  return [...latest].flatMap(([userId, at]) => (present.has(userId) ? [{ userId, lastSeenAt: new Date(at) }] : []));
}

function roleId(scope: "platform" | "tenant", key: string): string {
  const role = builtInRoles.find((candidate) => candidate.scope === scope && candidate.key === key);
  if (!role) throw new Error(`There is no built-in ${scope} role "${key}".`);
  return role.id;
}
