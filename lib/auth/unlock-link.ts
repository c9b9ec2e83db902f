import { findLinkedLock } from "@/lib/account-lockout/find-unlock-link";
import { unlockByLink, unlockLinkRefused } from "@/lib/account-lockout/unlock-by-link";
import { hashUnlockToken } from "@/lib/account-lockout/unlock-token";
import { noGrants } from "@/lib/operations/request-context";
import { runOperation } from "@/lib/operations/run-operation";
import { admitUnlockLink } from "@/lib/rate-limits/unlock-links";
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
  const { requestId, clientAddress, userAgent } = state;
  await admitUnlockLink(clientAddress);
  const link = await findLinkedLock(token);
  if (link?.state !== "open") throw unlockLinkRefused();
  const { userId, email, name } = link;
  // Whoever holds the token of a mail acts as the person it was sent to; the request stands for the session.
  const who = { id: userId, email, name, sessionId: requestId, authenticatedAt: new Date(0), impersonatedBy: null };
  await runOperation(
    unlockByLink,
    {
      scope: { kind: "platform" },
      actor: { type: "user", ...who },
      grants: noGrants,
      requestId,
      clientAddress,
      userAgent,
      source: "auth",
    },
    { tokenHash: hashUnlockToken(token) },
  );
  return { email, setCookie: knownDeviceCookie(cookieHeader, userId).setCookie };
}
