import { defineCommand } from "@/lib/operations/define-operation";
import { proposeRule } from "./propose-rule";
import { rateLimitRule, updateRateLimitRuleInput } from "./rule-schemas";
import { lockRule, type RuleValues, saveRule } from "./rules-repository";
import { toActor } from "./to-actor";
import { toRule, valuesOf } from "./to-rule";

/** Changes a rule: how many, within which time, and whether it refuses or only observes. Holds everywhere within a second. */
export const updateRateLimitRule = defineCommand({
  name: "updateRateLimitRule",
  summary: "Change a rule of the rate limits",
  scope: "platform",
  permission: "rate-limits.update",
  readPermission: "rate-limits.read",
  audit: "rate-limit-rule.update",
  stepUp: true,
  input: updateRateLimitRuleInput,
  output: rateLimitRule,
  run: async ({ ctx, tx }, { rule, ...proposal }) => {
    const row = await lockRule(tx, rule);
    const before = valuesOf(rule, row);
    const after = proposeRule(rule, before, proposal);
    const changes = toChanges(before, after);
    if (Object.keys(changes).length === 0) return { result: toRule(rule, row), event: null };
    await saveRule(tx, rule, { ...after, ...toActor(ctx) });
    return {
      result: toRule(rule, await lockRule(tx, rule)),
      event: { target: { type: "rate-limit-rule", id: rule, name: rule }, changes, details: {} },
    };
  },
});

function toChanges(before: RuleValues, after: RuleValues) {
  const fields = ["limit", "windowSeconds", "mode"] as const;
  const changed = fields.filter((field) => before[field] !== after[field]);
  return Object.fromEntries(changed.map((field) => [field, { before: before[field], after: after[field] }]));
}
