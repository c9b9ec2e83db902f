import { createHash, randomBytes } from "node:crypto";
import { currentEnv } from "@/lib/config/current-env";

/** Hours for which the link of a mail about a lock works: longer than any lock that ends by itself. */
export const unlockLinkHours = 24;

/** The token of a new link: 256 bits, in the mail and nowhere else. */
export function newUnlockToken(): string {
  return randomBytes(32).toString("base64url");
}

/** The form in which a token is stored: SHA-256, hex. */
export function hashUnlockToken(token: string): string {
  return createHash("sha256").update(token).digest("hex");
}

/** Where the mail leads: our own page, on our own address, whatever the request said. */
export function unlockUrl(token: string): string {
  return `${currentEnv.get().gatehouseUrl}/unlock?token=${token}`;
}
