import type { ScopedTx } from "@/lib/db/scoped-transaction";
import { Prisma } from "@/prisma/generated/client";
import {
  askedBeyond,
  type EndableSession,
  endable,
  type FoundSessions,
  type MaybeSession,
  sessionsOf,
  withUser,
} from "./endable-session";
import { coveredBy, type EpochOwner } from "./epoch-owner";

/**
 * The living among `candidates`, a select of ids of sessions that may be dead. More candidates than `max` are too many to
 * end at once, however many of them are alive: to count the living would take as long as to end them.
 */
export async function findLiving(tx: ScopedTx, candidates: Prisma.Sql, max: number): Promise<FoundSessions> {
  const rows = await tx.$queryRaw<(MaybeSession & { beyond: boolean })[]>`
    with candidate as materialized (select c.id from (${candidates}) c limit ${max + 1}),
      size as materialized (select count(*) > ${max} as beyond from candidate),
      living as materialized (select l.id, l.n from gatehouse.living_sessions(array(
        select c.id from candidate c limit (select case when beyond then ${askedBeyond}::int else ${max}::int end from size)))
        with ordinality l(id, n))
    select size.beyond, ${endable}
    from size left join living on true left join session s on s.id = living.id ${withUser(Prisma.sql`living.n`)}
    order by living.n`;
  return { sessions: sessionsOf(rows), beyond: rows[0]?.beyond ?? false };
}

/** What ends and what is left out, as selects; both may name `people_left_out`, which is what `people` selects. */
export type Apart = { people: Prisma.Sql; ended: Prisma.Sql; leftOut: Prisma.Sql };

/** The most that is asked for: sessions that end, that are left out and named, and that are left out and counted. */
export type ApartMax = { ended: number; spared: number; leftOut: number };

/** Living sessions of a set, and those that it leaves out. */
export type FoundApart = FoundSessions & {
  leftOut: { sessions: number; users: number };
  /** Ids of the living that are left out; null: these are too many, living or dead, to be named. */
  spared: string[] | null;
};

/** As `findLiving`, of what ends and of what is left out at once: who is left out is looked up once. */
export async function findLivingApart(
  tx: ScopedTx,
  { people, ended, leftOut }: Apart,
  max: ApartMax,
): Promise<FoundApart> {
  const rows = await tx.$queryRaw<ApartRow[]>`
    with people_left_out as materialized (${people}),
      left_out as materialized (select l.id from (${leftOut}) l limit ${max.leftOut}),
      candidate as materialized (select c.id from (${ended}) c limit ${max.ended + 1}),
      size as materialized (select count(*) > ${max.ended} as beyond from candidate),
      living as materialized (select l.id, l.n from gatehouse.living_sessions(array(
        select c.id from candidate c limit (select case when beyond then ${askedBeyond}::int else ${max.ended}::int end from size)))
        with ordinality l(id, n)),
      spared as materialized (
        select count(*)::int as sessions, count(distinct s.user_id)::int as users, array_agg(s.id::text) as ids
        from gatehouse.living_sessions(array(select l.id from left_out l)) l(id) join session s on s.id = l.id
        where exists (select from left_out))
    select size.beyond, spared.sessions, spared.users, (select count(*) > ${max.spared} from left_out) as "tooMany",
      case when coalesce(living.n, 1) = 1 then spared.ids end as spared, ${endable}
    from size cross join spared left join living on true left join session s on s.id = living.id ${withUser(Prisma.sql`living.n`)}
    order by living.n`;
  const [first] = rows;
  if (!first) throw new Error("A set came back without a row.");
  const { beyond, sessions, users, tooMany, spared } = first;
  return { sessions: sessionsOf(rows), beyond, leftOut: { sessions, users }, spared: tooMany ? null : (spared ?? []) };
}

type ApartRow = MaybeSession & {
  beyond: boolean;
  sessions: number;
  users: number;
  tooMany: boolean;
  spared: string[] | null;
};

/** Living sessions that an epoch covers, all of them up to `max`. */
export async function findLivingOf(tx: ScopedTx, owner: EpochOwner, max: number): Promise<FoundSessions> {
  if (owner.userId !== null)
    return findLiving(tx, Prisma.sql`select s.id from session s where ${coveredBy(owner)}`, max);
  // Two indexes: asked for in one condition, all of a tenant's sessions would be looked up before the first.
  const tenant = Prisma.sql`${owner.tenantId}::uuid`;
  const candidates = Prisma.sql`select s.id from session s where s.active_tenant_id = ${tenant}
    union all
    select s.id from session s where s.home_tenant_id = ${tenant} and s.active_tenant_id is distinct from ${tenant}`;
  return findLiving(tx, candidates, max);
}

/** Those of the named sessions that are alive. */
export async function findAliveByIds(tx: ScopedTx, ids: string[]): Promise<EndableSession[]> {
  return tx.$queryRaw<EndableSession[]>`
    select ${endable} from (
      select s.*, row_number() over (order by s.id) as n from session s
      where s.id = any(${ids}::uuid[]) and gatehouse.session_is_alive(s)) s ${withUser(Prisma.sql`s.n`)}
    order by s.n`;
}

/** How many sessions of a user are alive, counted up to `cap`. */
export async function countAlive(tx: ScopedTx, userId: string, cap: number): Promise<number> {
  const rows = await tx.$queryRaw<{ count: number }[]>`
    select count(*)::int as count from (
      select 1 from session s where s.user_id = ${userId}::uuid and gatehouse.session_is_alive(s) limit ${cap}) alive`;
  return rows[0]?.count ?? 0;
}

/** How many sessions that a tenant's epoch covers are alive, counted up to `cap`. */
export async function countAliveOfTenant(tx: ScopedTx, tenantId: string, cap: number): Promise<number> {
  const rows = await tx.$queryRaw<{ count: number }[]>`
    select count(*)::int as count from (
      select 1 from session s where ${coveredBy({ userId: null, tenantId })} and gatehouse.session_is_alive(s) limit ${cap}) alive`;
  return rows[0]?.count ?? 0;
}
