import type { ScopedTx } from "@/lib/db/scoped-transaction";

/** How somebody came in: at home in another tenant or not, and whether the inviter's account may still be used. */
export type Admission = { isGuest: boolean; inviterStands: boolean };

type Redemption = { tokenHash: string; userId: string; membershipId: string };

/** Redeems a link in its tenant; null when it cannot be used. Throws on somebody who is a member already. */
export async function redeem(tx: ScopedTx, { tokenHash, userId, membershipId }: Redemption): Promise<Admission | null> {
  const rows = await tx.$queryRaw<Admission[]>`
    select is_guest as "isGuest", inviter_stands as "inviterStands"
    from gatehouse.accept_invitation(${tokenHash}, ${userId}::uuid, ${membershipId}::uuid)`;
  return rows[0] ?? null;
}

/** A role that an invitation gives, as far as it matters for giving it. */
export type InvitedRole = { id: string; key: string; rank: number; permissions: string[] };

/** The roles that an invitation gives. */
export async function findInvitedRoles(tx: ScopedTx, invitationId: string): Promise<InvitedRole[]> {
  const rows = await tx.invitationRole.findMany({
    where: { invitationId },
    select: { role: { select: { id: true, key: true, rank: true, permissions: true } } },
    take: 20,
  });
  return rows.map(({ role }) => role);
}

/** Gives the new member roles. */
export async function insertRoles(tx: ScopedTx, membershipId: string, roleIds: string[]): Promise<void> {
  await tx.membershipRole.createMany({ data: roleIds.map((roleId) => ({ membershipId, roleId })) });
}
