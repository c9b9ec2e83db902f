import type { ScopedTx } from "@/lib/db/scoped-transaction";

/** A role as far as it matters for assigning it. */
export type AssignableRole = { id: string; key: string; scope: string; rank: number; permissions: string[] };

/** The roles with these ids that the transaction may see. */
export async function findRoles(tx: ScopedTx, ids: string[]): Promise<AssignableRole[]> {
  const select = { id: true, key: true, scope: true, rank: true, permissions: true } as const;
  return tx.role.findMany({ where: { id: { in: ids } }, select, take: ids.length });
}

/** Gives a user platform roles. */
export async function insertPlatformRoles(tx: ScopedTx, userId: string, roleIds: string[]): Promise<void> {
  await tx.platformRoleAssignment.createMany({ data: roleIds.map((roleId) => ({ userId, roleId })) });
}

/** Gives a member of a tenant roles there. */
export async function insertMembershipRoles(
  tx: ScopedTx,
  { tenantId, membershipId }: { tenantId: string; membershipId: string },
  roleIds: string[],
): Promise<void> {
  await tx.membershipRole.createMany({ data: roleIds.map((roleId) => ({ tenantId, membershipId, roleId })) });
}
