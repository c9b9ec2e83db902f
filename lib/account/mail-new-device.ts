import { currentEnv } from "@/lib/config/current-env";
import { newDeviceMail } from "@/lib/mail/new-device-mail";
import { sendMail } from "@/lib/mail/send-mail";
import { deviceInWords, placeInWords } from "@/lib/mail/sign-in-words";
import type { DescribedSignIn } from "./new-device-store";
import { newDeviceLinkDays, newDeviceUrl } from "./new-device-token";

/**
 * Mails somebody that an unknown browser has signed in as them, with the link that ends it. Not queued: a job's payload
 * is stored, and a link is not. Rejects when the mail cannot be sent.
 */
export async function mailNewDevice(signIn: DescribedSignIn, token: string): Promise<void> {
  const { email, name, signedInAt } = signIn;
  const device = deviceInWords(signIn);
  const place = placeInWords(signIn);
  const { gatehouseUrl } = currentEnv.get();
  const link = { url: newDeviceUrl(token), days: newDeviceLinkDays };
  await sendMail(newDeviceMail({ to: email, name, gatehouseUrl, device, place, signedInAt, ...link }));
}
