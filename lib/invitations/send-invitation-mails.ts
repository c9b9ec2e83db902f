import { currentEnv } from "@/lib/config/current-env";
import { withScope } from "@/lib/db/scoped-transaction";
import { invitationMail } from "@/lib/mail/invitation-mail";
import { sendMail } from "@/lib/mail/send-mail";
import { logger } from "@/lib/observability/logger";
import { linkUrl } from "@/lib/one-time-links/link-token";
import { admitInvitationMail } from "@/lib/rate-limits/invitation-mails";
import { findByIds, type InvitationRow, recordSent } from "./repository";
import { invitationDays } from "./schemas";

/** A link that was made in a transaction that has committed; the token is in memory alone. */
export type InvitationToSend = { id: string; email: string; name: string | null; token: string };

type Sender = { tenantId: string; tenant: string; inviter: string };

/** Mails under way at a time: mail servers are slow, and one that is down is not asked a hundred times at once. */
const atOnce = 5;

/**
 * Mails links after the commit that made them, and records which left. They are not queued: a job's payload is stored,
 * and a link is not. What could not be sent has no `sentAt` and is sent again on request.
 */
export async function sendInvitationMails(
  { tenantId, tenant, inviter }: Sender,
  invitations: InvitationToSend[],
): Promise<InvitationRow[]> {
  const sent: string[] = [];
  for (let start = 0; start < invitations.length; start += atOnce) {
    const batch = invitations.slice(start, start + atOnce);
    const outcomes = await Promise.all(batch.map((one) => send(one, { tenant, inviter })));
    sent.push(...batch.filter((_, at) => outcomes[at] === "sent").map(({ id }) => id));
    if (outcomes.includes("failed")) break;
  }
  return withScope({ kind: "tenant", tenantId }, async (tx) => {
    await recordSent(tx, sent);
    return findByIds(
      tx,
      invitations.map(({ id }) => id),
    );
  });
}

async function send(
  { id, email, name, token }: InvitationToSend,
  { tenant, inviter }: Omit<Sender, "tenantId">,
): Promise<"sent" | "held back" | "failed"> {
  if (!(await admitInvitationMail(email))) return "held back";
  const url = linkUrl(currentEnv.get(), `/invitations/${id}`, token);
  try {
    await sendMail(invitationMail({ to: email, name, tenant, inviter, url, days: invitationDays }));
    return "sent";
  } catch (error) {
    logger.get().error({ err: error, invitationId: id }, "an invitation could not be sent");
    return "failed";
  }
}
