import { type RuleBounds, type RuleKey, ruleCatalogue } from "@/lib/rate-limits/rule-catalogue";
import { refuseField } from "./refuse-field";
import type { RuleValues } from "./rules-repository";

/** What somebody wants of a rule: null is its default, left out as it is. */
export type Proposal = {
  limit?: number | null | undefined;
  windowSeconds?: number | null | undefined;
  mode?: RuleValues["mode"] | undefined;
};

/** What a rule would be set to. Throws `INVALID_INPUT` for what lies outside its bounds. */
export function proposeRule(rule: RuleKey, now: RuleValues, { limit, windowSeconds, mode }: Proposal): RuleValues {
  const { bounds, ...defaults } = ruleCatalogue[rule];
  const wanted = {
    limit: limit === undefined ? now.limit : (limit ?? defaults.limit),
    windowSeconds: windowSeconds === undefined ? now.windowSeconds : (windowSeconds ?? defaults.windowSeconds),
    mode: mode ?? now.mode,
  };
  assertWithin("limit", wanted.limit, bounds.limit);
  assertWithin("windowSeconds", wanted.windowSeconds, bounds.windowSeconds);
  return wanted;
}

function assertWithin(path: string, value: number, [min, max]: RuleBounds): void {
  if (value < min || value > max) throw refuseField(path, `Between ${min} and ${max} for this rule.`);
}
