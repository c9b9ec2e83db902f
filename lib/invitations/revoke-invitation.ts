import { z } from "zod";
import { defineCommand } from "@/lib/operations/define-operation";
import { lockInvitation } from "./lock-invitation";
import { revoke } from "./repository";
import { invitationIdInput } from "./schemas";

/** Withdraws an invitation: its link is dead. */
export const revokeInvitation = defineCommand({
  name: "revokeInvitation",
  summary: "Withdraw an invitation",
  scope: "tenant",
  permission: "invitations.revoke",
  readPermission: "invitations.read",
  audit: "invitation.revoke",
  input: invitationIdInput,
  output: z.null(),
  run: async (tools, { invitationId }) => {
    const { id, email, revokedAt } = await lockInvitation(tools, invitationId);
    if (revokedAt !== null) return { result: null, event: null };
    await revoke(tools.tx, [id]);
    return { result: null, event: { target: { type: "invitation", id, name: email }, details: { email } } };
  },
});
