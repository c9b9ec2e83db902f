import { writeAuditEvents } from "@/lib/audit/write-audit-events";
import { defineCommand } from "@/lib/operations/define-operation";
import { invite } from "./invite";
import { createdInvitations, createInvitationsInput } from "./schemas";
import { toInvitation } from "./to-invitation";

/** Invites people by address. The answer is the same for an address that has an account elsewhere and one that has none. */
export const createInvitations = defineCommand({
  name: "createInvitations",
  summary: "Invite people by e-mail address",
  scope: "tenant",
  permission: "invitations.create",
  readPermission: "invitations.read",
  audit: "invitation.create",
  input: createInvitationsInput,
  output: createdInvitations,
  run: async (tools, { emails, name = null, roles: roleIds }) => {
    const { rows, alreadyMembers, entries, send } = await invite(tools, { emails, name, roleIds });
    const [first = null, ...others] = entries;
    // One event for each address: each is found by its own name.
    await writeAuditEvents(tools.tx, tools.ctx, others);
    tools.afterCommit(async (answer) => ({ ...answer, data: (await send()).map((row) => toInvitation(row)) }));
    return { result: { data: rows.map((row) => toInvitation(row)), alreadyMembers }, event: first };
  },
});
