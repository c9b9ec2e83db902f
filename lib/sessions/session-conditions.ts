import { Prisma } from "@/prisma/generated/client";
import type { SessionFilter } from "./session-filter";

/** A filter whose texts have been looked up by `resolveSessionFilter`. */
export type ResolvedSessionFilter = Omit<SessionFilter, "search" | "tenant" | "role"> & {
  /** The users that a text matches; none: no session passes. */
  userIds?: string[];
  /** The tenant they are active in; null: there is none of that name, and no session passes. */
  tenantId?: string | null;
  /** The roles of which the user holds one, and whether the scope is a tenant's, which knows no others' assignments. */
  role?: { ids: string[]; inTenant: boolean };
};

/**
 * The filter as conditions, to be joined by `and`, on the row `alias` of `session` or `session_history`. `lastSeenAt` is
 * where the row's time stands; by default it is looked up in `session_activity`. One rule for the list, the preview
 * and the revocation. Liveness is not part of it.
 */
export function toSessionConditions(
  filter: ResolvedSessionFilter,
  alias: Prisma.Sql,
  lastSeenAt?: Prisma.Sql,
): Prisma.Sql[] {
  return [
    ...toOwnerConditions(filter, alias),
    ...toOriginConditions(filter, alias),
    ...toTimes(filter, alias, lastSeenAt),
  ].filter((condition) => condition !== undefined);
}

type Conditions = (Prisma.Sql | undefined)[];

function toOwnerConditions({ userId, userIds, tenantId, role }: ResolvedSessionFilter, row: Prisma.Sql): Conditions {
  return [
    userId === undefined ? undefined : Prisma.sql`${row}.user_id = ${userId}::uuid`,
    userIds === undefined ? undefined : Prisma.sql`${row}.user_id = any(${userIds}::uuid[])`,
    tenantId === undefined ? undefined : activeIn(row, tenantId),
    role === undefined ? undefined : Prisma.sql`${row}.user_id in (${holdersOf(role)})`,
  ];
}

function toOriginConditions(filter: ResolvedSessionFilter, row: Prisma.Sql): Conditions {
  const { ip, country, device, browser, os, method, authenticationLevel, impersonated } = filter;
  const equals = (column: string, value: string | number | undefined) =>
    value === undefined ? undefined : Prisma.sql`${row}.${Prisma.raw(column)} = ${value}`;
  return [
    ip === undefined ? undefined : withinRange(row, ip),
    equals("country", country),
    equals("device", device),
    equals("browser_name", browser),
    equals("os_name", os),
    equals("method", method),
    equals("authentication_level", authenticationLevel),
    impersonated === undefined
      ? undefined
      : Prisma.sql`${row}.impersonated_by_id is ${impersonated ? Prisma.sql`not null` : Prisma.sql`null`}`,
  ];
}

function toTimes(filter: ResolvedSessionFilter, row: Prisma.Sql, lastSeenAt: Prisma.Sql | undefined): Conditions {
  const { createdAfter, createdBefore, idleSince } = filter;
  return [
    createdAfter === undefined ? undefined : Prisma.sql`${row}.created_at >= ${createdAfter}::timestamptz`,
    createdBefore === undefined ? undefined : Prisma.sql`${row}.created_at < ${createdBefore}::timestamptz`,
    // Follows from the next: a list by age begins there instead of at the newest, none of which can pass.
    idleSince === undefined ? undefined : Prisma.sql`${row}.created_at < ${idleSince}::timestamptz`,
    idleSince === undefined ? undefined : lastSeenBefore(idleSince, row, lastSeenAt),
  ];
}

function activeIn(row: Prisma.Sql, tenantId: string | null): Prisma.Sql {
  return tenantId === null ? Prisma.sql`false` : Prisma.sql`${row}.active_tenant_id = ${tenantId}::uuid`;
}

function holdersOf({ ids, inTenant }: { ids: string[]; inTenant: boolean }): Prisma.Sql {
  const inTenants = Prisma.sql`select m.user_id from membership_role r join membership m on m.id = r.membership_id
    where r.role_id = any(${ids}::uuid[])`;
  if (inTenant) return inTenants;
  const onPlatform = Prisma.sql`select p.user_id from platform_role_assignment p where p.role_id = any(${ids}::uuid[])`;
  return Prisma.sql`${onPlatform} union all ${inTenants}`;
}

// Every session has an activity row from its beginning on.
function lastSeenBefore(moment: string, row: Prisma.Sql, lastSeenAt: Prisma.Sql | undefined): Prisma.Sql {
  if (lastSeenAt) return Prisma.sql`${lastSeenAt} < ${moment}::timestamptz`;
  return Prisma.sql`exists (
    select from session_activity seen where seen.session_id = ${row}.id and seen.last_seen_at < ${moment}::timestamptz)`;
}

// Two comparisons rather than `<<=`: they keep their index under row-level security (measured: operators that are not
// leakproof lose it).
function withinRange(row: Prisma.Sql, ip: string): Prisma.Sql {
  return Prisma.sql`${row}.ip_address between host(network(${ip}::inet))::inet and host(broadcast(${ip}::inet))::inet`;
}
