import { currentEnv } from "@/lib/config/current-env";
import { newDeviceMail } from "@/lib/mail/new-device-mail";
import { sendMail } from "@/lib/mail/send-mail";
import { deviceInWords, placeInWords } from "@/lib/mail/sign-in-words";
import { linkUrl } from "@/lib/one-time-links/link-token";
import type { DescribedSignIn } from "./new-device-store";

/** Days for which the link of a mail about an unknown browser works: long enough for a holiday's end. */
export const newDeviceLinkDays = 7;

/**
 * Mails somebody that an unknown browser has signed in as them, with the link that ends it. Not queued: a job's payload
 * is stored, and a link is not. Rejects when the mail cannot be sent.
 */
export async function mailNewDevice(signIn: DescribedSignIn, token: string): Promise<void> {
  const { email, name, signedInAt } = signIn;
  const device = deviceInWords(signIn);
  const place = placeInWords(signIn);
  const env = currentEnv.get();
  const { gatehouseUrl } = env;
  const link = { url: linkUrl(env, "/not-me", token), days: newDeviceLinkDays };
  await sendMail(newDeviceMail({ to: email, name, gatehouseUrl, device, place, signedInAt, ...link }));
}
