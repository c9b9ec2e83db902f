import { AppError } from "@/lib/errors/app-error";
import { hashLinkToken, newLinkToken } from "@/lib/one-time-links/link-token";
import { defineCommand } from "@/lib/operations/define-operation";
import { tenantScopeOf } from "@/lib/operations/tenant-scope";
import { admitInvitationMails } from "@/lib/rate-limits/invitation-mails";
import { assertRoleProof } from "./assert-role-proof";
import { toInviter } from "./inviter";
import { lockInvitation } from "./lock-invitation";
import { findByIds, findTenantName, renew } from "./repository";
import { invitation, invitationDays, invitationIdInput } from "./schemas";
import { sendInvitationMails } from "./send-invitation-mails";
import { toInvitation } from "./to-invitation";

/** Sends an invitation again, with a new link and a new time; the old link is dead. From now on the caller vouches for it. */
export const resendInvitation = defineCommand({
  name: "resendInvitation",
  summary: "Send an invitation again",
  scope: "tenant",
  permission: "invitations.create",
  readPermission: "invitations.read",
  audit: "invitation.resend",
  input: invitationIdInput,
  output: invitation,
  run: async (tools, { invitationId }) => {
    const { ctx, tx } = tools;
    const { tenantId } = tenantScopeOf(ctx);
    const before = await lockInvitation(tools, invitationId);
    if (before.revokedAt !== null) throw new AppError("CONFLICT", "This invitation was withdrawn. Invite them anew.");
    await assertRoleProof(
      ctx,
      before.roles.map(({ role }) => role.id),
    );
    await admitInvitationMails(tenantId, 1);
    const { id, email, name } = before;
    const token = newLinkToken();
    const inviter = toInviter(ctx);
    const expiresAt = new Date(Date.now() + invitationDays * 86_400_000);
    await renew(tx, id, { ...inviter, tokenHash: hashLinkToken(token), expiresAt });
    const tenant = await findTenantName(tx, tenantId);
    tools.afterCommit(async (answer) => {
      const sender = { tenantId, tenant, inviter: inviter.invitedByName };
      const [sent] = await sendInvitationMails(sender, [{ id, email, name, token }]);
      return sent ? toInvitation(sent) : answer;
    });
    const [after = before] = await findByIds(tx, [id]);
    return {
      result: toInvitation(after),
      event: {
        target: { type: "invitation", id, name: email },
        changes: { expiresAt: { before: before.expiresAt, after: expiresAt } },
        details: { email, expiresAt: expiresAt.toISOString() },
      },
    };
  },
});
