import type { ScopedTx } from "@/lib/db/scoped-transaction";

/** A user who may get a role in the scope; `membershipId` is null on the platform and for who is no member. */
export type Assignee = { id: string; email: string; membershipId: string | null };

/** Where somebody holds roles: on the platform, or by a membership of a tenant. */
export type Place = { userId: string; tenantId: string | null; membershipId: string | null };

/** The user in the scope; what the roles hang on is held against changes until the transaction ends. */
export async function lockAssignee(tx: ScopedTx, tenantId: string | null, userId: string): Promise<Assignee | null> {
  if (tenantId === null) {
    const rows = await tx.$queryRaw<Assignee[]>`
      select id::text as id, email, null as "membershipId" from "user" where id = ${userId}::uuid for no key update`;
    return rows[0] ?? null;
  }
  const [user] = await tx.$queryRaw<Assignee[]>`
    select id::text as id, email, null as "membershipId" from "user" where id = ${userId}::uuid`;
  if (!user) return null;
  const members = await tx.$queryRaw<{ id: string }[]>`
    select id::text as id from membership where tenant_id = ${tenantId}::uuid and user_id = ${userId}::uuid
    for no key update`;
  return { ...user, membershipId: members[0]?.id ?? null };
}

/** Gives a role; false if it is held already. */
export async function insertAssignment(tx: ScopedTx, place: Place, roleId: string): Promise<boolean> {
  const { userId, tenantId, membershipId } = place;
  const inserted =
    tenantId === null
      ? await tx.$executeRaw`insert into platform_role_assignment (user_id, role_id)
          values (${userId}::uuid, ${roleId}::uuid) on conflict do nothing`
      : await tx.$executeRaw`insert into membership_role (tenant_id, membership_id, role_id)
          values (${tenantId}::uuid, ${membershipId}::uuid, ${roleId}::uuid) on conflict do nothing`;
  return inserted > 0;
}

/** Whether a role is held. */
export async function isHeld(tx: ScopedTx, place: Place, roleId: string): Promise<boolean> {
  const { userId, tenantId, membershipId } = place;
  const rows =
    tenantId === null
      ? await tx.$queryRaw<unknown[]>`select 1 from platform_role_assignment
          where user_id = ${userId}::uuid and role_id = ${roleId}::uuid`
      : await tx.$queryRaw<unknown[]>`select 1 from membership_role
          where membership_id = ${membershipId}::uuid and role_id = ${roleId}::uuid`;
  return rows.length > 0;
}

/** Takes a role away. */
export async function removeAssignment(tx: ScopedTx, place: Place, roleId: string): Promise<void> {
  const { userId, tenantId, membershipId } = place;
  if (tenantId === null) {
    await tx.$executeRaw`delete from platform_role_assignment
      where user_id = ${userId}::uuid and role_id = ${roleId}::uuid`;
    return;
  }
  await tx.$executeRaw`delete from membership_role
    where membership_id = ${membershipId}::uuid and role_id = ${roleId}::uuid`;
}
