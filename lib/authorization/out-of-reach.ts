import { Prisma } from "@/prisma/generated/client";

/** How far a caller reaches: people who hold a rank of `rankMin` or more in the scope are out of it. */
export type Reach = { inTenant: boolean; rankMin: number };

/**
 * A select of `user_id` and `reason` of everybody who is out of reach, for the one person of an act and for the many of a
 * set alike. The reason is `rank`, or `managed_elsewhere` for one of a tenant's own people who also runs the platform.
 * Somebody may stand in it twice.
 */
export function outOfReach({ inTenant, rankMin }: Reach): Prisma.Sql {
  const rank = Prisma.sql`'rank' as reason`;
  // Who holds no role has the rank 0.
  if (rankMin <= 0) return Prisma.sql`select u.id as user_id, ${rank} from "user" u`;
  // The few roles first: of their holders an index knows, and nobody else has to be looked at.
  const roles = Prisma.sql`any (array(select r.id from role r where r.rank >= ${rankMin}::int))`;
  if (!inTenant)
    return Prisma.sql`select a.user_id, ${rank} from platform_role_assignment a where a.role_id = ${roles}`;
  return Prisma.sql`select m.user_id, ${rank} from membership_role mr join membership m on m.id = mr.membership_id
      where mr.tenant_id = (select gatehouse.current_tenant_id()) and mr.role_id = ${roles}
    union all select above.user_id, 'managed_elsewhere' from gatehouse.users_above_home() above(user_id)`;
}
