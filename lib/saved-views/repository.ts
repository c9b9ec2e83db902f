import type { ScopedTx } from "@/lib/db/scoped-transaction";
import { Prisma } from "@/prisma/generated/client";

/** A view with its owner's name, which is null where the scope does not show the person. */
export type SavedViewRow = {
  id: string;
  list: string;
  name: string;
  query: unknown;
  shared: boolean;
  ownerId: string;
  ownerName: string | null;
  createdAt: Date;
  updatedAt: Date;
};

/** Whose views are meant: a scope's (the platform's where `tenantId` is null), as one person sees them; nobody sees the shared ones alone. */
export type ViewReader = { tenantId: string | null; userId: string | null };

/** A view to insert; its tenant is the transaction's. */
export type NewSavedView = { id: string; ownerId: string; list: string; name: string; query: object; shared: boolean };

/** The views of a list that somebody sees, by name; at most `limit`. */
export async function findByList(
  tx: ScopedTx,
  { list, limit, ...reader }: ViewReader & { list: string; limit: number },
): Promise<SavedViewRow[]> {
  return tx.$queryRaw<SavedViewRow[]>`
    ${selectViews} where ${isSeenBy(reader)} and v.list = ${list} order by lower(v.name), v.id limit ${limit}`;
}

/** The view with this id, if that person sees it; held against changes until the transaction ends. */
export async function lockById(tx: ScopedTx, reader: ViewReader, id: string): Promise<SavedViewRow | null> {
  const rows = await tx.$queryRaw<SavedViewRow[]>`
    ${selectViews} where ${isSeenBy(reader)} and v.id = ${id}::uuid for update of v`;
  return rows[0] ?? null;
}

/** How many views of a list one person has, and how many are shared, each counted up to `cap`. */
export async function countByList(
  tx: ScopedTx,
  { tenantId, userId, list, cap }: { tenantId: string | null; userId: string; list: string; cap: number },
): Promise<{ own: number; shared: number }> {
  const count = (condition: Prisma.Sql) => Prisma.sql`(select count(*)::int from (
    select from saved_view v where ${isOf(tenantId)} and v.list = ${list} and ${condition} limit ${cap}) counted)`;
  const rows = await tx.$queryRaw<{ own: number; shared: number }[]>`
    select ${count(Prisma.sql`v.owner_id = ${userId}::uuid`)} as own, ${count(Prisma.sql`v.shared`)} as shared`;
  return rows[0] ?? { own: 0, shared: 0 };
}

/** Whether a person has another view of this name. */
export async function isNameTaken(
  tx: ScopedTx,
  {
    tenantId,
    ownerId,
    list,
    name,
    exceptId,
  }: Omit<NewSavedView, "id" | "query" | "shared"> & { tenantId: string | null; exceptId: string | null },
): Promise<boolean> {
  const rows = await tx.$queryRaw<unknown[]>`
    select 1 from saved_view v where ${isOf(tenantId)} and v.owner_id = ${ownerId}::uuid and v.list = ${list} and v.name = ${name}
      and v.id is distinct from ${exceptId}::uuid limit 1`;
  return rows.length > 0;
}

/** Inserts a view. */
export async function insert(tx: ScopedTx, view: NewSavedView): Promise<void> {
  await tx.savedView.createMany({ data: [view] });
}

/** Changes a view. */
export async function update(
  tx: ScopedTx,
  id: string,
  { name, query, shared }: { name: string; query: object; shared: boolean },
): Promise<void> {
  await tx.savedView.updateMany({ where: { id }, data: { name, query, shared, updatedAt: new Date() } });
}

/** Removes a view. */
export async function remove(tx: ScopedTx, id: string): Promise<void> {
  await tx.savedView.deleteMany({ where: { id } });
}

const selectViews = Prisma.sql`
  select v.id::text as id, v.list, v.name, v.query, v.shared, v.owner_id::text as "ownerId", u.name as "ownerName",
    v.created_at as "createdAt", v.updated_at as "updatedAt"
  from saved_view v left join "user" u on u.id = v.owner_id`;

function isOf(tenantId: string | null): Prisma.Sql {
  return Prisma.sql`v.tenant_id is not distinct from ${tenantId}::uuid`;
}

function isSeenBy({ tenantId, userId }: ViewReader): Prisma.Sql {
  const isOwn = userId === null ? Prisma.sql`false` : Prisma.sql`v.owner_id = ${userId}::uuid`;
  return Prisma.sql`${isOf(tenantId)} and (v.shared or ${isOwn})`;
}
