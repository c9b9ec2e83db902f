import type { ScopedTx } from "@/lib/db/scoped-transaction";
import { tenantIdOf } from "@/lib/db/tenant-id-of";

/** Ids of users whose address or name matches, at most `limit`: row-level security would cost a query its text index. */
export async function findMatchingUserIds(tx: ScopedTx, search: string, limit: number): Promise<string[]> {
  const rows = await tx.$queryRaw<{ id: string }[]>`
    select id::text as id from gatehouse.search_users(${search}, 'created_at', true, null, null::uuid, ${limit}::int)`;
  return rows.map(({ id }) => id);
}

/** The id of the tenant with this slug or id, as far as the scope can see it; null for none. */
export async function findTenantId(tx: ScopedTx, tenant: string): Promise<string | null> {
  const rows = await tx.$queryRaw<{ id: string | null }[]>`select ${tenantIdOf(tenant)}::text as id`;
  return rows[0]?.id ?? null;
}

/** The roles with this id, or with this key in the scope. */
export async function findRoleIds(tx: ScopedTx, role: string, scope: "platform" | "tenant"): Promise<string[]> {
  const rows = await tx.$queryRaw<{ id: string }[]>`
    select r.id::text as id from role r where r.id::text = lower(${role}) or (r.key = ${role} and r.scope = ${scope})`;
  return rows.map(({ id }) => id);
}
