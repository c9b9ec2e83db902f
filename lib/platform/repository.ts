import type { ScopedTx } from "@/lib/db/scoped-transaction";

type NewHolder = { id: string; email: string; name: string; passwordHash: string; roleId: string };

/** Holds everybody else off who would make a first owner or use the link, until the end of the transaction. */
export async function lockPlatform(tx: ScopedTx): Promise<{ setupTokenHash: string | null; isLinkAlive: boolean }> {
  const rows = await tx.$queryRaw<{ setupTokenHash: string | null; isLinkAlive: boolean }[]>`
    select setup_token_hash as "setupTokenHash", coalesce(setup_expires_at > now(), false) as "isLinkAlive"
    from platform for update`;
  return rows[0] ?? { setupTokenHash: null, isLinkAlive: false };
}

/** Whether somebody holds a platform role. */
export async function hasHolder(tx: ScopedTx, roleId: string): Promise<boolean> {
  const assignment = await tx.platformRoleAssignment.findFirst({ where: { roleId }, select: { userId: true } });
  return assignment !== null;
}

/** Whether an address is taken. */
export async function isEmailTaken(tx: ScopedTx, email: string): Promise<boolean> {
  return (await tx.user.findUnique({ where: { email }, select: { id: true } })) !== null;
}

/** Writes a user with a password and a platform role. */
export async function insertHolder(tx: ScopedTx, { id, email, name, passwordHash, roleId }: NewHolder): Promise<void> {
  await tx.user.createMany({ data: [{ id, email, name, emailVerified: true }] });
  await tx.platformRoleAssignment.createMany({ data: [{ userId: id, roleId }] });
  await tx.$queryRaw`select gatehouse.set_password_hash(${id}::uuid, ${passwordHash})::text`;
}

/** Puts a set-up link in place of the one before, or takes it away. */
export async function updateSetupLink(
  tx: ScopedTx,
  link: { tokenHash: string; lifetimeSeconds: number } | null,
): Promise<void> {
  await tx.$executeRaw`update platform set setup_token_hash = ${link?.tokenHash ?? null},
    setup_expires_at = now() + ${link?.lifetimeSeconds ?? null}::double precision * interval '1 second'`;
}
