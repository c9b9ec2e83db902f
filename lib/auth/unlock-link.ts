import { unlockByLink, unlockLinkRefused } from "@/lib/account-lockout/unlock-by-link";
import { findByTokenHash } from "@/lib/account-lockout/unlock-link-store";
import { hashLinkToken } from "@/lib/one-time-links/link-token";
import { runOperation } from "@/lib/operations/run-operation";
import { admitLink } from "@/lib/rate-limits/link-attempts";
import { addresseeContext } from "./addressee-context";
import type { AuthRequestState } from "./auth-request-state";
import { knownDeviceCookie } from "./known-device";

/** What using the link did: whose account is unlocked, and the cookie that lets this browser try while others go on. */
export type Unlocked = { email: string; setCookie: string };

/**
 * Unlocks an account for whoever holds the link of the mail about its lock. The browser counts as known from then on:
 * otherwise whoever locked the account could lock it again before its holder has typed the password. Throws
 * `INVALID_INPUT` for a link that is no good, and `RATE_LIMITED`.
 */
export async function unlockLink(
  { token }: { token: string },
  state: AuthRequestState,
  cookieHeader: string | null,
): Promise<Unlocked> {
  await admitLink("unlock-link", state);
  const tokenHash = hashLinkToken(token);
  const link = await findByTokenHash(tokenHash);
  if (link?.state !== "open") throw unlockLinkRefused();
  await runOperation(unlockByLink, addresseeContext(link, state), { tokenHash });
  return { email: link.email, setCookie: knownDeviceCookie(cookieHeader, link.userId).setCookie };
}
