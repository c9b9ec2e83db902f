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
export type UserChanges = Pick<Prisma.UserUncheckedUpdateInput, "name" | "lockedAt" | "lockedUntil" | "lockedReason">;

/** A user to insert. */
export type NewUser = { id: string; email: string; name: string; homeTenantId: string | null; invitedAt: Date | null };

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
  const rows = await tx.$queryRaw<unknown[]>`select 1 from "user" where id = ${id}::uuid for update`;
  return rows.length > 0;
}

/** Whether an address is taken in this scope. */
export async function isEmailTaken(tx: ScopedTx, email: string): Promise<boolean> {
  return (await tx.user.findUnique({ where: { email }, select: { id: true } })) !== null;
}

/** Inserts a user; throws on an address that exists. */
export async function insert(tx: ScopedTx, user: NewUser): Promise<void> {
  await tx.user.createMany({ data: [user] });
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
