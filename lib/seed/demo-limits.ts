import type { RuleKey } from "@/lib/rate-limits/rule-catalogue";
import { accountWithRole } from "./demo-arrivals";
import type { DemoData } from "./demo-world";
import { createRandom, type Random } from "./random";
import { seedId } from "./seed-id";

/** What the rules counted in a bucket. */
type Counts = { allowed: number; refused: number; observed: number; degraded: number };

type Bucket = Counts & { rule: RuleKey; granularity: "minute" | "hour" | "day"; bucketAt: Date };

/** The rate limits' part of the demo, as rows. */
export type DemoLimits = {
  tallies: (Bucket & { uniqueAddresses: number })[];
  tenantTallies: (Bucket & { tenantId: string })[];
  exemptions: {
    id: string;
    tenantId: null;
    network: string;
    userId: null;
    reason: string;
    expiresAt: Date;
    createdAt: Date;
    createdByType: string;
    createdById: string;
    createdByName: string;
  }[];
};

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/** Decisions of an ordinary minute in working hours, and of a thousand how many are refused. */
const everyday: [rule: RuleKey, perMinute: number, refusedPerMille: number][] = [
  ["sign-in-account", 1.1, 4],
  ["sign-in-device", 2.4, 1],
  ["sign-in-address", 1.1, 9],
  ["reset-mail-account", 0.12, 30],
  ["auth-address", 9, 0.4],
  ["api", 38, 0.3],
];

/** A month and a half of history: by minute for a day, by hour for two weeks, by day since the installation was set up. */
export function inventLimits(now: number, data: DemoData): DemoLimits {
  const random = createRandom("gatehouse demo limits 1");
  const tallies = everyday.flatMap((rule) => inventTallies(random, rule, now));
  const parts = data.homes.map((home) => ({ home, share: 0.15 + random.float() * 0.2 }));
  return {
    tallies,
    tenantTallies: parts.flatMap(({ home, share }) =>
      tallies.flatMap(({ uniqueAddresses: _, ...tally }) =>
        tally.bucketAt.getTime() < home.createdAt ? [] : [{ ...scale(tally, share), tenantId: home.id }],
      ),
    ),
    exemptions: [inventExemption(random, data, now)],
  };
}

function inventTallies(random: Random, [rule, perMinute, refusedPerMille]: (typeof everyday)[number], now: number) {
  const tallies: DemoLimits["tallies"] = [];
  const add = (granularity: Bucket["granularity"], length: number, count: number) => {
    const last = Math.floor(now / length) - 1;
    for (let bucket = last - count + 1; bucket <= last; bucket += 1) {
      const at = bucket * length;
      const expected = (perMinute * length * busyness(at, length) * (0.8 + random.float() * 0.4)) / minute;
      const attacked = rule.startsWith("sign-in") && isAttacked(at, length, now) ? 9 : 1;
      const refused = Math.round((expected * refusedPerMille * attacked * attacked) / 1_000);
      const allowed = granularity === "minute" ? poisson(random, expected * attacked) : Math.round(expected * attacked);
      const uniqueAddresses = Math.min(allowed, Math.round(40 * Math.sqrt(expected)));
      const counts = { allowed, refused, observed: 0, degraded: 0 };
      tallies.push({ rule, granularity, bucketAt: new Date(at), ...counts, uniqueAddresses });
    }
  };
  add("minute", minute, 24 * 60);
  add("hour", hour, 14 * 24);
  add("day", day, 43);
  return tallies;
}

// People work by day, and less at the end of a week.
function busyness(at: number, length: number): number {
  if (length >= day) return [0, 6].includes(new Date(at).getUTCDay()) ? 0.2 : 0.5;
  return 0.25 + Math.max(0, Math.sin(((new Date(at).getUTCHours() - 6) / 12) * Math.PI));
}

// The account in strange hands was tried for half an hour, a day ago.
function isAttacked(at: number, length: number, now: number): boolean {
  const begin = now - 26 * hour;
  return length < day && at < begin + hour / 2 && at + length > begin;
}

function poisson(random: Random, mean: number): number {
  const bound = Math.exp(-Math.min(mean, 500));
  let [count, product] = [0, random.float()];
  while (product > bound && count < 2_000) {
    count += 1;
    product *= random.float();
  }
  return count;
}

function scale<Row extends Counts>(row: Row, share: number): Row {
  return { ...row, allowed: Math.round(row.allowed * share), refused: Math.round(row.refused * share) };
}

function inventExemption(random: Random, data: DemoData, now: number): DemoLimits["exemptions"][number] {
  const author = accountWithRole(data, "admin", null);
  return {
    id: seedId(random, now - 9 * day),
    tenantId: null,
    network: "192.0.2.0/28",
    userId: null,
    reason: "The training rooms: forty people behind one address",
    expiresAt: new Date(now + 21 * day),
    createdAt: new Date(now - 9 * day),
    createdByType: "user",
    createdById: author.id,
    createdByName: author.email,
  };
}
