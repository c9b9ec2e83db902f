import { type NumberRule, numberProblem, numberRules, toNumber } from "@/components/policies/number-rules";
import type { RoleLimitsInput } from "@/lib/policies/limit-schemas";
import { type EffectivePolicy, type PasswordClass, type PolicyValues, passwordClasses } from "@/lib/policies/schemas";

const numberNames: readonly NumberRule[] = [
  "sessionIdleSeconds",
  "sessionAbsoluteSeconds",
  "concurrentSessionsMax",
  "reauthenticationSeconds",
  "passwordLengthMin",
  "auditRetentionDays",
  "sessionHistoryDays",
];

/** The rules of a scope while they are being edited: what stands in their fields. Empty: no rule of one's own. */
export type PolicyDraft = Record<NumberRule, string> & {
  concurrentSessionsMode: NonNullable<PolicyValues["concurrentSessionsMode"]> | "";
  secondFactorRequired: Choice;
  rememberMeAllowed: Choice;
  passwordComposition: ReadonlySet<PasswordClass>;
  allowedAddresses: string;
};

/** Yes, no, or no rule of one's own. */
export type Choice = "true" | "false" | "";

/** What changes; what is left out stays. */
export type PolicyChanges = Partial<PolicyValues> & { roleLimits?: RoleLimitsInput };

/** What the form begins with. */
export function toPolicyDraft(own: PolicyValues): PolicyDraft {
  const numberOf = (rule: NumberRule) => {
    const value = own[rule];
    return value === null ? "" : String(value / numberRules[rule].factor);
  };
  return {
    sessionIdleSeconds: numberOf("sessionIdleSeconds"),
    sessionAbsoluteSeconds: numberOf("sessionAbsoluteSeconds"),
    concurrentSessionsMax: numberOf("concurrentSessionsMax"),
    reauthenticationSeconds: numberOf("reauthenticationSeconds"),
    passwordLengthMin: numberOf("passwordLengthMin"),
    auditRetentionDays: numberOf("auditRetentionDays"),
    sessionHistoryDays: numberOf("sessionHistoryDays"),
    concurrentSessionsMode: own.concurrentSessionsMode ?? "",
    secondFactorRequired: toChoice(own.secondFactorRequired),
    rememberMeAllowed: toChoice(own.rememberMeAllowed),
    passwordComposition: new Set(own.passwordComposition ?? []),
    allowedAddresses: (own.allowedAddresses ?? []).join("\n"),
  };
}

/** Only what differs from the rules as they are. `bound` is what a tenant's list of kinds must include. */
export function policyChangesOf(own: PolicyValues, draft: PolicyDraft, bound: EffectivePolicy | null): PolicyChanges {
  const before = toPolicyDraft(own);
  const numbers = numberNames
    .filter((rule) => draft[rule].trim() !== before[rule])
    .map((rule) => [rule, toNumber(rule, draft[rule])] as const);
  const { concurrentSessionsMode: mode, allowedAddresses } = draft;
  const lines = linesOf(allowedAddresses);
  return {
    ...Object.fromEntries(numbers),
    ...(mode === before.concurrentSessionsMode ? {} : { concurrentSessionsMode: mode === "" ? null : mode }),
    ...choiceChange("secondFactorRequired", draft, before),
    ...choiceChange("rememberMeAllowed", draft, before),
    ...(sameSet(draft.passwordComposition, before.passwordComposition)
      ? {}
      : { passwordComposition: toComposition(draft.passwordComposition, bound) }),
    ...(lines.join("\n") === before.allowedAddresses ? {} : { allowedAddresses: lines.length === 0 ? null : lines }),
  };
}

/** What is certainly wrong before the server is asked, by rule; `bound` is the platform's where this is a tenant. */
export function findPolicyProblems(
  draft: PolicyDraft,
  bound: EffectivePolicy | null,
): Record<string, string | undefined> {
  return Object.fromEntries(numberNames.map((rule) => [rule, numberProblem(rule, draft[rule], bound?.[rule] ?? null)]));
}

/** The addresses that stand in the field, one a line. */
export const linesOf = (value: string): string[] =>
  value
    .split(/[\n,;]+/)
    .map((line) => line.trim())
    .filter((line) => line !== "");

function toChoice(value: boolean | null): Choice {
  return value === null ? "" : value ? "true" : "false";
}

function choiceChange(
  rule: "secondFactorRequired" | "rememberMeAllowed",
  draft: PolicyDraft,
  before: PolicyDraft,
): Partial<PolicyValues> {
  const chosen = draft[rule];
  return chosen === before[rule] ? {} : { [rule]: chosen === "" ? null : chosen === "true" };
}

// The platform's kinds hold in any case; a list of one's own has to name them again.
function toComposition(chosen: ReadonlySet<PasswordClass>, bound: EffectivePolicy | null): PasswordClass[] | null {
  if (chosen.size === 0) return null;
  return passwordClasses.filter((name) => chosen.has(name) || bound?.passwordComposition.includes(name));
}

function sameSet<Item>(one: ReadonlySet<Item>, other: ReadonlySet<Item>): boolean {
  return one.size === other.size && [...one].every((item) => other.has(item));
}
