import { messages } from "@/lib/ui/messages";

const text = messages.policies;

/** The rules that are numbers, in the unit in which people read them, and which way is stricter. */
export const numberRules = {
  sessionIdleSeconds: { factor: 60, stricter: "less", whole: false },
  sessionAbsoluteSeconds: { factor: 3_600, stricter: "less", whole: false },
  concurrentSessionsMax: { factor: 1, stricter: "less", whole: true },
  reauthenticationSeconds: { factor: 60, stricter: "less", whole: false },
  passwordLengthMin: { factor: 1, stricter: "more", whole: true },
  auditRetentionDays: { factor: 1, stricter: "more", whole: true },
  sessionHistoryDays: { factor: 1, stricter: "neither", whole: true },
} as const;

/** A member of `numberRules`. */
export type NumberRule = keyof typeof numberRules;

/** What is certainly wrong with what was typed for a rule; `limit` is what the platform says, or null. */
export function numberProblem(rule: NumberRule, typed: string, limit: number | null): string | undefined {
  if (typed.trim() === "") return undefined;
  const { factor, stricter, whole } = numberRules[rule];
  const value = Number(typed);
  if (!Number.isFinite(value) || value <= 0) return text.problem.number;
  if (whole && !Number.isInteger(value)) return text.problem.whole;
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

/** What was typed, as the server takes it; null: nothing. */
export function toNumber(rule: NumberRule, typed: string): number | null {
  return typed.trim() === "" ? null : Math.round(Number(typed) * numberRules[rule].factor);
}
