import type { ScopedTx } from "@/lib/db/scoped-transaction";
import { Prisma } from "@/prisma/generated/client";

/** Limits that would hold: for a scope's sessions, or (with a role) for those of whoever holds it there. */
export type ProposedLimit = { roleId: string | null; idleSeconds: number | null; absoluteSeconds: number | null };

/**
 * How many live sessions of a scope (null: everywhere) would get shorter under these limits, and how many of those counted
 * would be over at once; at most `limit` are counted.
 */
export async function countTightened(
  tx: ScopedTx,
  { tenantId, limits, limit }: { tenantId: string | null; limits: readonly ProposedLimit[]; limit: number },
): Promise<{ shortened: number; ended: number }> {
  if (limits.length === 0) return { shortened: 0, ended: 0 };
  const found = limits.map((proposed) => hit(proposed, { tenantId, limit }));
  const rows = await tx.$queryRaw<{ shortened: number; ended: number }[]>`
    select count(*)::int as shortened, (count(*) filter (where ended))::int as ended from (
      select id, bool_or(ended) as ended from (${Prisma.join(found, " union all ")}) found group by id limit ${limit}) counted`;
  return rows[0] ?? { shortened: 0, ended: 0 };
}

type Place = { tenantId: string | null; limit: number };

function hit({ roleId, idleSeconds, absoluteSeconds }: ProposedLimit, { tenantId, limit }: Place): Prisma.Sql {
  const idle = Prisma.sql`${idleSeconds}::int`;
  const absolute = Prisma.sql`s.created_at + ${absoluteSeconds}::int * interval '1 second'`;
  return Prisma.sql`(
    select s.id, coalesce(${absolute} <= now(), false) or coalesce(gatehouse.idle_deadline(
        s.created_at, a.last_seen_at, ${idle}, p.activity_lost_at, p.activity_resumed_at) <= now(), false) as ended
    from ${roleId === null ? Prisma.sql`session s` : heldBy(roleId, tenantId)}
    cross join platform p
    left join session_activity a on a.session_id = s.id
    where (s.idle_seconds > ${idle} or s.expires_at > ${absolute})
      and ${tenantId === null ? Prisma.sql`true` : Prisma.sql`(s.active_tenant_id = ${tenantId}::uuid or s.home_tenant_id = ${tenantId}::uuid)`}
      and gatehouse.session_is_alive(s)
    limit ${limit})`;
}

// A tenant reads no platform roles and needs none: they are not its to limit.
function heldBy(roleId: string, tenantId: string | null): Prisma.Sql {
  const inTenants = Prisma.sql`
    select m.user_id, m.tenant_id as place from membership_role mr join membership m on m.id = mr.membership_id
    where mr.role_id = ${roleId}::uuid ${tenantId === null ? Prisma.empty : Prisma.sql`and mr.tenant_id = ${tenantId}::uuid`}`;
  const onPlatform = Prisma.sql`
    select a.user_id, null::uuid as place from platform_role_assignment a where a.role_id = ${roleId}::uuid`;
  const holders = tenantId === null ? Prisma.sql`${inTenants} union all ${onPlatform}` : inTenants;
  return Prisma.sql`(${holders}) holder join session s on s.user_id = holder.user_id
    and (holder.place is null or holder.place in (s.home_tenant_id, s.active_tenant_id))`;
}
