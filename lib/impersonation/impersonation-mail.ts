import { currentEnv } from "@/lib/config/current-env";
import { type MailMessage, toMailMessage } from "@/lib/mail/mail-message";

type Told = { to: string; name: string; by: string; reason: string; expiresAt: string };

/** To the person as whom an administrator has begun to act. */
export function impersonationMail({ to, name, by, reason, expiresAt }: Told): MailMessage {
  const until = `${expiresAt.slice(0, 16).replace("T", " ")} UTC`;
  return toMailMessage({
    to,
    subject: "An administrator is acting as you",
    paragraphs: [
      `Hello ${name},`,
      `${by} has begun to act as you in Gatehouse, until ${until} at the latest. The reason given: ${reason}`,
      "Your password and address cannot be changed in this way, and everything that is done is recorded under both names.",
    ],
    action: { label: "Open Gatehouse", url: currentEnv.get().gatehouseUrl },
    footer: "If you did not expect this, ask your administrators.",
  });
}
