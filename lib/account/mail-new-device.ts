import { currentEnv } from "@/lib/config/current-env";
import { newDeviceMail } from "@/lib/mail/new-device-mail";
import { sendMail } from "@/lib/mail/send-mail";
import type { DescribedSignIn } from "./new-device-store";
import { newDeviceLinkDays, newDeviceUrl } from "./new-device-token";

/**
 * Mails somebody that an unknown browser has signed in as them, with the link that ends it. Not queued: a job's payload
 * is stored, and a link is not. Rejects when the mail cannot be sent.
 */
export async function mailNewDevice(signIn: DescribedSignIn, token: string): Promise<void> {
  const { email, name, signedInAt } = signIn;
  const device = toDevice(signIn);
  const place = toPlace(signIn);
  const { gatehouseUrl } = currentEnv.get();
  const link = { url: newDeviceUrl(token), days: newDeviceLinkDays };
  await sendMail(newDeviceMail({ to: email, name, gatehouseUrl, device, place, signedInAt, ...link }));
}

const kinds: Record<string, string> = { desktop: "computer", mobile: "phone", tablet: "tablet", tv: "television" };
const regions = new Intl.DisplayNames("en", { type: "region" });

function toDevice({ browser, os, device }: DescribedSignIn): string {
  const named = [browser, os].filter((part) => part !== null).join(" on ");
  const kind = device === null ? "" : ` (${kinds[device] ?? device})`;
  return `${named === "" ? "a browser that does not name itself" : named}${kind}`;
}

function toPlace({ country, ipAddress }: DescribedSignIn): string | null {
  const known = [country === null ? null : nameOf(country), ipAddress].filter((part) => part !== null);
  return known.length === 0 ? null : known.join(", ");
}

function nameOf(country: string): string {
  try {
    return regions.of(country) ?? country;
  } catch {
    return country;
  }
}
