import type { ScopedTx } from "@/lib/db/scoped-transaction";
import { Prisma } from "@/prisma/generated/client";

/** A role in the scope where it is held. */
type RoleHere = { roleId: string; tenantId: string | null };

/** A person who holds a role. */
export type Holder = { id: string; name: string; email: string };

/** Some of those who hold a role, by address, at most `limit`. */
export async function findSomeHolders(tx: ScopedTx, role: RoleHere, limit: number): Promise<Holder[]> {
  return tx.$queryRaw<Holder[]>`
    select u.id::text as id, u.name, u.email from (${holdersOf(role)} limit ${limit}) h join "user" u on u.id = h.user_id
    order by u.email`;
}

/** Whether somebody holds a role whose highest rank in the scope is not below `limit`, or who stands above the tenant. */
export async function isHeldAtRank(tx: ScopedTx, role: RoleHere, limit: number): Promise<boolean> {
  const { roleId, tenantId } = role;
  const rows =
    tenantId === null
      ? await tx.$queryRaw<unknown[]>`
          select 1 from platform_role_assignment h
          join platform_role_assignment a on a.user_id = h.user_id join role r on r.id = a.role_id
          where h.role_id = ${roleId}::uuid and r.rank >= ${limit}::int limit 1`
      : await tx.$queryRaw<unknown[]>`
          select 1 from membership_role h
          join membership_role mr on mr.membership_id = h.membership_id join role r on r.id = mr.role_id
          join membership m on m.id = h.membership_id
          where h.tenant_id = ${tenantId}::uuid and h.role_id = ${roleId}::uuid and (r.rank >= ${limit}::int
            or (gatehouse.is_at_home(m.user_id) and not gatehouse.manages_user(m.user_id))) limit 1`;
  return rows.length > 0;
}

/** Whether one of these users holds the role. */
export async function isHeldByAny(tx: ScopedTx, role: RoleHere, userIds: string[]): Promise<boolean> {
  const rows = await tx.$queryRaw<unknown[]>`
    select 1 from (${holdersOf(role)}) h where h.user_id = any(${userIds}::uuid[]) limit 1`;
  return rows.length > 0;
}

/** Gives everybody who holds a role another one in its place. */
export async function moveHolders(tx: ScopedTx, { roleId, tenantId }: RoleHere, replacementId: string): Promise<void> {
  if (tenantId === null) {
    await tx.$executeRaw`insert into platform_role_assignment (user_id, role_id)
      select user_id, ${replacementId}::uuid from platform_role_assignment where role_id = ${roleId}::uuid
      on conflict do nothing`;
    await tx.$executeRaw`delete from platform_role_assignment where role_id = ${roleId}::uuid`;
    return;
  }
  await tx.$executeRaw`insert into membership_role (tenant_id, membership_id, role_id)
    select tenant_id, membership_id, ${replacementId}::uuid from membership_role
    where tenant_id = ${tenantId}::uuid and role_id = ${roleId}::uuid on conflict do nothing`;
  await tx.$executeRaw`delete from membership_role where tenant_id = ${tenantId}::uuid and role_id = ${roleId}::uuid`;
}

function holdersOf({ roleId, tenantId }: RoleHere): Prisma.Sql {
  if (tenantId === null) {
    return Prisma.sql`select a.user_id from platform_role_assignment a where a.role_id = ${roleId}::uuid`;
  }
  return Prisma.sql`select m.user_id from membership_role mr join membership m on m.id = mr.membership_id
    where mr.tenant_id = ${tenantId}::uuid and mr.role_id = ${roleId}::uuid`;
}
