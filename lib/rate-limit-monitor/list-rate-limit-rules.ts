import { defineQuery } from "@/lib/operations/define-operation";
import { ruleKeys } from "@/lib/rate-limits/rule-catalogue";
import { listRateLimitRulesInput, listRateLimitRulesOutput } from "./rule-schemas";
import { findRules } from "./rules-repository";
import { toRule } from "./to-rule";

/** Every rule of the rate limits with what it is set to. The same everywhere: a tenant is held by the platform's. */
export const listRateLimitRules = defineQuery({
  name: "listRateLimitRules",
  summary: "List the rules of the rate limits",
  scope: "either",
  permission: "rate-limits.read",
  input: listRateLimitRulesInput,
  output: listRateLimitRulesOutput,
  run: async ({ ctx, tx }) => {
    const rows = await findRules(tx, { inTenant: ctx.scope.kind === "tenant" });
    return { data: ruleKeys.map((rule) => toRule(rule, rows.find((row) => row.rule === rule) ?? null)) };
  },
});
