import { countsKey, limitKeyPrefix, parseCountsField, uniqueAddressesKey } from "@/lib/rate-limits/limit-keys";
import { type RuleKey, ruleKeys } from "@/lib/rate-limits/rule-catalogue";
import type { MinuteCounts, MinuteTally, TenantMinuteTally } from "./collected";
import { askRedis, toFields } from "./redis-answers";

/** What these minutes counted. Throws `UNAVAILABLE`. */
export async function readTallies(
  minutes: readonly number[],
): Promise<{ everywhere: MinuteTally[]; ofTenants: TenantMinuteTally[] }> {
  const answers = await askRedis((pipeline) => {
    for (const minute of minutes) pipeline.hgetall(countsKey(minute));
  });
  const counted = minutes.flatMap((minute, index) => toTallies(minute, toFields(answers[index])));
  const everywhere = counted.filter(({ tenantId }) => tenantId === null);
  const unique = await askRedis((pipeline) => {
    for (const { rule, minute } of everywhere) pipeline.pfcount(uniqueAddressesKey(rule, minute));
  });
  return {
    everywhere: everywhere.map((tally, index) => ({ ...tally, uniqueAddresses: Number(unique[index] ?? 0) })),
    ofTenants: counted.flatMap(({ tenantId, ...tally }) => (tenantId === null ? [] : [{ ...tally, tenantId }])),
  };
}

function toTallies(minute: number, fields: Record<string, string>) {
  const tallies = new Map<string, MinuteCounts & { rule: RuleKey; minute: number; tenantId: string | null }>();
  for (const [field, count] of Object.entries(fields)) {
    const parsed = parseCountsField(field);
    if (!parsed) continue;
    const { rule, tenantId, outcome } = parsed;
    const none = { allowed: 0, refused: 0, observed: 0, degraded: 0 };
    const tally = tallies.get(`${rule}|${tenantId}`) ?? { ...none, rule, minute, tenantId };
    tally[outcome] += Number(count);
    tallies.set(`${rule}|${tenantId}`, tally);
  }
  return [...tallies.values()];
}

/** The hours and days of which the addresses are gathered. */
const spans = [
  { granularity: "hour", minutes: 60, keptSeconds: 2 * 3_600 },
  { granularity: "day", minutes: 24 * 60, keptSeconds: 25 * 3_600 },
] as const;

/** How many network addresses a rule has seen in an hour or day. */
export type UniqueAddresses = { rule: RuleKey; granularity: "hour" | "day"; at: string; count: number };

/**
 * Adds the network addresses of these minutes to those of their hours and days, and says how many there are in each.
 * Repeated, it adds nothing. Throws `UNAVAILABLE`.
 */
export async function gatherUniqueAddresses(minutes: readonly number[]): Promise<UniqueAddresses[]> {
  const gathered = spans.flatMap(({ granularity, minutes: length, keptSeconds }) =>
    [...byBucket(minutes, length)].flatMap(([bucket, of]) =>
      ruleKeys.map((rule) => ({
        rule,
        granularity,
        at: new Date(bucket * length * 60_000).toISOString(),
        key: `${limitKeyPrefix}u:${rule}:${granularity}:${bucket}`,
        of,
        keptSeconds,
      })),
    ),
  );
  const answers = await askRedis((pipeline) => {
    for (const { key, rule, of, keptSeconds } of gathered) {
      pipeline.pfmerge(key, ...of.map((minute) => uniqueAddressesKey(rule, minute)));
      pipeline.expire(key, keptSeconds);
      pipeline.pfcount(key);
    }
  });
  return gathered.map(({ rule, granularity, at }, index) => ({
    rule,
    granularity,
    at,
    count: Number(answers[index * 3 + 2] ?? 0),
  }));
}

function byBucket(minutes: readonly number[], length: number): Map<number, number[]> {
  const buckets = new Map<number, number[]>();
  for (const minute of minutes) {
    const bucket = Math.floor(minute / length);
    buckets.set(bucket, [...(buckets.get(bucket) ?? []), minute]);
  }
  return buckets;
}
