import { AppError } from "@/lib/errors/app-error";
import type { Refused } from "./decide";

/**
 * The `RATE_LIMITED` of a refusal, with what its headers need. Its details name the rule and the block for the audit
 * log, and say whether it was the first of its block.
 */
export function toRefusalError(refused: Refused, message: string): AppError {
  const { rule, retryAfterSeconds, limit, windowSeconds, blockId, first } = refused;
  return new AppError("RATE_LIMITED", message, {
    retryAfterSeconds,
    rateLimit: { policy: rule, limit, windowSeconds },
    details: { rule, blockId, first },
  });
}
