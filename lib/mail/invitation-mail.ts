import { type MailMessage, toMailMessage } from "./mail-message";

type InvitationMail = {
  to: string;
  /** What the inviter calls the person; null where they did not say. */
  name: string | null;
  tenant: string;
  inviter: string;
  url: string;
  days: number;
};

/** To somebody who is invited into a tenant, whether or not they have an account. */
export function invitationMail({ to, name, tenant, inviter, url, days }: InvitationMail): MailMessage {
  return toMailMessage({
    to,
    subject: `Invitation to ${tenant} on Gatehouse`,
    paragraphs: [
      name === null ? "Hello," : `Hello ${name},`,
      `${inviter} invites you to ${tenant}. The link works once, within ${days} days, and for this address alone.`,
    ],
    action: { label: "Look at the invitation", url },
    footer: "If you do not know who this is, ignore this mail: nothing happens unless you accept.",
  });
}
