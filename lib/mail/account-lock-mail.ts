import { type MailMessage, toMailMessage } from "./mail-message";
import { timeInWords } from "./sign-in-words";

type AccountLockMail = {
  to: string;
  name: string;
  /** The address at which this installation is reached, which tells it from others of the same person. */
  gatehouseUrl: string;
  failures: number;
  /** Null: until somebody unlocks. */
  lockedUntil: Date | null;
  /** "Firefox 140 on Linux"; of the last attempt. */
  device: string;
  /** "Germany, 203.0.113.7"; null where nothing is known. */
  place: string | null;
  failedAt: Date;
  url: string;
  hours: number;
};

/** To somebody whose account failed attempts to sign in have locked. */
export function accountLockMail(mail: AccountLockMail): MailMessage {
  const { to, name, gatehouseUrl, failures, lockedUntil, device, place, failedAt, url, hours } = mail;
  return toMailMessage({
    to,
    subject: "Sign-in to your Gatehouse account is locked",
    paragraphs: [
      `Hello ${name},`,
      `the password of your account at ${new URL(gatehouseUrl).host} was wrong ${failures} times in a row. ${lockInWords(lockedUntil)} Nobody has signed in by these attempts.`,
      `Device of the last attempt: ${device}`,
      `Place: ${place ?? "not known"}`,
      `Time: ${timeInWords(failedAt)}`,
      "Browsers in which you have signed in before still let you in; whoever is signed in stays so.",
      "If this was you, or you want to sign in elsewhere now, use the link: it unlocks your account, and lets the browser in which you open it try even if others go on. You need not sign in first.",
      "If it was not you, your password has held. Choose another one if you use it anywhere else.",
    ],
    action: { label: "Unlock sign-in", url },
    footer: `The link asks before it does anything. It works once, within ${hours} hours. Do not pass this mail on.`,
  });
}

function lockInWords(lockedUntil: Date | null): string {
  if (lockedUntil === null)
    return "Browsers that it does not know are kept out until you unlock it or choose a new password.";
  return `Browsers that it does not know are kept out until ${timeInWords(lockedUntil)}.`;
}
