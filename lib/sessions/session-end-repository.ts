import type { ScopedTx } from "@/lib/db/scoped-transaction";
import { Prisma } from "@/prisma/generated/client";
import { askedBeyond, type FoundSessions, type MaybeSession, sessionsOf } from "./endable-session";
import { type EpochOwner, endedByRaise, epochHolder } from "./epoch-owner";

/** The user whose sessions are to end. */
export type SessionOwner = { id: string; email: string; homeTenantId: string | null };

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

/** A user whose epoch has been raised. */
export type RaisedUser = FoundSessions & {
  user: { id: string; email: string };
  /** The only tenant in which the sessions ended; null: everywhere. */
  tenantId: string | null;
  /** Null: the user is not within reach, and nothing has ended. */
  epoch: number | null;
};

type UserRaise = {
  userId: string;
  /** A condition: whether the caller reaches the user. */
  withinReach: Prisma.Sql;
  onlyInTenant: boolean;
  max: number;
};

/**
 * Ends every session of a user that the scope reaches, by the epoch; with `onlyInTenant`, what is active in the tenant of
 * the scope. Returns those that were alive, all of them up to `max`, none of which has been made unseen; null: there is no
 * such user.
 */
export async function raiseUserEpoch(
  tx: ScopedTx,
  { userId, withinReach, onlyInTenant, max }: UserRaise,
): Promise<RaisedUser | null> {
  const rows = await tx.$queryRaw<RaisedRow[]>`
    select r.email as "userEmail", r.limited_to::text as "tenantId", r.epoch, r.beyond, r.id::text as id,
      ${userId} as "userId", r.token_hash as "tokenHash", r.email, r.name, r.device, r.browser, r.os, r.ip_address as "ipAddress"
    from gatehouse.raise_user_epoch(
      ${userId}::uuid, ${withinReach}, ${onlyInTenant}, ${max}::int, ${askedBeyond}::int) r`;
  const [first] = rows;
  if (!first) return null;
  const { userEmail: email, tenantId, epoch, beyond } = first;
  return { user: { id: userId, email }, tenantId, epoch, beyond, sessions: sessionsOf(rows) };
}

type RaisedRow = MaybeSession & { userEmail: string; tenantId: string | null; epoch: number | null; beyond: boolean };

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
