import type { ScopedTx } from "@/lib/db/scoped-transaction";

/** The highest rank that a user holds on the platform; 0 without a role. Needs the platform's scope. */
export async function platformRankOf(tx: ScopedTx, userId: string): Promise<number> {
  const rows = await tx.$queryRaw<{ rank: number }[]>`
    select coalesce(max(r.rank), 0)::int as rank
    from platform_role_assignment a join role r on r.id = a.role_id where a.user_id = ${userId}::uuid`;
  return rows[0]?.rank ?? 0;
}

/** The highest rank that a user holds in a tenant; 0 without a role. */
export async function tenantRankOf(tx: ScopedTx, userId: string, tenantId: string): Promise<number> {
  const rows = await tx.$queryRaw<{ rank: number }[]>`
    select coalesce(max(r.rank), 0)::int as rank
    from membership m join membership_role mr on mr.membership_id = m.id join role r on r.id = mr.role_id
    where m.user_id = ${userId}::uuid and m.tenant_id = ${tenantId}::uuid`;
  return rows[0]?.rank ?? 0;
}

/** Whether a user is at home in the current tenant and yet above it: a holder of a platform role. */
export async function isAboveHome(tx: ScopedTx, userId: string): Promise<boolean> {
  const rows = await tx.$queryRaw<{ above: boolean }[]>`
    select gatehouse.is_at_home(${userId}::uuid) and not gatehouse.manages_user(${userId}::uuid) as above`;
  return rows[0]?.above ?? true;
}
