import { type RuleBounds, type RuleKey, ruleCatalogue, ruleModes } from "@/lib/rate-limits/rule-catalogue";
import type { RateLimitRule } from "./rule-schemas";
import type { RuleRow, RuleValues } from "./rules-repository";

/** What a rule is set to: what somebody changed, or the catalogue's defaults. */
export function valuesOf(rule: RuleKey, row: RuleRow | null): RuleValues {
  const { limit, windowSeconds } = row ?? ruleCatalogue[rule];
  return { limit, windowSeconds, mode: ruleModes.find((mode) => mode === row?.mode) ?? "enforce" };
}

/** A rule as the answer shows it. */
export function toRule(rule: RuleKey, row: RuleRow | null): RateLimitRule {
  const { summary, dimension, algorithm, recorded, bounds, limit, windowSeconds } = ruleCatalogue[rule];
  const values = valuesOf(rule, row);
  const { updatedByType, updatedById = null, updatedByName } = row ?? {};
  return {
    rule,
    summary,
    dimension,
    algorithm,
    recorded,
    ...values,
    defaults: { limit, windowSeconds },
    bounds: { limit: toRange(bounds.limit), windowSeconds: toRange(bounds.windowSeconds) },
    overridden: values.limit !== limit || values.windowSeconds !== windowSeconds || values.mode !== "enforce",
    updatedAt: row?.updatedAt.toISOString() ?? null,
    updatedBy: updatedByType ? { type: updatedByType, id: updatedById, name: updatedByName ?? updatedByType } : null,
  };
}

function toRange([min, max]: RuleBounds): { min: number; max: number } {
  return { min, max };
}
