import type { LastSeenTimes } from "./last-seen";
import { sessionPool } from "./session-store";

/** A collector not heard of for so long was down; three times its rhythm. */
const staleAfterSeconds = 180;

/** Sessions of one statement. */
const batchSize = 500;

/**
 * Says that last-seen times are being collected. After a gap, idle time is counted from now: nobody is ended for the
 * time in which nobody could be seen. Returns whether there was a gap.
 */
export async function beatActivity(): Promise<boolean> {
  const { rows } = await sessionPool
    .get()
    .query<{ gap: boolean }>("select gatehouse.record_collector_heartbeat($1::int) as gap", [staleAfterSeconds]);
  return rows[0]?.gap ?? false;
}

/** Writes the times of sessions that are alive, and their users' (not of those who were only acted as), never backwards and never into the future. */
export async function writeLastSeen(times: LastSeenTimes): Promise<void> {
  const entries = [...times].sort(([a], [b]) => (a < b ? -1 : 1));
  for (let start = 0; start < entries.length; start += batchSize) {
    const batch = entries.slice(start, start + batchSize);
    await write(
      batch.map(([sessionId]) => sessionId),
      batch.map(([, at]) => new Date(at).toISOString()),
    );
  }
}

async function write(sessionIds: string[], times: string[]): Promise<void> {
  // Sorted, so that two instances that write the same sessions wait for each other instead of locking each other out.
  await sessionPool.get().query(
    `with seen as (
       select s.id, s.user_id, s.impersonated_by_id, s.active_tenant_id, s.home_tenant_id, least(n.at, clock_timestamp()) as at
       from unnest($1::uuid[], $2::timestamptz[]) as n (session_id, at)
       join session s on s.id = n.session_id
     ), of_sessions as (
       insert into session_activity as a (session_id, last_seen_at, active_tenant_id, home_tenant_id)
       select id, at, active_tenant_id, home_tenant_id from seen order by id
       on conflict (session_id) do update set last_seen_at = excluded.last_seen_at
         where a.last_seen_at < excluded.last_seen_at
     )
     insert into user_activity as a (user_id, last_seen_at)
     select user_id, max(at) from seen where impersonated_by_id is null group by user_id order by user_id
     on conflict (user_id) do update set last_seen_at = excluded.last_seen_at
       where a.last_seen_at < excluded.last_seen_at`,
    [sessionIds, times],
  );
}
