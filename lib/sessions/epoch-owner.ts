import { Prisma } from "@/prisma/generated/client";

/**
 * Whose sessions an epoch covers: a user's all; a user's that are active in one tenant; or a tenant's, which are those
 * active in it and those of people at home in it.
 */
export type EpochOwner = { userId: string; tenantId: string | null } | { userId: null; tenantId: string };

/** The row that holds the epoch, and that new sessions share. */
export function epochHolder({ userId, tenantId }: EpochOwner): { table: Prisma.Sql; where: Prisma.Sql } {
  if (userId === null) return { table: Prisma.sql`tenant`, where: Prisma.sql`id = ${tenantId}::uuid` };
  if (tenantId === null) return { table: Prisma.sql`"user"`, where: Prisma.sql`id = ${userId}::uuid` };
  return {
    table: Prisma.sql`membership`,
    where: Prisma.sql`user_id = ${userId}::uuid and tenant_id = ${tenantId}::uuid`,
  };
}

/** What the raise to `epoch` ended of sessions `s`, one condition for each index that leads there. */
export function endedByRaise(owner: EpochOwner, epoch: number): Prisma.Sql[] {
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

/** Which sessions `s` the epoch covers. */
export function coveredBy({ userId, tenantId }: EpochOwner): Prisma.Sql {
  if (userId === null) {
    return Prisma.sql`(s.active_tenant_id = ${tenantId}::uuid or s.home_tenant_id = ${tenantId}::uuid)`;
  }
  const ofUser = Prisma.sql`s.user_id = ${userId}::uuid`;
  return tenantId === null ? ofUser : Prisma.sql`${ofUser} and s.active_tenant_id = ${tenantId}::uuid`;
}
