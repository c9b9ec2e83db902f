import type { Prisma } from "@/prisma/generated/client";

/** What was remembered of an address until it was forgotten. */
export type ForgottenFailures = {
  failures: number;
  deviceFailures: number;
  /** Until when strangers would have been kept out; null where they were not, or for good. */
  lockedUntil: Date | null;
  lockedForGood: boolean;
};

/**
 * Forgets the failed sign-ins of a normalised address and lifts the lock that they made, in the caller's transaction and
 * whatever its role. Null where there was nothing, and in a tenant's scope for an account that is managed elsewhere. The
 * counters of the rate limits are apart: see `clearSignInCounters`.
 */
export async function forgetFailures(
  tx: Pick<Prisma.TransactionClient, "$queryRaw">,
  email: string,
): Promise<ForgottenFailures | null> {
  const rows = await tx.$queryRaw<ForgottenFailures[]>`
    select failures, device_failures as "deviceFailures", locked_until as "lockedUntil", locked_for_good as "lockedForGood"
    from gatehouse.forget_sign_in_failures(${email})`;
  return rows[0] ?? null;
}

/** Whether strangers were locked out. */
export function wasLocked({ lockedUntil, lockedForGood }: ForgottenFailures): boolean {
  return lockedForGood || lockedUntil !== null;
}
