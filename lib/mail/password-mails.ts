import { type MailMessage, toMailMessage } from "./mail-message";

type PasswordMail = { to: string; name: string; url: string; hours: number };

/** To somebody who asked to reset a password. */
export function resetPasswordMail({ to, name, url, hours }: PasswordMail): MailMessage {
  return toMailMessage({
    to,
    subject: "Reset your Gatehouse password",
    paragraphs: [
      `Hello ${name},`,
      `somebody asked to reset the password of this account. The link works once, within ${inHours(hours)}.`,
    ],
    action: { label: "Choose a new password", url },
    footer: "If this was not you, ignore this mail: nothing has changed.",
  });
}

/** To somebody for whom an account was made. */
export function chooseFirstPasswordMail({ to, name, url, hours }: PasswordMail): MailMessage {
  return toMailMessage({
    to,
    subject: "Your Gatehouse account",
    paragraphs: [`Hello ${name},`, `an account was made for you. The link works once, within ${inHours(hours)}.`],
    action: { label: "Choose your password", url },
    footer: "If the link has run out, use “Forgot password” on the sign-in page.",
  });
}

function inHours(hours: number): string {
  return hours === 1 ? "one hour" : `${hours} hours`;
}
