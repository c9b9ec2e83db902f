import type { ScopedTx } from "@/lib/db/scoped-transaction";
import { Prisma } from "@/prisma/generated/client";

/** A role of the scope as far as it matters for who may do what. */
export type AccessRole = { id: string; key: string; name: string; rank: number; permissions: string[] | null };

/** The person of whom is asked. */
export type AccessUser = { id: string; name: string; email: string; locked: boolean; isMember: boolean };

const isLocked = Prisma.sql`(u.locked_at is not null and (u.locked_until is null or u.locked_until > now()))`;

/** A user of the scope; `isMember` is always true on the platform. */
export async function findAccessUser(
  tx: ScopedTx,
  tenantId: string | null,
  userId: string,
): Promise<AccessUser | null> {
  const rows = await tx.$queryRaw<AccessUser[]>`
    select u.id::text as id, u.name, u.email, ${isLocked} as locked, ${tenantId}::uuid is null or exists (
      select 1 from membership m where m.user_id = u.id and m.tenant_id = ${tenantId}::uuid) as "isMember"
    from "user" u where u.id = ${userId}::uuid`;
  return rows[0] ?? null;
}

/** Every role of the scope, lowest rank first, at most `limit`. */
export async function findRoles(tx: ScopedTx, tenantId: string | null, limit: number): Promise<AccessRole[]> {
  const ofScope =
    tenantId === null
      ? Prisma.sql`r.scope = 'platform'`
      : Prisma.sql`r.scope = 'tenant' and (r.tenant_id = ${tenantId}::uuid or r.built_in)`;
  return tx.$queryRaw<AccessRole[]>`
    select r.id::text as id, r.key, r.name, r.rank, r.permissions from role r where ${ofScope}
    order by r.rank, r.id limit ${limit}`;
}

/** Ids of the scope's roles that a user holds. */
export async function findHeldIds(tx: ScopedTx, tenantId: string | null, userId: string): Promise<Set<string>> {
  const rows =
    tenantId === null
      ? await tx.$queryRaw<{ id: string }[]>`
          select role_id::text as id from platform_role_assignment where user_id = ${userId}::uuid`
      : await tx.$queryRaw<{ id: string }[]>`
          select mr.role_id::text as id from membership m join membership_role mr on mr.membership_id = m.id
          where m.tenant_id = ${tenantId}::uuid and m.user_id = ${userId}::uuid`;
  return new Set(rows.map(({ id }) => id));
}

/** Whether the tenant of the transaction is suspended. */
export async function isSuspended(tx: ScopedTx, tenantId: string | null): Promise<boolean> {
  if (tenantId === null) return false;
  const rows = await tx.$queryRaw<unknown[]>`
    select 1 from tenant where id = ${tenantId}::uuid and suspended_at is not null`;
  return rows.length > 0;
}

/** Somebody who holds one of the roles; `position` is what the next page starts behind. */
export type HolderRow = {
  position: string;
  id: string;
  name: string;
  email: string;
  locked: boolean;
  roleIds: string[];
};

type HoldersQuery = { tenantId: string | null; roleIds: string[]; after: string | undefined; limit: number };

// From each role's holders no more than a page is read, along an index, however many there are.
/** One page of those who hold at least one of the roles. */
export async function findHoldersPage(tx: ScopedTx, query: HoldersQuery): Promise<HolderRow[]> {
  const { tenantId, roleIds, after = null, limit } = query;
  if (tenantId === null) {
    return tx.$queryRaw<HolderRow[]>`
      select u.id::text as position, u.id::text as id, u.name, u.email, ${isLocked} as locked,
        array(select a.role_id::text from platform_role_assignment a
          where a.user_id = u.id and a.role_id = any(${roleIds}::uuid[])) as "roleIds"
      from (select distinct x.user_id from unnest(${roleIds}::uuid[]) wanted (id) cross join lateral (
          select a.user_id from platform_role_assignment a
          where a.role_id = wanted.id and (${after}::uuid is null or a.user_id > ${after}::uuid)
          order by a.user_id limit ${limit}) x
        order by x.user_id limit ${limit}) h
      join "user" u on u.id = h.user_id order by u.id`;
  }
  return tx.$queryRaw<HolderRow[]>`
    select m.id::text as position, u.id::text as id, u.name, u.email, ${isLocked} as locked,
      array(select mr.role_id::text from membership_role mr
        where mr.membership_id = m.id and mr.role_id = any(${roleIds}::uuid[])) as "roleIds"
    from (select distinct x.membership_id from unnest(${roleIds}::uuid[]) wanted (id) cross join lateral (
        select mr.membership_id from membership_role mr
        where mr.tenant_id = ${tenantId}::uuid and mr.role_id = wanted.id
          and (${after}::uuid is null or mr.membership_id > ${after}::uuid)
        order by mr.membership_id limit ${limit}) x
      order by x.membership_id limit ${limit}) h
    join membership m on m.id = h.membership_id join "user" u on u.id = m.user_id order by m.id`;
}
