import {
  blockedKey,
  countedOutcomes,
  countsField,
  countsKey,
  spreadKey,
  uniqueAddressesKey,
} from "@/lib/rate-limits/limit-keys";
import { type RuleKey, ruleKeys } from "@/lib/rate-limits/rule-catalogue";
import type { MinuteCounts } from "./collected";
import { askRedis, toScores, toTexts } from "./redis-answers";

/** Of each rule the counts of the minutes asked for, in their order. */
export type LiveCounts = Map<RuleKey, MinuteCounts[]>;

/** What the rules decided in these minutes since 1970, everywhere or for one tenant. Throws `UNAVAILABLE`. */
export async function readCounts(minutes: readonly number[], tenantId: string | null): Promise<LiveCounts> {
  const fields = ruleKeys.flatMap((rule) => countedOutcomes.map((outcome) => countsField(rule, outcome, tenantId)));
  const answers = await askRedis((pipeline) => {
    for (const minute of minutes) pipeline.hmget(countsKey(minute), ...fields);
  });
  const byMinute = answers.map((answer) => (Array.isArray(answer) ? answer.map(Number) : []));
  return new Map(
    ruleKeys.map((rule, index) => {
      const start = index * countedOutcomes.length;
      return [rule, byMinute.map((numbers) => toCounts(numbers.slice(start, start + countedOutcomes.length)))];
    }),
  );
}

// In the order of `countedOutcomes`.
function toCounts([allowed = 0, refused = 0, observed = 0, degraded = 0]: number[]): MinuteCounts {
  return { allowed, refused, observed, degraded };
}

/** Of each rule how many network addresses it has seen in these minutes; a HyperLogLog's estimate. Throws `UNAVAILABLE`. */
export async function readUniqueAddresses(minutes: readonly number[]): Promise<Map<RuleKey, number>> {
  const answers = await askRedis((pipeline) => {
    for (const rule of ruleKeys) pipeline.pfcount(...minutes.map((minute) => uniqueAddressesKey(rule, minute)));
  });
  return new Map(ruleKeys.map((rule, index) => [rule, Number(answers[index] ?? 0)]));
}

/** How many keys are refused at a time, in milliseconds by Redis' clock. Throws `UNAVAILABLE`. */
export async function countBlocked(now: number, tenantId: string | null): Promise<number> {
  const [count] = await askRedis((pipeline) => pipeline.zcount(blockedKey(tenantId), `(${now}`, "+inf"));
  return Number(count);
}

/** One end of sign-in attempts, and over how many of the other end they were spread. */
export type Spread = { label: string; spread: number };

/** Those with the widest spread in this hour and the one before it, widest first. Throws `UNAVAILABLE`. */
export async function readSpread(of: "address" | "account", hour: number, most: number): Promise<Spread[]> {
  const answers = await askRedis((pipeline) => {
    for (const one of [hour, hour - 1]) pipeline.zrevrange(spreadKey(of, one), 0, most - 1, "WITHSCORES");
  });
  const widest = new Map<string, number>();
  for (const { member, score } of answers.flatMap(toScores)) {
    widest.set(member, Math.max(score, widest.get(member) ?? 0));
  }
  return [...widest]
    .map(([label, spread]) => ({ label, spread }))
    .sort((a, b) => b.spread - a.spread || (a.label < b.label ? -1 : 1))
    .slice(0, most);
}

/** Texts of a list, from its head. Throws `UNAVAILABLE`. */
export async function readList(key: string, most: number): Promise<string[]> {
  const [answer] = await askRedis((pipeline) => pipeline.lrange(key, 0, most - 1));
  return toTexts(answer);
}

/** The spread of these in this hour or the one before it, the wider of both; zero for those that have none. Throws `UNAVAILABLE`. */
export async function readSpreadOf(
  of: "address" | "account",
  hour: number,
  labels: readonly string[],
): Promise<Spread[]> {
  if (labels.length === 0) return [];
  const answers = await askRedis((pipeline) => {
    for (const one of [hour, hour - 1]) pipeline.zmscore(spreadKey(of, one), ...labels);
  });
  const [now, before] = answers.map((answer) => (Array.isArray(answer) ? answer.map(Number) : []));
  return labels.map((label, index) => ({ label, spread: Math.max(now?.[index] ?? 0, before?.[index] ?? 0) }));
}
