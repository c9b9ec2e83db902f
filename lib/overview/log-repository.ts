import type { ScopedTx } from "@/lib/db/scoped-transaction";
import { Prisma } from "@/prisma/generated/client";

/** What the log says of one hour; `seen` is how many events were looked through. */
export type HourRow = {
  startsAt: Date;
  seen: number;
  signedIn: number;
  signInsFailed: number;
  denied: number;
  failed: number;
};

/**
 * The last 24 hours, oldest first. Of each hour the newest `eventsMax` events are looked through, so that a busy log
 * costs no more than a quiet one; both scopes have an index in that order.
 */
export async function countByHour(tx: ScopedTx, inTenant: boolean, eventsMax: number): Promise<HourRow[]> {
  return tx.$queryRaw<HourRow[]>`
    select h.at as "startsAt", c.* from generate_series(
      date_trunc('hour', now(), 'UTC') - interval '23 hours', date_trunc('hour', now(), 'UTC'), interval '1 hour') h(at)
    cross join lateral (
      select count(*)::int as seen,
        (count(*) filter (where e.action = 'session.create' and e.outcome = 'success'))::int as "signedIn",
        (count(*) filter (where e.action = 'session.create' and e.outcome <> 'success'))::int as "signInsFailed",
        (count(*) filter (where e.outcome = 'denied'))::int as denied,
        (count(*) filter (where e.outcome = 'failure'))::int as failed
      from (
        select e.action, e.outcome from audit_event e
        where e.at >= h.at and e.at < h.at + interval '1 hour' ${within(inTenant)} order by e.at desc limit ${eventsMax}::int) e
    ) c order by h.at`;
}

/** An event in one line. */
export type EventRow = {
  id: string;
  at: Date;
  action: string;
  outcome: string;
  actorType: string;
  actorId: string | null;
  actorName: string;
  impersonatorId: string | null;
  impersonatorName: string | null;
  targetType: string | null;
  targetId: string | null;
  targetName: string | null;
};

type EventQuery = { actions: readonly string[]; inTenant: boolean; eventsMax: number; limit: number };

/** The newest refusals and events of these actions in a week, among the newest `eventsMax`. */
export async function findNewestOf(
  tx: ScopedTx,
  { actions, inTenant, eventsMax, limit }: EventQuery,
): Promise<EventRow[]> {
  return tx.$queryRaw<EventRow[]>`
    select e.id::text as id, e.at, e.action, e.outcome, e.actor_type as "actorType", e.actor_id as "actorId",
      e.actor_name as "actorName", e.impersonator_id as "impersonatorId", e.impersonator_name as "impersonatorName",
      e.target_type as "targetType", e.target_id as "targetId", e.target_name as "targetName"
    from (
      select * from audit_event e where e.at >= now() - interval '7 days' ${within(inTenant)}
      order by e.at desc, e.id desc limit ${eventsMax}::int) e
    where e.action = any(${[...actions]}::text[]) or e.outcome = 'denied'
    order by e.at desc, e.id desc limit ${limit}::int`;
}

// It opens nothing, the policy does that: it says which index to begin with.
function within(inTenant: boolean): Prisma.Sql {
  return inTenant ? Prisma.sql`and e.tenant_id = (select gatehouse.current_tenant_id())` : Prisma.empty;
}
