import type { CreatedInvitations, Invitation } from "@/lib/invitations/schemas";
import type { ActionResult } from "@/lib/ui/action-result";

/** Invites people by address. */
export type InvitePeople = (input: { emails: string[]; roles: string[] }) => Promise<ActionResult<CreatedInvitations>>;

/** The server actions that the invitations screen hands to its table. */
export type InvitationActions = {
  resend: (input: { invitationId: string }) => Promise<ActionResult<Invitation>>;
  revoke: (input: { invitationId: string }) => Promise<ActionResult<unknown>>;
};
