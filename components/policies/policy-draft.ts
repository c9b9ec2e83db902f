import { type EffectivePolicy, type PasswordClass, type PolicyValues, passwordClasses } from "@/lib/policies/schemas";
import { messages } from "@/lib/ui/messages";

const text = messages.policies;

/** The rules that are numbers, in the unit in which people read them, and which way is stricter. */
export const numberRules = {
  sessionIdleSeconds: { factor: 60, stricter: "less", whole: false },
  sessionAbsoluteSeconds: { factor: 3_600, stricter: "less", whole: false },
  concurrentSessionsMax: { factor: 1, stricter: "less", whole: true },
  passwordLengthMin: { factor: 1, stricter: "more", whole: true },
  auditRetentionDays: { factor: 1, stricter: "more", whole: true },
} as const;

/** A member of `numberRules`. */
export type NumberRule = keyof typeof numberRules;

const numberNames: readonly NumberRule[] = [
  "sessionIdleSeconds",
  "sessionAbsoluteSeconds",
  "concurrentSessionsMax",
  "passwordLengthMin",
  "auditRetentionDays",
];

/** The rules of a scope while they are being edited: what stands in their fields. Empty: no rule of one's own. */
export type PolicyDraft = Record<NumberRule, string> & {
  concurrentSessionsMode: NonNullable<PolicyValues["concurrentSessionsMode"]> | "";
  secondFactorRequired: "true" | "false" | "";
  passwordComposition: ReadonlySet<PasswordClass>;
  allowedAddresses: string;
};

/** What changes; what is left out stays. */
export type PolicyChanges = Partial<PolicyValues>;

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
    passwordLengthMin: numberOf("passwordLengthMin"),
    auditRetentionDays: numberOf("auditRetentionDays"),
    concurrentSessionsMode: own.concurrentSessionsMode ?? "",
    secondFactorRequired: own.secondFactorRequired === null ? "" : own.secondFactorRequired ? "true" : "false",
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
  const { concurrentSessionsMode: mode, secondFactorRequired: factor, allowedAddresses } = draft;
  const lines = linesOf(allowedAddresses);
  return {
    ...Object.fromEntries(numbers),
    ...(mode === before.concurrentSessionsMode ? {} : { concurrentSessionsMode: mode === "" ? null : mode }),
    ...(factor === before.secondFactorRequired
      ? {}
      : { secondFactorRequired: factor === "" ? null : factor === "true" }),
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
  return Object.fromEntries(numberNames.map((rule) => [rule, numberProblem(rule, draft[rule], bound)]));
}

/** The addresses that stand in the field, one a line. */
export const linesOf = (value: string): string[] =>
  value
    .split(/[\n,;]+/)
    .map((line) => line.trim())
    .filter((line) => line !== "");

function numberProblem(rule: NumberRule, typed: string, bound: EffectivePolicy | null): string | undefined {
  if (typed.trim() === "") return undefined;
  const { factor, stricter, whole } = numberRules[rule];
  const value = Number(typed);
  if (!Number.isFinite(value) || value <= 0) return text.problem.number;
  if (whole && !Number.isInteger(value)) return text.problem.whole;
  const limit = bound?.[rule] ?? null;
  if (limit === null) return undefined;
  const said = sayNumber(rule, limit);
  if (stricter === "less" && value * factor > limit) return text.problem.atMost(said);
  return stricter === "more" && value < limit ? text.problem.atLeast(said) : undefined;
}

/** A number rule's value in its unit: "30 minutes". */
export function sayNumber(rule: NumberRule, value: number): string {
  const amount = value / numberRules[rule].factor;
  const { one, many } = text.field[rule].unit;
  return `${new Intl.NumberFormat("en", { maximumFractionDigits: 2 }).format(amount)} ${amount === 1 ? one : many}`;
}

function toNumber(rule: NumberRule, typed: string): number | null {
  return typed.trim() === "" ? null : Math.round(Number(typed) * numberRules[rule].factor);
}

// The platform's kinds hold in any case; a list of one's own has to name them again.
function toComposition(chosen: ReadonlySet<PasswordClass>, bound: EffectivePolicy | null): PasswordClass[] | null {
  if (chosen.size === 0) return null;
  return passwordClasses.filter((name) => chosen.has(name) || bound?.passwordComposition.includes(name));
}

function sameSet<Item>(one: ReadonlySet<Item>, other: ReadonlySet<Item>): boolean {
  return one.size === other.size && [...one].every((item) => other.has(item));
}
