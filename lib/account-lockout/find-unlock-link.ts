import { hashLinkToken } from "@/lib/one-time-links/link-token";
import { toMailedLink } from "@/lib/one-time-links/linked-mail";
import type { MailedLink } from "@/lib/one-time-links/schemas";
import { findByTokenHash } from "./unlock-link-store";

/** What a link shows whoever holds it, signed in or not; null for one that was never made. Looking at it changes nothing. */
export async function findUnlockLink(token: string): Promise<MailedLink | null> {
  const found = await findByTokenHash(hashLinkToken(token));
  return found && toMailedLink(found);
}
