import { logger } from "@/lib/observability/logger";
import { decide } from "@/lib/rate-limits/decide";
import { toRefusalError } from "@/lib/rate-limits/refusal-error";
import { authRequestState, noteFailure } from "./auth-request-state";

/** What Better Auth asks before it serves a request. */
type Consumed = { allowed: boolean; retryAfter: number | null };

/**
 * The limit on everything of Better Auth, in the place where it would keep a counter per address and path by the
 * headers that a client sends. Ours counts by the address that our own server has found and knows no paths, so that no
 * spelling of one is a second allowance. Without an address nobody is counted: a bucket that strangers share would let
 * any one of them lock out all.
 */
export async function consumeAuthRequest(): Promise<Consumed> {
  const state = authRequestState();
  if (!state || state.clientAddress === null) return { allowed: true, retryAfter: null };
  try {
    const decision = await decide([{ rule: "auth-address", subject: state.clientAddress }], {
      tenantId: null,
      path: `/api/auth${state.path}`,
      address: state.clientAddress,
    });
    if (decision.allowed) return { allowed: true, retryAfter: null };
    noteFailure(toRefusalError(decision, "Too many requests from here. Wait a moment, then try again."));
    return { allowed: false, retryAfter: decision.retryAfterSeconds };
  } catch (error) {
    logger.get().error({ requestId: state.requestId, err: error }, "a request could not be limited");
    return { allowed: true, retryAfter: null };
  }
}
