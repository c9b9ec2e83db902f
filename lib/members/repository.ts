import type { ScopedTx } from "@/lib/db/scoped-transaction";
import { Prisma } from "@/prisma/generated/client";

const roleColumns = { role: { select: { id: true, key: true, name: true } } } as const;

const columns = {
  id: true,
  userId: true,
  createdAt: true,
  roles: { select: roleColumns, orderBy: { role: { rank: "desc" } } },
  user: {
    select: {
      id: true,
      email: true,
      name: true,
      homeTenantId: true,
      invitedAt: true,
      lockedAt: true,
      lockedUntil: true,
      activity: { select: { lastSeenAt: true } },
    },
  },
} as const satisfies Prisma.MembershipSelect;

/** A membership with its user and roles. */
export type MemberRow = Prisma.MembershipGetPayload<{ select: typeof columns }>;

/** The members with these user ids, in the order of the ids; who is no member is left out. */
export async function findByUserIds(tx: ScopedTx, tenantId: string, userIds: string[]): Promise<MemberRow[]> {
  const where = { tenantId, userId: { in: userIds } };
  const rows = await tx.membership.findMany({ where, select: columns, take: userIds.length });
  const byUser = new Map(rows.map((row) => [row.userId, row]));
  return userIds.flatMap((id) => byUser.get(id) ?? []);
}

/**
 * One membership, held with its user against changes until the transaction ends. The user comes first, as at sign-in;
 * where the tenant does not manage the account, nothing of it changes and nothing need be held.
 */
export async function lockMember(tx: ScopedTx, tenantId: string, userId: string): Promise<MemberRow | null> {
  await tx.$queryRaw`select 1 from "user" where id = ${userId}::uuid for update`;
  await tx.$queryRaw`
    select 1 from membership where tenant_id = ${tenantId}::uuid and user_id = ${userId}::uuid for update`;
  const [row] = await findByUserIds(tx, tenantId, [userId]);
  return row ?? null;
}

/** Removes one membership with its roles; triggers end what is left of its sessions and release the account. */
export async function remove(tx: ScopedTx, id: string): Promise<void> {
  await tx.membership.deleteMany({ where: { id } });
}

const myColumns = {
  createdAt: true,
  tenant: { select: { id: true, slug: true, name: true, suspendedAt: true, suspendedReason: true } },
  roles: { select: roleColumns, orderBy: { role: { rank: "desc" } } },
  user: { select: { homeTenantId: true } },
} as const satisfies Prisma.MembershipSelect;

/** One of a user's memberships, seen from the user's side. */
export type MyTenantRow = Prisma.MembershipGetPayload<{ select: typeof myColumns }>;

type MyPage = {
  userId: string;
  /** The one tenant to list; null: all of them. */
  only: string | null;
  after: { name: string; id: string } | undefined;
  limit: number;
};

/** One page of the tenants of a user, by name. */
export async function findTenantsOf(tx: ScopedTx, { userId, only, after, limit }: MyPage): Promise<MyTenantRow[]> {
  const beyond = after ? Prisma.sql`and (t.name, t.id) > (${after.name}, ${after.id}::uuid)` : Prisma.empty;
  const places = await tx.$queryRaw<{ id: string }[]>`
    select m.id::text as id from membership m join tenant t on t.id = m.tenant_id
    where m.user_id = ${userId}::uuid and m.tenant_id = coalesce(${only}::uuid, m.tenant_id) ${beyond} order by t.name, t.id limit ${limit}`;
  const ids = places.map(({ id }) => id);
  const rows = await tx.membership.findMany({
    where: { id: { in: ids } },
    select: { id: true, ...myColumns },
    take: limit,
  });
  const byId = new Map(rows.map((row) => [row.id, row]));
  return ids.flatMap((id) => byId.get(id) ?? []);
}
