import type { ScopedTx } from "@/lib/db/scoped-transaction";
import type { Prisma } from "@/prisma/generated/client";

const columns = {
  id: true,
  slug: true,
  name: true,
  createdAt: true,
  suspendedAt: true,
  suspendedReason: true,
  deletionRequestedAt: true,
  deletesAt: true,
} as const satisfies Prisma.TenantSelect;

/** A tenant as it is stored. */
export type TenantRow = Prisma.TenantGetPayload<{ select: typeof columns }>;

/** Columns of a tenant that an administrator may write. */
export type TenantChanges = Partial<Omit<TenantRow, "id" | "createdAt">>;

/** The tenants with these ids, in the order of the ids. */
export async function findByIds(tx: ScopedTx, ids: string[]): Promise<TenantRow[]> {
  const rows = await tx.tenant.findMany({ where: { id: { in: ids } }, select: columns, take: ids.length });
  const byId = new Map(rows.map((row) => [row.id, row]));
  return ids.flatMap((id) => byId.get(id) ?? []);
}

/** The tenant with this slug. */
export async function findBySlug(tx: ScopedTx, slug: string): Promise<TenantRow | null> {
  return tx.tenant.findUnique({ where: { slug }, select: columns });
}

/** Holds the tenant with this slug against other changes, and against sessions that begin in it. */
export async function lockBySlug(tx: ScopedTx, slug: string): Promise<boolean> {
  const rows = await tx.$queryRaw<unknown[]>`select 1 from tenant where slug = ${slug} for update`;
  return rows.length > 0;
}

/** Inserts a tenant; throws on a slug that exists. */
export async function insert(tx: ScopedTx, tenant: { id: string; slug: string; name: string }): Promise<void> {
  await tx.tenant.createMany({ data: [tenant] });
}

/** Writes the changes to one tenant. */
export async function update(tx: ScopedTx, id: string, changes: TenantChanges): Promise<void> {
  await tx.tenant.updateMany({ where: { id }, data: changes });
}

/** How many members each of these tenants has, counted up to `cap`. */
export async function countMembers(tx: ScopedTx, ids: string[], cap: number): Promise<Map<string, number>> {
  const rows = await tx.$queryRaw<{ id: string; count: number }[]>`
    select t.id::text as id, counted.count from unnest(${ids}::uuid[]) as t (id)
    cross join lateral (
      select count(*)::int as count from (select from membership m where m.tenant_id = t.id limit ${cap}::int) m
    ) counted`;
  return new Map(rows.map(({ id, count }) => [id, count]));
}
