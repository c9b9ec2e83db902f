import type { RecordedFacts } from "./ask-redis";
import { type TopDimension, topDimensions } from "./limit-keys";
import { type RuleKey, ruleCatalogue } from "./rule-catalogue";

/** Milliseconds for which the busiest are gathered before Redis is told. */
const gatherMilliseconds = 500;
/** What one gathering hands over at most: beyond it, the least busy are left out. */
const topsMax = 1_000;
const addressesMax = 10_000;
/** What one run of the script takes of it, so that it holds nobody up. */
const topsOfRun = 100;

/** Who was busy, and who was seen, since the last time. */
export type GatheredTops = {
  tops: { dimension: TopDimension; tenant: string; member: string; count: number }[];
  addresses: { rule: RuleKey; address: string }[];
};

type Counts = Map<string, { count: number }>;
type Busy = Record<TopDimension, Counts>;

const ofOwnRule: ReadonlySet<TopDimension> = new Set(["tenant", "caller-operation"]);
const ofFirstRule = topDimensions.filter((dimension) => !ofOwnRule.has(dimension));

/**
 * Counts in the process who is busy. Heavy hitters are an estimate by their nature: adding each decision to eight lists
 * in Redis costs ten times the decision itself (measured), and half a second late they are as good.
 */
export type RecordedTops = {
  /**
   * Notes a decision: who was busy under the first of its rules, the tenant and the caller's operation under those that
   * count by them, and which address all of them have seen.
   */
  note: (rules: readonly RuleKey[], facts: RecordedFacts) => void;
  /** What the next run should carry; empty while it is too early. */
  take: () => GatheredTops;
  /** Whether anything waits to be carried. */
  isWaiting: () => boolean;
};

/** Makes an empty one. */
export function createRecordedTops(): RecordedTops {
  let busy = new Map<RuleKey, Map<string, Busy>>();
  let seen = new Map<RuleKey, Set<string>>();
  let waiting: GatheredTops = { tops: [], addresses: [] };
  let gatheredAt = performance.now();
  const hand = () => {
    waiting = { tops: toTops(busy), addresses: toAddresses(seen) };
    [busy, seen, gatheredAt] = [new Map(), new Map(), performance.now()];
  };
  return {
    note: (rules, facts) => {
      const [first] = rules;
      if (first === undefined) return;
      const ofFirst = busyOf(busy, first, facts.tenant);
      for (const dimension of ofFirstRule) addTo(ofFirst[dimension], facts[dimension]);
      for (const rule of rules) {
        const { dimension } = ruleCatalogue[rule];
        if (ofOwnRule.has(dimension)) addTo(busyOf(busy, rule, facts.tenant)[dimension], facts[dimension]);
      }
      if (facts.address !== "") for (const rule of rules) seenOf(seen, rule).add(facts.address);
    },
    take: () => {
      const isEmpty = waiting.tops.length === 0 && waiting.addresses.length === 0;
      if (isEmpty && busy.size > 0 && performance.now() - gatheredAt >= gatherMilliseconds) hand();
      return { tops: waiting.tops.splice(0, topsOfRun), addresses: waiting.addresses.splice(0, topsOfRun) };
    },
    isWaiting: () => busy.size > 0 || waiting.tops.length > 0 || waiting.addresses.length > 0,
  };
}

function addTo(counts: Counts, label: string): void {
  if (label === "") return;
  const known = counts.get(label);
  if (known) known.count += 1;
  else counts.set(label, { count: 1 });
}

function busyOf(busy: Map<RuleKey, Map<string, Busy>>, rule: RuleKey, tenant: string): Busy {
  const tenants = busy.get(rule) ?? new Map<string, Busy>();
  const known = tenants.get(tenant);
  if (known) return known;
  const fresh: Busy = {
    address: new Map(),
    account: new Map(),
    path: new Map(),
    caller: new Map(),
    tenant: new Map(),
    "caller-operation": new Map(),
  };
  busy.set(rule, tenants.set(tenant, fresh));
  return fresh;
}

function seenOf(seen: Map<RuleKey, Set<string>>, rule: RuleKey): Set<string> {
  const known = seen.get(rule);
  if (known) return known;
  const fresh = new Set<string>();
  seen.set(rule, fresh);
  return fresh;
}

function toTops(busy: ReadonlyMap<RuleKey, ReadonlyMap<string, Busy>>): GatheredTops["tops"] {
  const tops: GatheredTops["tops"] = [];
  for (const [rule, tenants] of busy)
    for (const [tenant, of] of tenants)
      for (const dimension of topDimensions)
        for (const [label, { count }] of of[dimension])
          tops.push({ dimension, tenant, member: `${rule}|${label}`, count });
  return tops.length <= topsMax ? tops : tops.sort((a, b) => b.count - a.count).slice(0, topsMax);
}

function toAddresses(seen: ReadonlyMap<RuleKey, ReadonlySet<string>>): GatheredTops["addresses"] {
  return [...seen].flatMap(([rule, of]) => [...of].map((address) => ({ rule, address }))).slice(0, addressesMax);
}
