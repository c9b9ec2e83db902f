import type { ScopedTx } from "@/lib/db/scoped-transaction";

/**
 * Waits until no other transaction is changing grants in a tenant (null: on the platform), and keeps others from it until
 * this one ends. `shared`: others may rely on them at the same time, and only who changes them waits.
 */
export async function holdGrantsOf(
  tx: ScopedTx,
  { tenantId, shared }: { tenantId: string | null; shared: boolean },
): Promise<void> {
  await tx.$executeRaw`select gatehouse.hold_grants(${tenantId}::uuid, ${shared})`;
}
