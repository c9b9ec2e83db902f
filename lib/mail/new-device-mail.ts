import { type MailMessage, toMailMessage } from "./mail-message";
import { timeInWords } from "./sign-in-words";

type NewDeviceMail = {
  to: string;
  name: string;
  /** The address at which this installation is reached, which tells it from others of the same person. */
  gatehouseUrl: string;
  /** "Firefox 140 on Linux"; "a browser that does not name itself". */
  device: string;
  /** "Germany, 203.0.113.7"; null where nothing is known. */
  place: string | null;
  signedInAt: Date;
  url: string;
  days: number;
};

/** To somebody whose account was signed in to from a browser that was not known. */
export function newDeviceMail({
  to,
  name,
  gatehouseUrl,
  device,
  place,
  signedInAt,
  url,
  days,
}: NewDeviceMail): MailMessage {
  return toMailMessage({
    to,
    subject: "New sign-in to your Gatehouse account",
    paragraphs: [
      `Hello ${name},`,
      `somebody signed in to your account at ${new URL(gatehouseUrl).host} from a browser that had not been used for it before.`,
      `Device: ${device}`,
      `Place: ${place ?? "not known"}`,
      `Time: ${timeInWords(signedInAt)}`,
      "If this was you, there is nothing to do.",
      "If it was not, use the link: it ends this sign-in and sends you a mail to choose a new password. You need not sign in first.",
    ],
    action: { label: "This was not me", url },
    footer: `The link asks before it does anything. It works once, within ${days} days. Do not pass this mail on.`,
  });
}
