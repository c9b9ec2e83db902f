import { numberProblem, numberRules, toNumber } from "@/components/policies/number-rules";
import type { RoleLimit, RoleLimitsInput, SessionLimitValues } from "@/lib/policies/limit-schemas";
import type { EffectivePolicy } from "@/lib/policies/schemas";

/** The limits that a role may have, in the order in which they stand. */
export const limitRules = ["sessionIdleSeconds", "sessionAbsoluteSeconds", "concurrentSessionsMax"] as const;

/** A member of `limitRules`. */
export type LimitRule = (typeof limitRules)[number];

/** What stands in the fields of one role. Empty: no limit of one's own. */
export type LimitDraft = Record<LimitRule, string>;

/** The limits of roles while they are being edited, by the role's id. */
export type RoleLimitsDraft = Readonly<Record<string, LimitDraft>>;

/** What the fields begin with. */
export function toRoleLimitsDraft(limits: readonly RoleLimit[]): RoleLimitsDraft {
  return Object.fromEntries(limits.map(({ role, own }) => [role.id, toLimitDraft(own)]));
}

/** Only what differs from the limits as they are, by role. */
export function roleLimitChangesOf(limits: readonly RoleLimit[], draft: RoleLimitsDraft): RoleLimitsInput {
  return limits.flatMap(({ role, own }) => {
    const [before, now] = [toLimitDraft(own), draft[role.id]];
    const changed = now ? limitRules.filter((rule) => now[rule].trim() !== before[rule]) : [];
    if (!now || changed.length === 0) return [];
    return [{ roleId: role.id, ...Object.fromEntries(changed.map((rule) => [rule, toNumber(rule, now[rule])])) }];
  });
}

/** What is certainly wrong before the server is asked, by `fieldOf`; `bound` is the platform's where this is a tenant. */
export function findRoleLimitProblems(
  limits: readonly RoleLimit[],
  draft: RoleLimitsDraft,
  bound: EffectivePolicy | null,
): Record<string, string> {
  const problems = limits.flatMap(({ role, platform }) =>
    limitRules.map((rule) => {
      const limit = bound && lower(bound[rule], platform[rule]);
      return [fieldOf(role.id, rule), numberProblem(rule, draft[role.id]?.[rule] ?? "", limit)] as const;
    }),
  );
  return Object.fromEntries(problems.flatMap(([field, problem]) => (problem === undefined ? [] : [[field, problem]])));
}

/** The name of a role's field. */
export const fieldOf = (roleId: string, rule: LimitRule): string => `roleLimits.${roleId}.${rule}`;

function toLimitDraft(own: SessionLimitValues): LimitDraft {
  const said = (rule: LimitRule) => {
    const value = own[rule];
    return value === null ? "" : String(value / numberRules[rule].factor);
  };
  return {
    sessionIdleSeconds: said("sessionIdleSeconds"),
    sessionAbsoluteSeconds: said("sessionAbsoluteSeconds"),
    concurrentSessionsMax: said("concurrentSessionsMax"),
  };
}

function lower(one: number | null, other: number | null): number | null {
  if (one === null || other === null) return one ?? other;
  return Math.min(one, other);
}
