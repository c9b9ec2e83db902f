import { decide } from "./decide";
import { toRefusalError } from "./refusal-error";

/**
 * Takes a place for each mail that a tenant is about to send, or for none of them. Throws `RATE_LIMITED` when there are
 * not enough.
 */
export async function admitInvitationMails(tenantId: string, count: number): Promise<void> {
  const decision = await decide([{ rule: "invitation-mail-tenant", subject: tenantId, cost: count }], {
    tenantId,
    path: "inviteMembers",
    address: null,
  });
  if (decision.allowed) return;
  throw toRefusalError(decision, "This tenant has sent too many invitations. Wait, then invite the others.");
}

/** Whether one more mail may go to an address. False says nothing to the outside: the address has had its share. */
export async function admitInvitationMail(email: string): Promise<boolean> {
  const facts = { tenantId: null, path: null, address: null };
  return (await decide([{ rule: "invitation-mail-account", subject: email }], facts)).allowed;
}
