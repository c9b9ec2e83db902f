import { forgetFailures } from "@/lib/account-lockout/forget-failures";
import { notFound } from "@/lib/errors/app-error";
import type { OperationTools } from "@/lib/operations/define-operation";
import { subjectHash } from "@/lib/rate-limits/limit-keys";
import { type ClearedBlock, clearCountersBeforeCommit, signInAccountRules } from "./cleared-block";
import { findLockout } from "./lockouts-repository";
import { assertAtHome } from "./managed-account";
import { findUsers } from "./names-repository";

/** Lifts the lock that failed sign-ins in a row put on an account. Throws `NOT_FOUND` where the scope knows of none. */
export async function clearLockout(tools: OperationTools<null>, userId: string): Promise<ClearedBlock> {
  const { ctx, tx } = tools;
  const [user] = await findUsers(tx, [userId]);
  const lockout = user && (await findLockout(tx, userId));
  if (!user || !lockout) throw notFound("block");
  assertAtHome(ctx, user);
  const forgotten = await forgetFailures(tx, user.email);
  clearCountersBeforeCommit(tools, signInAccountRules, subjectHash("account", user.email));
  return {
    rule: null,
    dimension: "account",
    blockedUntil: lockout.lockedUntil?.toISOString() ?? null,
    user,
    label: user.id,
    failures: forgotten && forgotten.failures + forgotten.deviceFailures,
  };
}
