import { prismaClient } from "@/lib/db/prisma-client";
import { toAppError } from "@/lib/db/prisma-errors";

/** What the hash of a link names, whatever its state. */
export type LinkedInvitation = {
  id: string;
  tenantId: string;
  tenantSlug: string;
  tenantName: string;
  isSuspended: boolean;
  email: string;
  name: string | null;
  invitedById: string | null;
  invitedByName: string;
  state: "pending" | "accepted" | "revoked" | "expired";
  hasAccount: boolean;
};

/** The invitation of a link, for whoever holds it and has no scope yet. Throws `UNAVAILABLE`. */
export async function findByTokenHash(tokenHash: string): Promise<LinkedInvitation | null> {
  try {
    const rows = await prismaClient.get().$queryRaw<LinkedInvitation[]>`
      select id::text as id, tenant_id::text as "tenantId", tenant_slug as "tenantSlug", tenant_name as "tenantName",
        is_suspended as "isSuspended", email, name, invited_by_id::text as "invitedById",
        invited_by_name as "invitedByName", state, has_account as "hasAccount"
      from gatehouse.find_invitation(${tokenHash})`;
    return rows[0] ?? null;
  } catch (error) {
    throw toAppError(error);
  }
}
