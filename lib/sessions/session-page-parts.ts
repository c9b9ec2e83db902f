import { Prisma } from "@/prisma/generated/client";
import type { SessionSort } from "./schemas";
import { type ResolvedSessionFilter, toSessionConditions } from "./session-conditions";
import { sessionOrders } from "./session-orders";

/** Where a page starts: behind the session with this sort key and id. Where keys move, those beyond `asOf` are left out. */
export type SessionPosition = { at: string; id: string; asOf?: string | undefined };

/** Which sessions one statement reads: live ones, all, or ended ones that have been moved into the history or not yet. */
export type SessionPart = "active" | "any" | "moved" | "unmoved";

/** A page of the sessions list. */
export type SessionPageQuery = {
  filter: ResolvedSessionFilter;
  part: SessionPart;
  sort: SessionSort;
  after: SessionPosition | undefined;
  limit: number;
  /** The tenant of the transaction; null on the platform. It opens nothing: it says where to begin. */
  tenantId: string | null;
};

/**
 * How a page is found: in the list's order, of which at most `rows` are looked at (null: all), or beginning with
 * whatever index the filter has.
 */
export type SessionPagePlan = { inOrder: true; rows: number | null } | { inOrder: false };

/**
 * The rows that a page is made of, each with `id, at, user_id, active_tenant_id, impersonated_by_id, present`: from
 * every index that leads to some of them the first `limit` in order.
 */
export function toPageParts(query: SessionPageQuery, plan: SessionPagePlan): Prisma.Sql {
  const parts: Record<SessionPart, () => Prisma.Sql[]> = {
    active: () => present(query, { alive: true, extra: [Prisma.sql`s.expires_at > now()`], plan }),
    any: () => [...past(query, plan), ...present(query, { alive: null, extra: [], plan })],
    moved: () => past(query, plan),
    unmoved: () => mayBeDead(query).flatMap((extra) => present(query, { alive: false, extra: [extra], plan })),
  };
  // A session may be dead in more than one way.
  return Prisma.join(parts[query.part](), query.part === "unmoved" ? " union " : " union all ");
}

type PresentOptions = { alive: boolean | null; extra: Prisma.Sql[]; plan: SessionPagePlan };

// Whether one is alive is asked of the sorted rows, one after the other, until the page is full: asked before, it would
// be asked of all that pass the filter, and nothing costs more. OFFSET 0 keeps the two apart. The outer one has
// the inner one's order. Where it says so, several parts are merged and none is asked of more rows than the page takes;
// but only where it does not is the inner one planned for the first rows alone, which the other plan has no need of.
function present(query: SessionPageQuery, { alive, extra, plan }: PresentOptions): Prisma.Sql[] {
  const { column, direction, id, row, table, join } = sessionOrders[query.sort];
  const key = Prisma.sql`${row}.${column}`;
  const isAlive = Prisma.sql`(select gatehouse.session_is_alive(l) from session l where l.id = x.id)`;
  const wanted = { true: isAlive, false: Prisma.sql`not ${isAlive}`, null: Prisma.sql`true` }[`${alive}`];
  const { tenantId: _, ...filter } = query.filter;
  const conditions = [
    ...toSessionConditions(filter, Prisma.raw("s"), join !== Prisma.empty ? Prisma.sql`a.last_seen_at` : undefined),
    ...extra,
  ];
  const order = Prisma.sql`order by ${key} ${direction}, ${id} ${direction}`;
  return places(query, row).map((place) => {
    const from = toSource({ table, row, order, conditions: [...place, ...behind(query, key, id)] }, plan);
    const all = [...conditions, ...from.conditions];
    const merged = plan.inOrder ? Prisma.sql`order by x.at ${direction}, x.id ${direction}` : Prisma.empty;
    return Prisma.sql`(select x.* from (
        select s.id, ${key} as at, s.user_id, s.active_tenant_id, s.impersonated_by_id, true as present
        from ${from.source} ${join} ${where(all)} ${order} offset 0) x
      where ${wanted} ${merged} limit ${query.limit})`;
  });
}

function past(query: SessionPageQuery, plan: SessionPagePlan): Prisma.Sql[] {
  const { column, direction } = sessionOrders[query.sort];
  const row = Prisma.raw("h");
  const key = Prisma.sql`h.${column}`;
  const { tenantId: _, ...filter } = query.filter;
  const order = Prisma.sql`order by ${key} ${direction}, h.id ${direction}`;
  return places(query, row).map((place) => {
    const conditions = [...place, ...behind(query, key, Prisma.sql`h.id`)];
    const from = toSource({ table: Prisma.sql`session_history`, row, order, conditions }, plan);
    const all = [...from.conditions, ...toSessionConditions(filter, row, Prisma.sql`h.last_seen_at`)];
    return Prisma.sql`(select h.id, ${key} as at, h.user_id, h.active_tenant_id, h.impersonated_by_id, false as present
      from ${from.source} ${where(all)} ${order} limit ${query.limit})`;
  });
}

type Source = { table: Prisma.Sql; row: Prisma.Sql; order: Prisma.Sql; conditions: Prisma.Sql[] };

// In order, what stands in the index is settled before anything else is asked of a row.
function toSource({ table, row, order, conditions }: Source, plan: SessionPagePlan) {
  if (!plan.inOrder) return { source: Prisma.sql`${table} ${row}`, conditions };
  const some = plan.rows === null ? Prisma.sql`offset 0` : Prisma.sql`limit ${plan.rows}`;
  const source = Prisma.sql`(select ${row}.* from ${table} ${row} ${where(conditions)} ${order} ${some}) ${row}`;
  return { source, conditions: [] };
}

// A tenant sees the sessions that are active in it and those of its own users. Both have an index in the list's order;
// the two in one condition have none, and would be looked for among everybody's. The tenant is the setting's, as in the
// policy: beside it a literal one counts as a second narrowing, and all sessions of a large tenant would be fetched.
function places({ tenantId, filter }: SessionPageQuery, row: Prisma.Sql): Prisma.Sql[][] {
  const asked = filter.tenantId;
  if (asked === null) return [[Prisma.sql`false`]];
  if (tenantId === null) return [asked === undefined ? [] : [Prisma.sql`${row}.active_tenant_id = ${asked}::uuid`]];
  const current = Prisma.sql`(select gatehouse.current_tenant_id())`;
  const here = [Prisma.sql`${row}.active_tenant_id = ${current}`];
  if (asked === tenantId) return [here];
  if (asked !== undefined) return [[Prisma.sql`false`]];
  const elsewhere = Prisma.sql`${row}.active_tenant_id is distinct from ${row}.home_tenant_id`;
  return [here, [Prisma.sql`${row}.home_tenant_id = ${current}`, elsewhere]];
}

function behind({ sort, after }: SessionPageQuery, key: Prisma.Sql, id: Prisma.Sql): Prisma.Sql[] {
  if (!after) return [];
  const { beyond, moves } = sessionOrders[sort];
  const position = Prisma.sql`(${key}, ${id}) ${beyond} (${after.at}::timestamptz, ${after.id}::uuid)`;
  return moves && after.asOf ? [position, Prisma.sql`${key} <= ${after.asOf}::timestamptz`] : [position];
}

/** Marks of revocations whose rows are being moved that a page looks at. */
const marksMax = 10_000;

// Asking every row whether it is alive would read the whole table to find the few that are not. Of named users all are
// asked; of everybody, those past their limit and those whose revocation is still being moved: one part of the page for
// each index that leads there, which costs nothing while nothing is being moved. Arrays, because a subselect might be
// asked of every row in the list's order. Idle ones are moved by the sweep. Marks are the platform's to read.
function mayBeDead({ filter: { userId, userIds }, tenantId }: SessionPageQuery): Prisma.Sql[] {
  if (userId !== undefined || userIds !== undefined) return [Prisma.sql`true`];
  const receipts = (kind: string) => Prisma.sql`from revocation_receipt r where r.kind = ${kind} and r.ended is null`;
  const isUnmoved = (kind: string) => Prisma.sql`exists (select ${receipts(kind)})`;
  const targets = (kind: string) => Prisma.sql`any(array(select r.target_id::uuid ${receipts(kind)}))`;
  const everywhere = [
    Prisma.sql`s.expires_at <= now()`,
    Prisma.sql`${isUnmoved("user")} and s.user_id = ${targets("user")}`,
  ];
  if (tenantId !== null) return [...everywhere, isUnmoved("tenant")];
  return [
    ...everywhere,
    Prisma.sql`${isUnmoved("tenant")} and s.active_tenant_id = ${targets("tenant")}`,
    Prisma.sql`${isUnmoved("tenant")} and s.home_tenant_id = ${targets("tenant")}`,
    Prisma.sql`s.id = any(array(select e.session_id from session_ending e limit ${marksMax}))`,
    isUnmoved("platform"),
  ];
}

function where(conditions: Prisma.Sql[]): Prisma.Sql {
  return conditions.length === 0 ? Prisma.empty : Prisma.sql`where ${Prisma.join(conditions, " and ")}`;
}
