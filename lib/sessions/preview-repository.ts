import type { ScopedTx } from "@/lib/db/scoped-transaction";
import { previewedMax, previewLeftOutMax, previewSampleMax, previewTenantsMax } from "./preview-schemas";
import { endedBySet, leftOutBySet, type RevocationSet } from "./revoke-set-conditions";

/** What a set would end, counted up to `previewedMax` rows. */
export type EndedCounts = {
  capped: boolean;
  matching: number;
  users: number;
  /** Ids of the newest. */
  sample: string[];
  tenants: { tenant: { id: string; slug: string; name: string } | null; sessions: number }[];
  devices: { device: string | null; sessions: number }[];
};

/** Postgres' clock. */
export async function readMoment(tx: ScopedTx): Promise<string> {
  const rows = await tx.$queryRaw<{ now: Date }[]>`select clock_timestamp() as now`;
  if (!rows[0]) throw new Error("Postgres did not say what time it is.");
  return rows[0].now.toISOString();
}

/** Counts what a set would end, by tenant and by device. A tenant that the scope cannot see counts as none. */
export async function countEnded(tx: ScopedTx, set: RevocationSet): Promise<EndedCounts> {
  const rows = await tx.$queryRaw<EndedCounts[]>`
    with candidate as materialized (select c.id from (${endedBySet(set)}) c limit ${previewedMax + 1}),
      hit as materialized (
        select s.id, s.user_id, s.device, s.created_at, t.id as tenant_id, t.slug, t.name
        from gatehouse.living_sessions(array(select c.id from candidate c limit ${previewedMax})) living(id)
        join session s on s.id = living.id
        left join tenant t on t.id = s.active_tenant_id),
      by_tenant as (
        select h.tenant_id, h.slug, h.name, count(*) as sessions from hit h
        group by 1, 2, 3 order by sessions desc, h.slug limit ${previewTenantsMax}),
      by_device as (select h.device, count(*) as sessions from hit h group by 1)
    select (select count(*) > ${previewedMax} from candidate) as capped,
      count(*)::int as matching, count(distinct hit.user_id)::int as users,
      array(select h.id::text from hit h order by h.created_at desc, h.id desc limit ${previewSampleMax}) as sample,
      (select coalesce(json_agg(json_build_object('sessions', b.sessions, 'tenant', case when b.tenant_id is not null
        then json_build_object('id', b.tenant_id, 'slug', b.slug, 'name', b.name) end) order by b.sessions desc, b.slug), '[]')
        from by_tenant b) as tenants,
      (select coalesce(json_agg(json_build_object('device', b.device, 'sessions', b.sessions) order by b.sessions desc, b.device), '[]')
        from by_device b) as devices
    from hit`;
  if (!rows[0]) throw new Error("A count came back without a row.");
  return rows[0];
}

/** Somebody whose sessions a set leaves out. `total` is of all such people, whom the list may not all name. */
export type LeftOutPerson = {
  id: string;
  name: string | null;
  email: string | null;
  reason: "own" | "rank" | "managed_elsewhere";
  sessions: number;
  total: number;
};

/** Whom a set leaves out, one's own session first, then those with the most sessions. */
export async function findLeftOutPeople(tx: ScopedTx, set: RevocationSet): Promise<LeftOutPerson[]> {
  return tx.$queryRaw<LeftOutPerson[]>`
    with candidate as materialized (select l.id, l.user_id, l.reason from (${leftOutBySet(set)}) l limit ${previewedMax})
    select c.user_id::text as id, u.name, u.email, c.reason, count(*)::int as sessions, (sum(count(*)) over ())::int as total
    from gatehouse.living_sessions(array(select c.id from candidate c)) living(id)
    join candidate c on c.id = living.id
    left join "user" u on u.id = c.user_id
    group by c.user_id, u.name, u.email, c.reason
    order by c.reason = 'own' desc, sessions desc, c.user_id limit ${previewLeftOutMax}`;
}

/** These living sessions, the newest first, as rows of the sessions list, whose shape it is for the caller to name. */
export async function findSample<Row>(tx: ScopedTx, ids: string[]): Promise<Row[]> {
  return tx.$queryRaw<Row[]>`
    select s.id::text as id, s.created_at as at, u.id::text as "userId", u.name as "userName", u.email as "userEmail",
      t.id::text as "tenantId", t.slug as "tenantSlug", t.name as "tenantName", s.created_at as "createdAt",
      a.last_seen_at as "lastSeenAt", s.expires_at as "expiresAt",
      gatehouse.idle_deadline(s.created_at, a.last_seen_at, s.idle_seconds, p.activity_lost_at, p.activity_resumed_at) as "idleAt",
      host(s.ip_address) as "ipAddress", s.country, s.browser, s.os, s.device, s.method,
      s.authentication_level as "authenticationLevel",
      i.id::text as "impersonatedById", i.name as "impersonatedByName", true as alive,
      null::timestamptz as "endedAt", null as "endReason", null as "endedByType", null as "endedById",
      null as "endedByName", null as "receiptId"
    from session s cross join platform p
    join "user" u on u.id = s.user_id
    left join session_activity a on a.session_id = s.id
    left join tenant t on t.id = s.active_tenant_id
    left join "user" i on i.id = s.impersonated_by_id
    where s.id = any(${ids}::uuid[]) order by s.created_at desc, s.id desc`;
}
