import type { ScopedTx } from "@/lib/db/scoped-transaction";
import { Prisma } from "@/prisma/generated/client";
import { verifiedMax } from "./session-windows";

/** A session that is alive, with what fencing it takes. */
export type EndableSession = { id: string; userId: string; tokenHash: string };

/** The user whose sessions are to end. */
export type SessionOwner = { id: string; email: string; homeTenantId: string | null };

/**
 * Whose sessions an epoch covers: a user's all; a user's that are active in one tenant; or a tenant's, which are those
 * active in it and those of people at home in it.
 */
export type EpochOwner = { userId: string; tenantId: string | null } | { userId: null; tenantId: string };

/** The user with this id. */
export async function findOwner(tx: ScopedTx, userId: string): Promise<SessionOwner | null> {
  return tx.user.findFirst({ where: { id: userId }, select: { id: true, email: true, homeTenantId: true } });
}

/**
 * Holds the row that new sessions of these must share: those that were being made are then visible, and no other can
 * be made before this transaction ends. False: there is no such row.
 */
export async function lockEpoch(tx: ScopedTx, owner: EpochOwner): Promise<boolean> {
  const { table, where } = epochHolder(owner);
  const rows = await tx.$queryRaw<unknown[]>`select 1 from ${table} where ${where} for update`;
  return rows.length > 0;
}

/** Raises the epoch by one, which ends every session it covers; returns the new one. */
export async function raiseEpoch(tx: ScopedTx, owner: EpochOwner): Promise<number> {
  const { table, where } = epochHolder(owner);
  const rows = await tx.$queryRaw<{ epoch: number }[]>`
    update ${table} set session_epoch = session_epoch + 1 where ${where} returning session_epoch as epoch`;
  const epoch = rows[0]?.epoch;
  if (epoch === undefined) throw new Error("The epoch's row went away under its lock.");
  return epoch;
}

/** Living sessions of a set, all of them up to a bound; `beyond`: the set has more, of which these are some. */
export type FoundSessions = { sessions: EndableSession[]; beyond: boolean };

/** Rows that are asked whether they are alive where a set has too many: enough for those that are tried afterwards. */
const askedBeyond = 2 * verifiedMax;

/**
 * The living among `candidates`, a select of ids of sessions that may be dead. More candidates than `max` are too many to
 * end at once, however many of them are alive: to count the living would take as long as to end them.
 */
export async function findLiving(tx: ScopedTx, candidates: Prisma.Sql, max: number): Promise<FoundSessions> {
  const rows = await tx.$queryRaw<({ beyond: boolean } & { [Key in keyof EndableSession]: string | null })[]>`
    with candidate as materialized (select c.id from (${candidates}) c limit ${max + 1}),
      size as materialized (select count(*) > ${max} as beyond from candidate),
      living as materialized (select l.id from gatehouse.living_sessions(array(
        select c.id from candidate c limit (select case when beyond then ${askedBeyond}::int else ${max}::int end from size))) l(id))
    select size.beyond, s.id::text as id, s.user_id::text as "userId", s.token_hash as "tokenHash"
    from size left join living on true left join session s on s.id = living.id`;
  const sessions = rows.flatMap(({ id, userId, tokenHash }) =>
    id === null || userId === null || tokenHash === null ? [] : [{ id, userId, tokenHash }],
  );
  return { sessions, beyond: rows[0]?.beyond ?? false };
}

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
    select s.id::text as id, s.user_id::text as "userId", s.token_hash as "tokenHash" from session s
    where s.id = any(${ids}::uuid[]) and gatehouse.session_is_alive(s) order by s.id`;
}

/** Removes sessions; a trigger keeps their history. Returns how many were still there. */
export async function removeByIds(tx: ScopedTx, ids: string[]): Promise<number> {
  return tx.$executeRaw`delete from session where id = any(${ids}::uuid[])`;
}

/** States when the sessions that this transaction removes ended, where that is not now. */
export async function setEndedAt(tx: ScopedTx, endedAt: Date): Promise<void> {
  await tx.$queryRaw`select set_config('app.ended_at', ${endedAt.toISOString()}, true)`;
}

/**
 * Removes up to `limit` rows that the raise to `epoch` ended. Those which had run out before `endedAt` were not ended
 * by it and are left to the sweep.
 */
export async function removeOutdated(
  tx: ScopedTx,
  { owner, epoch, endedAt, limit }: { owner: EpochOwner; epoch: number; endedAt: Date; limit: number },
): Promise<number> {
  const at = Prisma.sql`${endedAt.toISOString()}::timestamptz`;
  const picks = endedByRaise(owner, epoch).map(
    (ended) => Prisma.sql`(
      select s.id from session s cross join platform p left join session_activity a on a.session_id = s.id
      where ${ended} and s.expires_at > ${at} and gatehouse.idle_deadline(
        s.created_at, a.last_seen_at, s.idle_seconds, p.activity_lost_at, p.activity_resumed_at) > ${at}
      limit ${limit})`,
  );
  const picked = Prisma.join(picks, " union ");
  return tx.$executeRaw`delete from session where id in (select p.id from (${picked}) p limit ${limit})`;
}

/** Where a walk through sessions by id has come to, and how far it goes at once. */
type Walk = { after: string | null; limit: number };

/** Ids of sessions that the raise of the platform's epoch to `epoch` ended, as `removeOutdated` has it, in order. */
export async function findOutdatedOfAll(
  tx: ScopedTx,
  { epoch, endedAt, after, limit }: { epoch: number; endedAt: Date } & Walk,
): Promise<string[]> {
  const at = Prisma.sql`${endedAt.toISOString()}::timestamptz`;
  const rows = await tx.$queryRaw<{ id: string }[]>`
    select s.id::text as id from session s cross join platform p left join session_activity a on a.session_id = s.id
    where s.platform_epoch = ${epoch}::int - 1 and s.id > ${after ?? nil}::uuid and s.expires_at > ${at}
      and gatehouse.idle_deadline(
        s.created_at, a.last_seen_at, s.idle_seconds, p.activity_lost_at, p.activity_resumed_at) > ${at}
    order by s.id limit ${limit}`;
  return rows.map(({ id }) => id);
}

/** Ids of sessions that a receipt has marked, in order. */
export async function findMarked(
  tx: ScopedTx,
  { receiptId, after, limit }: { receiptId: string } & Walk,
): Promise<string[]> {
  const rows = await tx.$queryRaw<{ id: string }[]>`
    select e.session_id::text as id from session_ending e
    where e.session_id > ${after ?? nil}::uuid and e.receipt_id = ${receiptId}::uuid order by e.session_id limit ${limit}`;
  return rows.map(({ id }) => id);
}

/** Takes marks away, of sessions that have been moved. */
export async function unmark(tx: ScopedTx, ids: string[]): Promise<void> {
  await tx.$executeRaw`delete from session_ending where session_id = any(${ids}::uuid[])`;
}

// Before every id that is made.
const nil = "00000000-0000-0000-0000-000000000000";

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

// The row that holds the epoch, and that new sessions share.
function epochHolder({ userId, tenantId }: EpochOwner): { table: Prisma.Sql; where: Prisma.Sql } {
  if (userId === null) return { table: Prisma.sql`tenant`, where: Prisma.sql`id = ${tenantId}::uuid` };
  if (tenantId === null) return { table: Prisma.sql`"user"`, where: Prisma.sql`id = ${userId}::uuid` };
  return {
    table: Prisma.sql`membership`,
    where: Prisma.sql`user_id = ${userId}::uuid and tenant_id = ${tenantId}::uuid`,
  };
}

// What the raise to `epoch` ended, one condition for each index that leads there.
function endedByRaise(owner: EpochOwner, epoch: number): Prisma.Sql[] {
  const before = Prisma.sql`${epoch}::int - 1`;
  if (owner.userId === null) {
    return [
      Prisma.sql`s.active_tenant_id = ${owner.tenantId}::uuid and s.tenant_epoch = ${before}`,
      Prisma.sql`s.home_tenant_id = ${owner.tenantId}::uuid and s.home_tenant_epoch = ${before}`,
    ];
  }
  const stored = owner.tenantId === null ? Prisma.sql`s.user_epoch` : Prisma.sql`s.membership_epoch`;
  return [Prisma.sql`${coveredBy(owner)} and ${stored} = ${before}`];
}

function coveredBy({ userId, tenantId }: EpochOwner): Prisma.Sql {
  if (userId === null) {
    return Prisma.sql`(s.active_tenant_id = ${tenantId}::uuid or s.home_tenant_id = ${tenantId}::uuid)`;
  }
  const ofUser = Prisma.sql`s.user_id = ${userId}::uuid`;
  return tenantId === null ? ofUser : Prisma.sql`${ofUser} and s.active_tenant_id = ${tenantId}::uuid`;
}
