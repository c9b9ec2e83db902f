import type { ScopedTx } from "@/lib/db/scoped-transaction";
import { tenantIdOf } from "@/lib/db/tenant-id-of";
import { Prisma } from "@/prisma/generated/client";
import type { ListSessionsInput, SessionSort } from "./schemas";

/** A session, alive or ended, as lists read it. */
export type SessionRow = {
  id: string;
  userId: string;
  userName: string | null;
  userEmail: string | null;
  tenantId: string | null;
  tenantSlug: string | null;
  tenantName: string | null;
  createdAt: Date;
  lastSeenAt: Date | null;
  expiresAt: Date;
  ipAddress: string | null;
  country: string | null;
  browser: string | null;
  os: string | null;
  device: string | null;
  method: string;
  impersonatedById: string | null;
  impersonatedByName: string | null;
  alive: boolean;
  endedAt: Date | null;
  endReason: string | null;
  endedByType: string | null;
  endedById: string | null;
  endedByName: string | null;
};

/** What narrows the list; a text has been turned into the users it matches. */
export type SessionFilters = Omit<ListSessionsInput, "sort" | "limit" | "cursor" | "search" | "status"> & {
  userIds?: string[];
};

/** Where a page starts: behind the session of this time and id. */
export type SessionPosition = { createdAt: string; id: string };

type PageQuery = {
  filters: SessionFilters;
  status: ListSessionsInput["status"];
  sort: SessionSort;
  after: SessionPosition | undefined;
  limit: number;
  /** Whether the transaction is a tenant's. It opens nothing: it says where to begin. */
  inTenant: boolean;
};

// People and tenants are joined by plain columns of the page: behind row-level security an expression such as COALESCE,
// which Postgres does not hold to be leakproof, costs the join its index, and every user would be read.
/** One page by keyset: of live sessions, of ended ones (moved into the history or not yet), or of both. */
export async function findPage(tx: ScopedTx, query: PageQuery): Promise<SessionRow[]> {
  const parts = {
    active: () => present(query, [isAlive]),
    ended: () => [...past(query), ...present(query, [Prisma.sql`not ${isAlive}`, mayBeDead(query.filters)])],
    any: () => [...past(query), ...present(query, [])],
  }[query.status]();
  const order = toOrder(query.sort);
  return tx.$queryRaw<SessionRow[]>`
    with page as (
      select * from (${Prisma.join(parts, " union ")}) rows
      order by created_at ${order}, id ${order} limit ${query.limit})
    select page.id::text as id, page.user_id::text as "userId", u.name as "userName", u.email as "userEmail",
      t.id::text as "tenantId", t.slug as "tenantSlug", t.name as "tenantName",
      page.created_at as "createdAt", coalesce(a.last_seen_at, h.last_seen_at) as "lastSeenAt",
      coalesce(s.expires_at, h.expires_at) as "expiresAt", host(coalesce(s.ip_address, h.ip_address)) as "ipAddress",
      coalesce(s.country, h.country) as country, coalesce(s.browser, h.browser) as browser, coalesce(s.os, h.os) as os,
      coalesce(s.device, h.device) as device, coalesce(s.method, h.method) as method,
      i.id::text as "impersonatedById", i.name as "impersonatedByName",
      ${isAliveIn[query.status]} as alive, h.ended_at as "endedAt", h.end_reason as "endReason",
      h.ended_by_type as "endedByType", h.ended_by_id as "endedById", h.ended_by_name as "endedByName"
    from page
    left join session s on page.present and s.id = page.id
    left join session_history h on not page.present and h.id = page.id
    left join session_activity a on a.session_id = s.id
    left join "user" u on u.id = page.user_id
    left join tenant t on t.id = page.active_tenant_id
    left join "user" i on i.id = page.impersonated_by_id
    order by page.created_at ${order}, page.id ${order}`;
}

/** Ids of users whose address or name matches, at most `limit`: row-level security would cost a query its text index. */
export async function findMatchingUserIds(tx: ScopedTx, search: string, limit: number): Promise<string[]> {
  const rows = await tx.$queryRaw<{ id: string }[]>`
    select id::text as id from gatehouse.search_users(${search}, 'created_at', true, null, null::uuid, ${limit}::int)`;
  return rows.map(({ id }) => id);
}

const isAlive = Prisma.sql`gatehouse.session_is_alive(s)`;

// Most of what a page of live sessions costs is this question, so it is not asked again where the answer is known.
const isAliveIn: Record<ListSessionsInput["status"], Prisma.Sql> = {
  active: Prisma.sql`true`,
  ended: Prisma.sql`false`,
  any: Prisma.sql`(page.present and ${isAlive})`,
};

function present(query: PageQuery, extra: Prisma.Sql[]): Prisma.Sql[] {
  return parts(Prisma.sql`true as present from session s`, query, { alias: Prisma.raw("s"), extra });
}

function past(query: PageQuery): Prisma.Sql[] {
  return parts(Prisma.sql`false as present from session_history h`, query, { alias: Prisma.raw("h"), extra: [] });
}

type PartOptions = { alias: Prisma.Sql; extra: Prisma.Sql[] };

// A tenant sees the sessions that are active in it and those of its own users. Both have an index in the list's order;
// the two in one condition have none, and would be looked for among everybody's. The tenant is the setting's, as in the
// policy: beside it a literal one counts as a second narrowing, and all sessions of a large tenant would be fetched.
function parts(source: Prisma.Sql, query: PageQuery, { alias, extra }: PartOptions): Prisma.Sql[] {
  if (!query.inTenant) return [part(source, query, { alias, extra })];
  return [Prisma.raw("active_tenant_id"), Prisma.raw("home_tenant_id")].map((column) =>
    part(source, query, {
      alias,
      extra: [Prisma.sql`${alias}.${column} = (select gatehouse.current_tenant_id())`, ...extra],
    }),
  );
}

function part(source: Prisma.Sql, query: PageQuery, { alias, extra }: PartOptions): Prisma.Sql {
  const conditions = [...toConditions(query, alias), ...extra];
  const where = conditions.length === 0 ? Prisma.empty : Prisma.sql`where ${Prisma.join(conditions, " and ")}`;
  const order = toOrder(query.sort);
  return Prisma.sql`(select ${alias}.id, ${alias}.created_at, ${alias}.user_id, ${alias}.active_tenant_id, ${alias}.impersonated_by_id, ${source} ${where}
    order by ${alias}.created_at ${order}, ${alias}.id ${order} limit ${query.limit})`;
}

// Asking every row whether it is alive would read the whole table to find the few that are not. Of one user all are
// asked; of everybody, those past their limit and those whose revocation is still being moved. Idle ones are moved
// by the sweep.
function mayBeDead({ userId, userIds }: SessionFilters): Prisma.Sql {
  if (userId !== undefined || userIds !== undefined) return Prisma.sql`true`;
  return Prisma.sql`(s.expires_at <= now() or s.user_id in (
    select r.target_id::uuid from revocation_receipt r where r.kind = 'user' and r.completed_at is null))`;
}

function toOrder(sort: SessionSort): Prisma.Sql {
  return sort === "createdAt" ? Prisma.sql`asc` : Prisma.sql`desc`;
}

function toConditions({ filters, sort, after }: PageQuery, row: Prisma.Sql): Prisma.Sql[] {
  const { userId, userIds, tenant, ip, country, device, method, createdAfter, createdBefore } = filters;
  const beyond = sort === "createdAt" ? Prisma.sql`>` : Prisma.sql`<`;
  return [
    after
      ? Prisma.sql`(${row}.created_at, ${row}.id) ${beyond} (${after.createdAt}::timestamptz, ${after.id}::uuid)`
      : undefined,
    userId ? Prisma.sql`${row}.user_id = ${userId}::uuid` : undefined,
    userIds ? Prisma.sql`${row}.user_id = any(${userIds}::uuid[])` : undefined,
    tenant ? Prisma.sql`${row}.active_tenant_id = ${tenantIdOf(tenant)}` : undefined,
    ip ? withinRange(row, ip) : undefined,
    country ? Prisma.sql`${row}.country = ${country}` : undefined,
    device ? Prisma.sql`${row}.device = ${device}` : undefined,
    method ? Prisma.sql`${row}.method = ${method}` : undefined,
    createdAfter ? Prisma.sql`${row}.created_at >= ${createdAfter}::timestamptz` : undefined,
    createdBefore ? Prisma.sql`${row}.created_at < ${createdBefore}::timestamptz` : undefined,
  ].filter((condition) => condition !== undefined);
}

// Two comparisons rather than `<<=`: they keep their index under row-level security (measured: operators that are not
// leakproof lose it).
function withinRange(row: Prisma.Sql, ip: string): Prisma.Sql {
  return Prisma.sql`${row}.ip_address between host(network(${ip}::inet))::inet and host(broadcast(${ip}::inet))::inet`;
}
