import type { ScopedTx } from "@/lib/db/scoped-transaction";
import { Prisma } from "@/prisma/generated/client";
import type { SessionEndReason } from "./schemas";

/** Seconds after which the last-seen collector counts as down; see session-activity-store.ts. */
const staleAfterSeconds = 180;

// What a large revocation has ended is moved by its own job, under its own reason.
const notBeingRevoked = Prisma.sql`not exists (
  select from revocation_receipt r where r.ended is null and (r.kind = 'platform'
    or r.kind = 'user' and r.target_id = s.user_id::text
    or r.kind = 'tenant' and r.target_id in (s.active_tenant_id::text, s.home_tenant_id::text)))
  and not exists (
    select from session_ending e join revocation_receipt r on r.id = e.receipt_id and r.ended is null
    where e.session_id = s.id)`;

/** Ids of sessions past their absolute limit, at most `limit`. */
export async function findExpired(tx: ScopedTx, limit: number): Promise<string[]> {
  const rows = await tx.$queryRaw<{ id: string }[]>`
    select s.id::text as id from session s where s.expires_at <= now() and ${notBeingRevoked} order by s.expires_at limit ${limit}`;
  return rows.map(({ id }) => id);
}

/** Whether last-seen times are being collected. */
export async function isCollecting(tx: ScopedTx): Promise<boolean> {
  const rows = await tx.$queryRaw<{ collecting: boolean }[]>`
    select activity_seen_at > now() - ${staleAfterSeconds}::int * interval '1 second' as collecting from platform`;
  return rows[0]?.collecting ?? false;
}

/** Sessions within their absolute limit that are dead all the same, each with the reason; one pass over the table. */
export async function findDead(
  tx: ScopedTx,
  { withIdle, limit }: { withIdle: boolean; limit: number },
): Promise<{ id: string; reason: SessionEndReason }[]> {
  return tx.$queryRaw<{ id: string; reason: SessionEndReason }[]>`
    select id::text as id, reason from (
      select s.id, case
        when u.locked_at is not null and (u.locked_until is null or u.locked_until > now()) then 'lock'
        when u.session_epoch <> s.user_epoch then 'password_change'
        when p.session_epoch <> s.platform_epoch or m.session_epoch is distinct from s.membership_epoch then 'revoked'
        when t.session_epoch is distinct from s.tenant_epoch or h.session_epoch is distinct from s.home_tenant_epoch
          or t.suspended_at is not null then 'suspended'
        when ${withIdle} and gatehouse.idle_deadline(
          s.created_at, a.last_seen_at, s.idle_seconds, p.activity_lost_at, p.activity_resumed_at) <= now() then 'idle'
      end as reason
      from session s
      join "user" u on u.id = s.user_id
      cross join platform p
      left join session_activity a on a.session_id = s.id
      left join tenant t on t.id = s.active_tenant_id
      left join membership m on m.tenant_id = s.active_tenant_id and m.user_id = s.user_id
      left join tenant h on h.id = s.home_tenant_id
      where s.expires_at > now() and ${notBeingRevoked}
    ) dead where reason is not null limit ${limit}`;
}

/** Removes those of these sessions that are still dead: a late last-seen time may have shown one to be in use. */
export async function removeDead(tx: ScopedTx, ids: string[]): Promise<number> {
  return tx.$executeRaw`
    delete from session s where s.id = any(${ids}::uuid[]) and not gatehouse.session_is_alive(s)`;
}

/** Removes up to `most` ended sessions that no policy keeps any longer; returns how many. */
export async function removeOldHistory(tx: ScopedTx, most: number): Promise<number> {
  const rows = await tx.$queryRaw<{ count: number }[]>`select gatehouse.sweep_session_history(${most}::int) as count`;
  return rows[0]?.count ?? 0;
}
