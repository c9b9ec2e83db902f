import type { ScopedTx } from "@/lib/db/scoped-transaction";
import { endedBySet, leftOutBySet, type RevocationSet } from "./revoke-set-conditions";

/** How many living sessions of how many people the set leaves out, counted up to `max`. */
export async function countLeftOut(
  tx: ScopedTx,
  set: RevocationSet,
  max: number,
): Promise<{ sessions: number; users: number }> {
  const rows = await tx.$queryRaw<{ sessions: number; users: number }[]>`
    select count(*)::int as sessions, count(distinct s.user_id)::int as users
    from gatehouse.living_sessions(array(select l.id from (${leftOutBySet(set)}) l limit ${max})) living(id)
    join session s on s.id = living.id`;
  return rows[0] ?? { sessions: 0, users: 0 };
}

/** Marks every living session that the set ends; returns how many. From the commit on they are dead. */
export async function markEnded(tx: ScopedTx, set: RevocationSet, receiptId: string): Promise<number> {
  return tx.$executeRaw`
    insert into session_ending (session_id, receipt_id) select living.id, ${receiptId}::uuid
    from gatehouse.living_sessions(array(${endedBySet(set)})) living(id) on conflict do nothing`;
}

/** Keeps sessions from beginning in the scope until this transaction ends; those under way are waited for. */
export async function holdAdmissions(tx: ScopedTx): Promise<void> {
  await tx.$executeRaw`select gatehouse.hold_admissions()`;
}

/** Ends every session of the scope by its epoch, but for the living among `spared`; returns the new epoch. */
export async function raiseScopeEpoch(tx: ScopedTx, spared: string[]): Promise<number> {
  const rows = await tx.$queryRaw<{ epoch: number | null }[]>`
    select gatehouse.raise_scope_epoch(${spared}::uuid[]) as epoch`;
  const epoch = rows[0]?.epoch;
  if (typeof epoch !== "number") throw new Error("The scope whose sessions are to end is not there.");
  return epoch;
}
