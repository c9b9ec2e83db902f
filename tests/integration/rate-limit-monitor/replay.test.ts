import fc from "fast-check";
import { afterAll, beforeAll, expect, it } from "vitest";
import { newId } from "@/lib/db/new-id";
import { withScope } from "@/lib/db/scoped-transaction";
import { collectAttempts } from "@/lib/rate-limit-monitor/collect-attempts";
import { createReplay } from "@/lib/rate-limit-monitor/replay";
import { findAttempts } from "@/lib/rate-limit-monitor/replay-repository";
import { clearCounters, type Decision, decide, returnPlaces } from "@/lib/rate-limits/decide";
import { type RuleKey, ruleCatalogue } from "@/lib/rate-limits/rule-catalogue";
import { startTestRuntime, type TestRuntime } from "@/tests/support/test-runtime";

let runtime: TestRuntime;

beforeAll(async () => {
  runtime = await startTestRuntime();
});
afterAll(() => runtime.stop());

type Act = { kind: "attempt"; cost: number } | { kind: "return"; nth: number } | { kind: "clear" };

const acts = (costMax: number) =>
  fc.array(
    fc.oneof(
      {
        weight: 8,
        arbitrary: fc.record({ kind: fc.constant("attempt" as const), cost: fc.integer({ min: 1, max: costMax }) }),
      },
      { weight: 3, arbitrary: fc.record({ kind: fc.constant("return" as const), nth: fc.nat(9) }) },
      { weight: 1, arbitrary: fc.constant({ kind: "clear" as const }) },
    ),
    { minLength: 10, maxLength: 40 },
  );

async function perform(rule: RuleKey, subject: string, made: readonly Act[]): Promise<void> {
  const taken: Extract<Decision, { allowed: true }>[] = [];
  for (const act of made) {
    if (act.kind === "clear") await clearCounters(rule, subject);
    else if (act.kind === "return") await returnPlaces(taken.splice(act.nth, 1).flatMap(({ places }) => places));
    else {
      const decision = await decide([{ rule, subject, cost: act.cost }], { tenantId: null, path: null, address: null });
      // What a process decided alone is not recorded, and the test is not about that.
      if (decision.allowed && !decision.degraded) taken.push(decision);
    }
  }
}

const rules: [RuleKey, number][] = [
  ["sign-in-device", 1],
  ["reset-mail-account", 1],
  ["invitation-mail-tenant", 120],
];

it.each(rules)("a replay of what %s decided decides the same, attempt by attempt", async (rule, costMax) => {
  const property = fc.asyncProperty(acts(costMax), async (made) => perform(rule, newId(), made));
  await fc.assert(property, { numRuns: 15 });
  await collectAttempts();
  const after = { at: new Date(0), sequence: 0 };
  const attempts = await withScope({ kind: "platform" }, (tx) => findAttempts(tx, { rule, after, limit: 10_000 }));
  const replay = createReplay(ruleCatalogue[rule]);
  const decided = attempts.map((attempt) => ({ outcome: attempt.outcome, refused: replay.decide(attempt) }));
  const own = decided.filter(({ refused }) => refused !== null);
  expect(own.length).toBeGreaterThan(100);
  expect(own.filter(({ outcome }) => outcome === "refused").length).toBeGreaterThan(3);
  expect(own.map(({ refused }) => refused)).toEqual(own.map(({ outcome }) => outcome === "refused"));
});
