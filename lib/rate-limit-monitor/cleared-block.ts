import { AppError } from "@/lib/errors/app-error";
import type { OperationTools } from "@/lib/operations/define-operation";
import { clearCounterOf } from "@/lib/rate-limits/decide";
import { type RuleDimension, type RuleKey, ruleCatalogue, ruleKeys } from "@/lib/rate-limits/rule-catalogue";
import type { NamedUser } from "./names-repository";

/** What was cleared. */
export type ClearedBlock = {
  rule: RuleKey | null;
  dimension: RuleDimension;
  /** Until when it would have lasted, RFC 3339 UTC; null: without an end. */
  blockedUntil: string | null;
  /** The account, where it is known. */
  user: NamedUser | null;
  label: string | null;
  /** Failed sign-ins in a row that were forgotten; null: none were there. */
  failures: number | null;
};

/** Rules that count failed sign-ins to an account: whoever clears one lets the person sign in. */
export const signInAccountRules: readonly RuleKey[] = ["sign-in-account", "sign-in-device"];

/** All rules of a dimension. */
export function rulesOf(dimension: RuleDimension): RuleKey[] {
  return ruleKeys.filter((rule) => ruleCatalogue[rule].dimension === dimension);
}

/**
 * Starts these counters of a subject afresh, after the event is written and before the commit: what could not be cleared
 * is not said to be.
 */
export function clearCountersBeforeCommit(
  { beforeCommit }: Pick<OperationTools<null>, "beforeCommit">,
  rules: readonly RuleKey[],
  hash: string,
): void {
  beforeCommit(async () => {
    for (const rule of rules) if (!(await clearCounterOf(rule, hash))) throw unreachable();
  });
}

function unreachable(): AppError {
  return new AppError("UNAVAILABLE", "Redis does not answer, and the counters stand there. Try again soon.", {
    retryAfterSeconds: 2,
  });
}
