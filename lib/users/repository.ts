import { newId } from "@/lib/db/new-id";
import type { ScopedTx } from "@/lib/db/scoped-transaction";
import type { Prisma } from "@/prisma/generated/client";

const tenantReference = { id: true, slug: true, name: true } as const satisfies Prisma.TenantSelect;
const heldRole = { role: { select: { id: true, key: true, name: true } } } as const;

const columns = {
  id: true,
  email: true,
  name: true,
  emailVerified: true,
  createdAt: true,
  invitedAt: true,
  lockedAt: true,
  lockedUntil: true,
  lockedReason: true,
  homeTenant: { select: tenantReference },
  activity: { select: { lastSeenAt: true } },
  memberships: {
    select: { createdAt: true, tenant: { select: tenantReference }, roles: { select: heldRole } },
    orderBy: { createdAt: "asc" },
    take: 100,
  },
} as const satisfies Prisma.UserSelect;

const platformColumns = { ...columns, platformRoles: { select: heldRole } } as const satisfies Prisma.UserSelect;

/** A user with what it refers to. `platformRoles` is absent in a tenant's scope, whose role may not read them. */
export type UserRow = Prisma.UserGetPayload<{ select: typeof columns }> &
  Partial<Pick<Prisma.UserGetPayload<{ select: typeof platformColumns }>, "platformRoles">>;

/** Columns of a user that an administrator may write. */
export type UserChanges = Pick<
  Prisma.UserUncheckedUpdateInput,
  "name" | "lockedAt" | "lockedUntil" | "lockedReason" | "homeTenantId"
>;

/** A user to insert. */
export type NewUser = {
  id: string;
  email: string;
  name: string;
  homeTenantId: string | null;
  invitedAt: Date | null;
  emailVerified?: boolean;
};

/** The users with these ids, in the order of the ids; ids of nobody are left out. */
export async function findByIds(tx: ScopedTx, ids: string[], scope: "platform" | "tenant"): Promise<UserRow[]> {
  const where = { id: { in: ids } };
  const rows: UserRow[] =
    scope === "platform"
      ? await tx.user.findMany({ where, select: platformColumns, take: ids.length })
      : await tx.user.findMany({ where, select: columns, take: ids.length });
  const byId = new Map(rows.map((row) => [row.id, row]));
  return ids.flatMap((id) => byId.get(id) ?? []);
}

/** The one user with this id, held against changes until the transaction ends. */
export async function lockById(tx: ScopedTx, id: string): Promise<boolean> {
  const rows = await tx.$queryRaw<unknown[]>`select 1 from "user" where id = ${id}::uuid for no key update`;
  return rows.length > 0;
}

/** Inserts a user; false for an address that somebody has, also where the scope may not see them. */
export async function insert(tx: ScopedTx, user: NewUser): Promise<boolean> {
  return (await tx.user.createMany({ data: [user], skipDuplicates: true })).count > 0;
}

/** Writes the changes to one user. */
export async function update(tx: ScopedTx, id: string, changes: UserChanges): Promise<void> {
  await tx.user.updateMany({ where: { id }, data: changes });
}

/** Deletes one user with everything that hangs on it. */
export async function remove(tx: ScopedTx, id: string): Promise<void> {
  await tx.user.deleteMany({ where: { id } });
}

/** Gives a user a password by its hash; a function of the database checks that the scope may. */
export async function setPasswordHash(tx: ScopedTx, userId: string, passwordHash: string): Promise<void> {
  await tx.$executeRaw`select gatehouse.set_password_hash(${userId}::uuid, ${passwordHash})`;
}

/** Makes a user a member of a tenant; the membership's id. */
export async function insertMembership(tx: ScopedTx, tenantId: string, userId: string): Promise<string> {
  const id = newId();
  await tx.membership.createMany({ data: [{ id, tenantId, userId }] });
  return id;
}

/** The tenant with this slug, if the user is a member of it. */
export async function findTenantOfMember(
  tx: ScopedTx,
  slug: string,
  userId: string,
): Promise<{ id: string; slug: string } | null> {
  const where = { slug, memberships: { some: { userId } } };
  return tx.tenant.findFirst({ where, select: { id: true, slug: true } });
}
