import { admitResetMail } from "@/lib/rate-limits/reset-mails";
import type { AuthRequestState } from "./auth-request-state";
import { type BetterAuthDoor, forward, toAnswer } from "./forward-to-better-auth";

type ResetRequest = { headers: Headers; body: { email: string; redirectTo?: string } };

const endpoint = { method: "POST", path: "/request-password-reset" } as const;

/** Longer than the writes behind a known address take, so that the wait says nothing about whether it is known. */
const answerAfterMilliseconds = 250;

/**
 * Asks for a reset mail. The answer and the time it takes are the same for every address (OWASP ASVS 5.0 V6.3.8), also
 * for one that has had its share of mails; the mail leaves after the answer.
 */
export async function requestReset(
  { headers, body }: ResetRequest,
  state: AuthRequestState,
  door: BetterAuthDoor,
): Promise<Response> {
  const ready = new Promise((resolve) => setTimeout(resolve, answerAfterMilliseconds));
  try {
    const mayMail = await admitResetMail({ email: body.email, clientAddress: state.clientAddress });
    if (mayMail) return await forward({ endpoint, headers, body }, state, door);
    return await toAnswer(Response.json(sameAnswer), state, door);
  } finally {
    await ready;
  }
}

// Better Auth's own words, so that the silent refusal cannot be told from its answer.
const sameAnswer = {
  status: true,
  message: "If this email exists in our system, check your email for the reset link",
};
