import { APIError } from "better-auth/api";
import { errorStatus, isAppError } from "@/lib/errors/app-error";
import { readHomePasswordRules } from "@/lib/policies/password-rules";
import { authRequestState, type NotedUser, noteFailure } from "./auth-request-state";
import { hashPassword, isOutdatedHash, verifyPassword } from "./password-hashing";
import { assertAcceptablePassword } from "./password-policy";

/**
 * Hashes for Better Auth: a new password after the policy has accepted it, or, in a sign-in, one for nobody, which
 * takes as long as a real check, so that time does not tell who exists.
 */
export function hashForRequest(password: string): Promise<string> {
  return refusing(async () => {
    const state = authRequestState();
    if (state?.path === "/reset-password") await assertPolicyAccepts(password, [...state.users.values()]);
    return hashPassword(password, state?.attempt?.claim);
  });
}

async function assertPolicyAccepts(password: string, users: NotedUser[]): Promise<void> {
  const context = users.flatMap(({ email, name }) => [email.split("@")[0] ?? "", name]);
  const rules = await readHomePasswordRules(users[0]?.homeTenantId ?? null);
  assertAcceptablePassword(password, { context, path: "newPassword", rules });
}

/**
 * Verifies for Better Auth, and remembers a hash that is due for replacement. A right password is settled at once, so
 * that its place among the failures is not held for as long as the session takes.
 */
export function verifyForRequest(password: string, passwordHash: string): Promise<boolean> {
  return refusing(async () => {
    const state = authRequestState();
    const isRight = await verifyPassword({ password, passwordHash }, state?.attempt?.claim);
    if (!state) return isRight;
    if (!isRight) {
      state.cause = "wrong_password";
      return false;
    }
    if (isOutdatedHash(passwordHash)) state.outdated = { password, passwordHash };
    // On a locked account a right password counts like a wrong one, or counting would tell which it was.
    if (![...state.users.values()].some(({ isLocked }) => isLocked)) await state.attempt?.succeed();
    return true;
  });
}

// Better Auth answers its own errors and turns any other into a 500; the request keeps the original for its answer.
async function refusing<Result>(work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    noteFailure(error);
    if (!isAppError(error)) throw error;
    throw new APIError(errorStatus[error.code], { message: error.message });
  }
}
