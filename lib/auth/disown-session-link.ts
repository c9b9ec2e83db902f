import { disownLinkRefused, disownSession } from "@/lib/account/disown-session";
import { findByTokenHash } from "@/lib/account/new-device-store";
import { logger } from "@/lib/observability/logger";
import { hashLinkToken } from "@/lib/one-time-links/link-token";
import { runOperation } from "@/lib/operations/run-operation";
import { admitLink } from "@/lib/rate-limits/link-attempts";
import { addresseeContext } from "./addressee-context";
import { type AuthRequestState, newAuthRequestState, runAsAuthRequest } from "./auth-request-state";
import { askBetterAuth, type BetterAuthDoor } from "./forward-to-better-auth";

/** What using the link did: sessions that were still alive and have ended, and whether a reset mail is on its way. */
export type Disowned = { ended: number; resetSent: boolean; email: string };

/**
 * Ends the sign-in that a mail was about, for whoever holds the mail's link, and starts a reset. The reset's own link goes
 * to the mailbox: this one lives for days and may have been passed on, so it must not open the account. Throws
 * `INVALID_INPUT` for a link that is no good, and `RATE_LIMITED`.
 */
export async function disownSessionLink(
  { token }: { token: string },
  state: AuthRequestState,
  door: BetterAuthDoor,
): Promise<Disowned> {
  await admitLink("new-device-link", state);
  const tokenHash = hashLinkToken(token);
  const link = await findByTokenHash(tokenHash);
  if (link?.state !== "open") throw disownLinkRefused();
  const { ended } = await runOperation(disownSession, addresseeContext(link, state), { tokenHash });
  return { ended, resetSent: await startReset(link.email, state, door), email: link.email };
}

// The sign-in has ended whatever becomes of this; without the mail the page says how to ask for another.
async function startReset(email: string, state: AuthRequestState, door: BetterAuthDoor): Promise<boolean> {
  const endpoint = { method: "POST", path: "/request-password-reset" } as const;
  const { requestId, clientAddress, userAgent } = state;
  const asked = newAuthRequestState({ requestId, clientAddress, userAgent, path: endpoint.path });
  try {
    const headers = new Headers({ origin: new URL(door.env.gatehouseUrl).origin });
    const answer = await runAsAuthRequest(asked, () => askBetterAuth({ endpoint, headers, body: { email } }, door));
    if (answer.ok && asked.failure === null) return true;
    throw asked.failure ?? new Error(`Better Auth answered ${answer.status}.`);
  } catch (error) {
    logger.get().error({ requestId, err: error }, "a reset could not be started for a disowned sign-in");
    return false;
  }
}
