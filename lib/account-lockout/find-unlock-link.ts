import type { UnlockLink } from "./schemas";
import { findByTokenHash, type LinkedLock } from "./unlock-link-store";
import { hashUnlockToken } from "./unlock-token";

/** What a link shows whoever holds it, signed in or not; null for one that was never made. Looking at it changes nothing. */
export async function findUnlockLink(token: string): Promise<UnlockLink | null> {
  const found = await findLinkedLock(token);
  if (!found) return null;
  const { state, email, browser, os, device, country, ipAddress, failedAt } = found;
  return { state, email, browser, os, device, country, ipAddress, failedAt: failedAt.toISOString() };
}

/** The same with whose it is, for the door behind the page. Throws `UNAVAILABLE`. */
export function findLinkedLock(token: string): Promise<LinkedLock | null> {
  return findByTokenHash(hashUnlockToken(token));
}
