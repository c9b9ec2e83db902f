import type { ScopedTx } from "@/lib/db/scoped-transaction";
import { Prisma } from "@/prisma/generated/client";

/** A session that is alive, with what fencing it takes. */
export type EndableSession = { id: string; userId: string; tokenHash: string };

/** The user whose sessions are to end. */
export type SessionOwner = { id: string; email: string; homeTenantId: string | null };

/** Whose sessions an epoch covers: a user's all, or those that are active in one tenant. */
export type EpochOwner = { userId: string; tenantId: string | null };

/** The user with this id. */
export async function findOwner(tx: ScopedTx, userId: string): Promise<SessionOwner | null> {
  return tx.user.findFirst({ where: { id: userId }, select: { id: true, email: true, homeTenantId: true } });
}

/**
 * Holds the row that new sessions of these must share: those that were being made are then visible, and no other can
 * be made before this transaction ends. False: there is no such row.
 */
export async function lockEpoch(tx: ScopedTx, { userId, tenantId }: EpochOwner): Promise<boolean> {
  const rows =
    tenantId === null
      ? await tx.$queryRaw<unknown[]>`select 1 from "user" where id = ${userId}::uuid for update`
      : await tx.$queryRaw<unknown[]>`
          select 1 from membership where user_id = ${userId}::uuid and tenant_id = ${tenantId}::uuid for update`;
  return rows.length > 0;
}

/** Raises the epoch by one, which ends every session it covers; returns the new one. */
export async function raiseEpoch(tx: ScopedTx, { userId, tenantId }: EpochOwner): Promise<number> {
  const rows =
    tenantId === null
      ? await tx.$queryRaw<{ epoch: number }[]>`
          update "user" set session_epoch = session_epoch + 1 where id = ${userId}::uuid returning session_epoch as epoch`
      : await tx.$queryRaw<{ epoch: number }[]>`
          update membership set session_epoch = session_epoch + 1
          where user_id = ${userId}::uuid and tenant_id = ${tenantId}::uuid returning session_epoch as epoch`;
  const epoch = rows[0]?.epoch;
  if (epoch === undefined) throw new Error("The epoch's row went away under its lock.");
  return epoch;
}

/** Live sessions that an epoch covers, at most `limit`. */
export async function findAliveOf(tx: ScopedTx, owner: EpochOwner, limit: number): Promise<EndableSession[]> {
  return tx.$queryRaw<EndableSession[]>`
    select s.id::text as id, s.user_id::text as "userId", s.token_hash as "tokenHash" from session s
    where ${coveredBy(owner)} and gatehouse.session_is_alive(s) limit ${limit}`;
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
  const stored = owner.tenantId === null ? Prisma.sql`s.user_epoch` : Prisma.sql`s.membership_epoch`;
  const at = Prisma.sql`${endedAt.toISOString()}::timestamptz`;
  return tx.$executeRaw`
    delete from session where id in (
      select s.id from session s cross join platform p left join session_activity a on a.session_id = s.id
      where ${coveredBy(owner)} and ${stored} = ${epoch}::int - 1 and s.expires_at > ${at} and gatehouse.idle_deadline(
        s.created_at, a.last_seen_at, s.idle_seconds, p.activity_lost_at, p.activity_resumed_at) > ${at}
      limit ${limit})`;
}

/** How many sessions of a user are alive, counted up to `cap`. */
export async function countAlive(tx: ScopedTx, userId: string, cap: number): Promise<number> {
  const rows = await tx.$queryRaw<{ count: number }[]>`
    select count(*)::int as count from (
      select 1 from session s where s.user_id = ${userId}::uuid and gatehouse.session_is_alive(s) limit ${cap}) alive`;
  return rows[0]?.count ?? 0;
}

function coveredBy({ userId, tenantId }: EpochOwner): Prisma.Sql {
  const ofUser = Prisma.sql`s.user_id = ${userId}::uuid`;
  return tenantId === null ? ofUser : Prisma.sql`${ofUser} and s.active_tenant_id = ${tenantId}::uuid`;
}
