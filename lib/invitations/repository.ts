import type { ScopedTx } from "@/lib/db/scoped-transaction";
import { Prisma } from "@/prisma/generated/client";
import type { InvitationStatus } from "./schemas";

const columns = {
  id: true,
  email: true,
  name: true,
  invitedByType: true,
  invitedById: true,
  invitedByName: true,
  createdAt: true,
  sentAt: true,
  expiresAt: true,
  acceptedAt: true,
  acceptedById: true,
  revokedAt: true,
  roles: { select: { role: { select: { id: true, key: true, name: true, rank: true, permissions: true } } } },
} as const satisfies Prisma.InvitationSelect;

/** An invitation with the roles that it gives. */
export type InvitationRow = Prisma.InvitationGetPayload<{ select: typeof columns }>;

/** Who invites: the name that is shown, and the user whose grants the invitation rests on. */
export type Inviter = { invitedByType: string; invitedById: string | null; invitedByName: string };

/** An invitation to insert; it belongs to the transaction's tenant. */
export type NewInvitation = Inviter & {
  id: string;
  email: string;
  name: string | null;
  tokenHash: string;
  expiresAt: Date;
};

/** The invitations with these ids, in the order of the ids. */
export async function findByIds(tx: ScopedTx, ids: string[]): Promise<InvitationRow[]> {
  const rows = await tx.invitation.findMany({ where: { id: { in: ids } }, select: columns, take: ids.length });
  const byId = new Map(rows.map((row) => [row.id, row]));
  return ids.flatMap((id) => byId.get(id) ?? []);
}

/** One invitation, held against changes until the transaction ends. */
export async function lockById(tx: ScopedTx, id: string): Promise<InvitationRow | null> {
  const [row] = await findByIds(tx, [id]);
  // What is over cannot be changed and is not locked either: row-level security leaves it out.
  if (row) await tx.$queryRaw`select 1 from invitation where id = ${id}::uuid for update`;
  return (await findByIds(tx, [id]))[0] ?? null;
}

/** Those of the addresses that nobody has accepted or withdrawn yet, run out or not. */
export async function lockOpen(tx: ScopedTx, emails: string[]): Promise<InvitationRow[]> {
  const rows = await tx.$queryRaw<{ id: string }[]>`
    select id::text as id from invitation
    where email = any(${emails}) and accepted_at is null and revoked_at is null order by id for update`;
  return findByIds(
    tx,
    rows.map(({ id }) => id),
  );
}

/** Inserts invitations with the same roles each. */
export async function insert(tx: ScopedTx, invitations: NewInvitation[], roleIds: string[]): Promise<void> {
  await tx.invitation.createMany({ data: invitations });
  await tx.invitationRole.createMany({
    data: invitations.flatMap(({ id }) => roleIds.map((roleId) => ({ invitationId: id, roleId }))),
  });
}

/** Puts a new link in place of the one before. */
export async function renew(
  tx: ScopedTx,
  id: string,
  link: Inviter & Pick<NewInvitation, "tokenHash" | "expiresAt">,
): Promise<void> {
  await tx.invitation.updateMany({ where: { id }, data: { ...link, sentAt: null } });
}

/** Withdraws invitations. */
export async function revoke(tx: ScopedTx, ids: string[]): Promise<void> {
  await tx.invitation.updateMany({ where: { id: { in: ids } }, data: { revokedAt: new Date() } });
}

/** Records that these mails have left. */
export async function recordSent(tx: ScopedTx, ids: string[]): Promise<void> {
  await tx.invitation.updateMany({ where: { id: { in: ids } }, data: { sentAt: new Date() } });
}

/** Which of these addresses belong to the tenant: to its members, or to accounts that it manages. */
export async function findBelonging(tx: ScopedTx, emails: string[]): Promise<string[]> {
  const rows = await tx.user.findMany({
    where: { email: { in: emails } },
    select: { email: true },
    take: emails.length,
  });
  return rows.map(({ email }) => email);
}

/** The name of the transaction's tenant. */
export async function findTenantName(tx: ScopedTx, tenantId: string): Promise<string> {
  const tenant = await tx.tenant.findUniqueOrThrow({ where: { id: tenantId }, select: { name: true } });
  return tenant.name;
}

type Position = { createdAt: string; id: string };

type PageQuery = {
  tenantId: string;
  status: InvitationStatus | undefined;
  /** Trimmed; empty for none. */
  search: string;
  after: Position | undefined;
  limit: number;
};

const statuses: Record<InvitationStatus, Prisma.Sql> = {
  pending: Prisma.sql`i.accepted_at is null and i.revoked_at is null and i.expires_at > now()`,
  accepted: Prisma.sql`i.accepted_at is not null`,
  expired: Prisma.sql`i.accepted_at is null and i.revoked_at is null and i.expires_at <= now()`,
  revoked: Prisma.sql`i.revoked_at is not null`,
};

/** One page of the tenant's invitations, newest first, along the index of the tenant. */
export async function findPage(
  tx: ScopedTx,
  { tenantId, status, search, after, limit }: PageQuery,
): Promise<InvitationRow[]> {
  const conditions = [
    Prisma.sql`i.tenant_id = ${tenantId}::uuid`,
    ...(status ? [statuses[status]] : []),
    ...(search === "" ? [] : [contains(search)]),
    ...(after ? [Prisma.sql`(i.created_at, i.id) < (${after.createdAt}::timestamptz, ${after.id}::uuid)`] : []),
  ];
  const rows = await tx.$queryRaw<{ id: string }[]>`
    select i.id::text as id from invitation i where ${Prisma.join(conditions, " and ")}
    order by i.created_at desc, i.id desc limit ${limit}`;
  return findByIds(
    tx,
    rows.map(({ id }) => id),
  );
}

function contains(search: string): Prisma.Sql {
  return Prisma.sql`strpos(i.email || ' ' || lower(coalesce(i.name, '')), lower(${search})) > 0`;
}
