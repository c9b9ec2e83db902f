import { createHash, randomBytes } from "node:crypto";
import { currentEnv } from "@/lib/config/current-env";

/** Days for which the link of a mail about an unknown browser works: long enough for a holiday's end. */
export const newDeviceLinkDays = 7;

/** The token of a new link: 256 bits, in the mail and nowhere else. */
export function newDeviceToken(): string {
  return randomBytes(32).toString("base64url");
}

/** The form in which a token is stored: SHA-256, hex. */
export function hashNewDeviceToken(token: string): string {
  return createHash("sha256").update(token).digest("hex");
}

/** Where the mail leads: our own page, on our own address, whatever the request said. */
export function newDeviceUrl(token: string): string {
  return `${currentEnv.get().gatehouseUrl}/not-me?token=${token}`;
}
