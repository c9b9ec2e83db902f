import type { ForgottenFailures } from "./forget-failures";

/** Who or what lifts a lock: somebody who may, the holder of the mail's link, or a new password. */
export type UnlockedBy = "administrator" | "link" | "password";

/** What the audit log says of a lock that was lifted. */
export function unlockEvent(
  { failures, deviceFailures, lockedUntil, lockedForGood }: ForgottenFailures,
  by: UnlockedBy,
) {
  return {
    changes: {
      lockedUntil: { before: lockedUntil?.toISOString() ?? null, after: null },
      lockedForGood: { before: lockedForGood, after: false },
    },
    details: { failures, deviceFailures, by },
  };
}
