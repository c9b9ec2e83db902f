import type { Counter } from "prom-client";
import { metrics } from "@/lib/observability/metrics";
import type { Question } from "./ask-redis";
import { limiterState } from "./limiter-state";
import type { RuleKey } from "./rule-catalogue";

type Child = ReturnType<Counter<"rule" | "outcome">["labels"]>;

const children = new Map<string, Child>();

type Counted = {
  /** The rule that refused it. */
  refused: RuleKey | null;
  /** Bits of the charges that a rule which only watches would have refused. */
  observed: number;
  degraded: boolean;
};

/** Counts a decision for each of its rules. */
export function countDecision({ charges }: Question, { refused, observed, degraded }: Counted): void {
  const state = limiterState();
  for (const [index, { rule }] of charges.entries()) {
    if (refused === rule.key) childOf(rule.key, "refused")?.inc();
    else if (refused === null) childOf(rule.key, (observed >> index) & 1 ? "observed" : "allowed")?.inc();
    if (!degraded) continue;
    metrics.peek()?.degradedDecisions.labels(rule.key).inc();
    state.degraded.set(rule.key, (state.degraded.get(rule.key) ?? 0) + 1);
  }
}

// Naming the labels costs more than counting.
function childOf(rule: RuleKey, outcome: "allowed" | "refused" | "observed"): Child | undefined {
  const name = `${rule}|${outcome}`;
  const known = children.get(name);
  if (known) return known;
  const child = metrics.peek()?.limitDecisions.labels(rule, outcome);
  if (child) children.set(name, child);
  return child;
}
