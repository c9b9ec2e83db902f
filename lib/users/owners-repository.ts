import type { ScopedTx } from "@/lib/db/scoped-transaction";
import { Prisma } from "@/prisma/generated/client";

/** Somebody as an owner of a tenant, or of the platform where `tenantId` is null. */
export type Owner = { userId: string; tenantId: string | null; ownerRoleId: string };

/** Waits for every other transaction that may take an owner away, and makes those that follow wait for this one. */
export async function holdOwners(tx: ScopedTx, tenantId: string | null): Promise<void> {
  await tx.$executeRaw`select gatehouse.hold_grants(${tenantId}::uuid, false)`;
}

/** Whether the user holds the owner's role; a membership is held against changes, ahead of what others hold. */
export async function lockOwner(tx: ScopedTx, { userId, tenantId, ownerRoleId }: Owner): Promise<boolean> {
  const rows =
    tenantId === null
      ? await tx.$queryRaw<unknown[]>`
          select 1 from platform_role_assignment where user_id = ${userId}::uuid and role_id = ${ownerRoleId}::uuid`
      : await tx.$queryRaw<unknown[]>`
          select 1 from membership m where m.tenant_id = ${tenantId}::uuid and m.user_id = ${userId}::uuid
            and exists (select 1 from membership_role r where r.membership_id = m.id and r.role_id = ${ownerRoleId}::uuid)
          for no key update of m`;
  return rows.length > 0;
}

/** Whether somebody else is an owner and not locked. */
export async function otherOwnerExists(tx: ScopedTx, { userId, tenantId, ownerRoleId }: Owner): Promise<boolean> {
  const holders =
    tenantId === null
      ? Prisma.sql`select a.user_id from platform_role_assignment a where a.role_id = ${ownerRoleId}::uuid`
      : Prisma.sql`select m.user_id from membership_role r join membership m on m.id = r.membership_id
          where r.tenant_id = ${tenantId}::uuid and r.role_id = ${ownerRoleId}::uuid`;
  const rows = await tx.$queryRaw<unknown[]>`
    select 1 from (${holders}) h join "user" u on u.id = h.user_id
    where h.user_id <> ${userId}::uuid and (u.locked_at is null or u.locked_until <= now())
    limit 1`;
  return rows.length > 0;
}
