import { hashLinkToken } from "@/lib/one-time-links/link-token";
import { findByTokenHash } from "./invitation-link-store";
import type { InvitationLink } from "./schemas";

/** What a link shows whoever holds it, signed in or not; null for one that was never made or has been replaced. */
export async function findInvitationLink(invitationId: string, token: string): Promise<InvitationLink | null> {
  const found = await findByTokenHash(hashLinkToken(token));
  if (!found || found.id !== invitationId) return null;
  return {
    id: found.id,
    state: found.state === "pending" && found.isSuspended ? "suspended" : found.state,
    tenant: { id: found.tenantId, slug: found.tenantSlug, name: found.tenantName },
    invitedBy: found.invitedByName,
    email: found.email,
    name: found.name,
    hasAccount: found.hasAccount,
  };
}
