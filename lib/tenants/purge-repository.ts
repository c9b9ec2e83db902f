import type { ScopedTx } from "@/lib/db/scoped-transaction";

/** A tenant whose grace period is over. */
export type DueTenant = { id: string; slug: string };

/** Up to `limit` tenants whose grace period is over, those due longest first. */
export async function findDue(tx: ScopedTx, limit: number): Promise<DueTenant[]> {
  return tx.$queryRaw<DueTenant[]>`
    select id::text as id, slug from tenant where deletes_at <= now() order by deletes_at, id limit ${limit}::int`;
}

/** Takes one step of at most `most` rows; false when the tenant itself has gone. Refused before it is due. */
export async function purgeStep(tx: ScopedTx, tenantId: string, most: number): Promise<boolean> {
  const rows = await tx.$queryRaw<{ more: boolean }[]>`
    select gatehouse.purge_tenant(${tenantId}::uuid, ${most}::int) as more`;
  return rows[0]?.more ?? false;
}
