import { type AppError, isAppError } from "@/lib/errors/app-error";
import { logger } from "@/lib/observability/logger";
import { type SignInAttempt, startSignInAttempt } from "@/lib/rate-limits/sign-in-attempts";
import { isFirstRefusal, refusedBy } from "@/lib/rate-limits/sign-in-refusal";
import { recordFailedSignIn } from "./auth-audit";
import type { AuthRequestState } from "./auth-request-state";
import { askBetterAuth, type BetterAuthDoor, toAnswer, toFailure } from "./forward-to-better-auth";
import { readKnownDevice } from "./known-device";
import { lockAfterFailure } from "./lock-after-failure";
import { noteNewDevice } from "./note-new-device";
import { replaceOutdatedHash } from "./replace-outdated-hash";
import { readSessionCookie, sessionCookieName } from "./session-cookie";
import { stayInTenant } from "./stay-in-tenant";

type SignInRequest = { headers: Headers; body: { email: string; password: string; rememberMe?: boolean } };

const endpoint = { method: "POST", path: "/sign-in/email" } as const;

/** Signs in, within the limits, and leaves an event whether it works or not. */
export async function signIn(
  { headers, body }: SignInRequest,
  state: AuthRequestState,
  door: BetterAuthDoor,
): Promise<Response> {
  state.rememberMe = body.rememberMe ?? true;
  state.replaces = readSessionCookie(headers.get("cookie"));
  const provedAt = (userId: string) => readKnownDevice(headers.get("cookie"), userId)?.provedAt ?? null;
  const attempt = await startSignInAttempt({ email: body.email, clientAddress: state.clientAddress, provedAt });
  state.attempt = attempt;
  try {
    await attempt.assertOpen();
    const response = await askBetterAuth({ endpoint, headers, body }, door);
    if (!response.ok) throw await toFailure(response, state);
    await replaceOutdatedHash(state, door);
    const deviceCookie = await noteNewDevice(headers, state, door);
    await replaceSessionBefore(headers, state, door);
    const answer = await toAnswer(response, state, door);
    if (body.rememberMe !== false && !state.rememberMe) endWithBrowser(answer);
    if (deviceCookie !== null) answer.headers.append("Set-Cookie", deviceCookie);
    return answer;
  } catch (error) {
    await account(error, { attempt, state, door, email: body.email });
    throw error;
  }
}

type Failed = { attempt: SignInAttempt; state: AuthRequestState; door: BetterAuthDoor; email: string };

// A wrong password stays counted and is recorded, and may lock; a limit is recorded once; our own failures count against
// nobody.
async function account(error: unknown, { attempt, state, door, email }: Failed): Promise<void> {
  const code = isAppError(error) ? error.code : "INTERNAL";
  if (code !== "UNAUTHENTICATED") await attempt.withdraw();
  if (code === "RATE_LIMITED") state.cause = "rate_limited";
  else if (state.cause === "unknown_user" && isKnown(state, email)) state.cause = "no_password";
  const isPolicy = state.cause === "session_cap" || state.cause === "policy";
  if (code !== "UNAUTHENTICATED" && !isPolicy && !(isLimit(error) && isFirstRefusal(error))) return;
  try {
    await recordFailedSignIn(door.prisma, state, { email, ...(isLimit(error) ? refusedBy(error) : {}) });
    if (code === "UNAUTHENTICATED") await lockAfterFailure(attempt, { state, door, email });
  } catch (failure) {
    logger.get().error({ requestId: state.requestId, err: failure }, "a failed sign-in could not be recorded");
  }
}

function isLimit(error: unknown): error is AppError {
  return isAppError(error) && error.code === "RATE_LIMITED";
}

function isKnown(state: AuthRequestState, email: string): boolean {
  return [...state.users.values()].some((user) => user.email === email);
}

// A policy does not let this person be remembered: a cookie without an end of its own goes when the browser is closed.
function endWithBrowser({ headers }: Response): void {
  const cookies = headers.getSetCookie();
  headers.delete("Set-Cookie");
  for (const cookie of cookies) headers.append("Set-Cookie", cookie.replace(/; *(?:Max-Age|Expires)=[^;]*/gi, ""));
}

// A new proof, a new token: whoever held the old one holds nothing (OWASP ASVS 5.0 V7.2.4).
async function replaceSessionBefore(
  headers: Headers,
  state: AuthRequestState,
  { instance, env }: BetterAuthDoor,
): Promise<void> {
  if (!headers.get("cookie")?.includes(`${sessionCookieName(env)}=`)) return;
  await stayInTenant(state);
  await instance.api.signOut({ headers });
}
