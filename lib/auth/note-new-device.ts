import { mailNewDevice, newDeviceLinkDays } from "@/lib/account/mail-new-device";
import { noteSignIn } from "@/lib/account/new-device-store";
import { logger } from "@/lib/observability/logger";
import { hashLinkToken, newLinkToken } from "@/lib/one-time-links/link-token";
import { tryToken } from "@/lib/sessions/check-session";
import type { AuthRequestState } from "./auth-request-state";
import type { BetterAuthDoor } from "./forward-to-better-auth";
import { knownDeviceCookie, readKnownDevice } from "./known-device";

type Made = { sessionId: string; userId: string };

/**
 * What follows a complete sign-in: the browser gets its proof for the next one (the answer is a `Set-Cookie` header), and
 * where it had none, the person is mailed. The mail leaves after the answer. Nothing here fails a sign-in. Call it while
 * the session that is being replaced still lives.
 */
export async function noteNewDevice(
  headers: Headers,
  state: AuthRequestState,
  { inBackground }: Pick<BetterAuthDoor, "inBackground">,
): Promise<string | null> {
  const { created } = state;
  if (!created) return null;
  const cookieHeader = headers.get("cookie");
  const { deviceId, setCookie } = knownDeviceCookie(cookieHeader, created.userId);
  const token = newLinkToken();
  try {
    const knownSince = await findKnownSince(cookieHeader, created, state.replaces);
    const link = { tokenHash: hashLinkToken(token), days: newDeviceLinkDays };
    const told = await noteSignIn({ sessionId: created.sessionId, deviceId, knownSince }, link);
    if (told) inBackground(mailNewDevice(told, token));
  } catch (error) {
    logger
      .get()
      .error({ requestId: state.requestId, err: error }, "nobody was told of a sign-in from an unknown browser");
  }
  return setCookie;
}

// A browser that holds a live session of the same person needs no other proof: it signs in again to prove who it is.
async function findKnownSince(
  cookieHeader: string | null,
  { userId }: Made,
  replaces: string | null,
): Promise<Date | null> {
  const known = readKnownDevice(cookieHeader, userId);
  if (known) return known.provedAt;
  const before = replaces === null ? null : await tryToken(replaces);
  if (!before || before.session.userId !== userId || before.session.impersonatedBy) return null;
  return new Date(before.session.createdAt);
}
