import type { ScopedTx } from "@/lib/db/scoped-transaction";

type Owner = { userId: string; ownerRoleId: string };

/** Waits for every other transaction that may take an owner away, and makes those that follow wait for this one. */
export async function holdOwners(tx: ScopedTx): Promise<void> {
  await tx.$executeRaw`select pg_advisory_xact_lock(hashtext('gatehouse.platform-owners'))`;
}

/** Whether the user holds the platform's owner role. */
export async function isPlatformOwner(tx: ScopedTx, { userId, ownerRoleId }: Owner): Promise<boolean> {
  const where = { userId_roleId: { userId, roleId: ownerRoleId } };
  return (await tx.platformRoleAssignment.findUnique({ where, select: { userId: true } })) !== null;
}

/** Whether somebody else is an owner and not locked. */
export async function otherOwnerExists(tx: ScopedTx, { userId, ownerRoleId }: Owner): Promise<boolean> {
  const rows = await tx.$queryRaw<unknown[]>`
    select 1 from platform_role_assignment a join "user" u on u.id = a.user_id
    where a.role_id = ${ownerRoleId}::uuid and a.user_id <> ${userId}::uuid
      and (u.locked_at is null or u.locked_until <= now())
    limit 1`;
  return rows.length > 0;
}
