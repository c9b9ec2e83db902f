import type { InvitationRow } from "./repository";
import type { Invitation, InvitationStatus } from "./schemas";

/** An invitation as callers see one. */
export function toInvitation(row: InvitationRow, now = new Date()): Invitation {
  return {
    id: row.id,
    email: row.email,
    name: row.name,
    status: toStatus(row, now),
    roles: row.roles.map(({ role }) => role),
    invitedBy: { type: row.invitedByType, id: row.invitedById, name: row.invitedByName },
    createdAt: row.createdAt.toISOString(),
    sentAt: row.sentAt?.toISOString() ?? null,
    expiresAt: row.expiresAt.toISOString(),
    acceptedAt: row.acceptedAt?.toISOString() ?? null,
    acceptedBy: row.acceptedById,
    revokedAt: row.revokedAt?.toISOString() ?? null,
  };
}

function toStatus({ acceptedAt, revokedAt, expiresAt }: InvitationRow, now: Date): InvitationStatus {
  if (acceptedAt !== null) return "accepted";
  if (revokedAt !== null) return "revoked";
  return expiresAt > now ? "pending" : "expired";
}
