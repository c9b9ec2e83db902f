import { randomBytes } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { newId } from "@/lib/db/new-id";
import { metrics } from "@/lib/observability/metrics";
import { addressBlock } from "@/lib/rate-limits/address-block";
import { type Charge, clearCounters, type DecisionFacts, decide, returnPlaces } from "@/lib/rate-limits/decide";
import {
  attemptsKey,
  blockedKey,
  countsKey,
  parseCountsField,
  parseTopMember,
  refusalsKey,
  spreadKey,
  subjectHash,
  toBlockId,
  topKey,
  uniqueAddressesKey,
  whoKey,
} from "@/lib/rate-limits/limit-keys";
import { type RuleKey, ruleCatalogue } from "@/lib/rate-limits/rule-catalogue";
import { redisClient } from "@/lib/redis/redis-client";
import { makeTenant, makeUser } from "@/tests/support/factories";
import { startTestRuntime, type TestRuntime } from "@/tests/support/test-runtime";
import { until } from "@/tests/support/until";

let runtime: TestRuntime;
beforeAll(async () => {
  runtime = await startTestRuntime();
});
afterAll(() => runtime.stop());

const nothingKnown: DecisionFacts = { tenantId: null, path: null, address: null };
const email = () => `${randomBytes(8).toString("hex")}@example.com`;
const address = () => `10.${randomBytes(3).join(".")}`;
const chargeOf = (rule: RuleKey, subject: string, cost = 1): Charge => ({ rule, subject, cost });
const { limit } = ruleCatalogue["sign-in-account"];

async function allowedOf(times: number, charges: Charge[], facts = nothingKnown): Promise<number> {
  const decisions = await Promise.all(Array.from({ length: times }, () => decide(charges, facts)));
  return decisions.filter(({ allowed }) => allowed).length;
}

const rightNow = performance.now.bind(performance);
let ahead = 0;
// Not by a mock, which would turn the steady clock back after its test.
performance.now = () => rightNow() + ahead;

/** The settings are read anew by the next decision, as they are a second later. */
function aSecondLater(): void {
  ahead += 1_001;
}

describe("a decision", () => {
  it("lets exactly the limit through when everything comes at once, and says when to come back", async () => {
    const charges = [chargeOf("sign-in-account", email())];
    expect(await allowedOf(64, charges)).toBe(limit);
    const refused = await decide(charges, nothingKnown);
    expect(refused).toMatchObject({ allowed: false, rule: "sign-in-account", limit, windowSeconds: 900, first: false });
    expect(refused.allowed ? 0 : refused.retryAfterSeconds).toBeGreaterThan(800);
  });

  it("charges all of its rules or none", async () => {
    const [account, other, place] = [email(), email(), address()];
    const both = (subject: string) => [chargeOf("sign-in-address", place), chargeOf("sign-in-account", subject)];
    expect(await allowedOf(limit, [chargeOf("sign-in-account", account)])).toBe(limit);
    // Refused by the account, so the address is not charged either.
    expect(await allowedOf(30, both(account))).toBe(0);
    expect(await allowedOf(30, both(other))).toBe(limit);
  });

  it("names the first refusal of a block, and no other", async () => {
    const charges = [chargeOf("sign-in-account", email())];
    await allowedOf(limit, charges);
    const refused = await Promise.all(Array.from({ length: 8 }, () => decide(charges, nothingKnown)));
    expect(refused.filter((decision) => !decision.allowed && decision.first)).toHaveLength(1);
  });

  it("gives places back, in a log and in a rate", async () => {
    for (const rule of ["sign-in-account", "invitation-mail-tenant"] as const) {
      const charges = [chargeOf(rule, rule === "sign-in-account" ? email() : newId())];
      const all = ruleCatalogue[rule].limit;
      const decisions = await Promise.all(Array.from({ length: all }, () => decide(charges, nothingKnown)));
      await returnPlaces(decisions.slice(0, 3).flatMap((decision) => (decision.allowed ? decision.places : [])));
      expect(await allowedOf(all, charges)).toBeGreaterThanOrEqual(3);
    }
  });

  it("takes several places at once, or none when there are too few", async () => {
    const tenantId = newId();
    expect((await decide([chargeOf("invitation-mail-tenant", tenantId, 300)], nothingKnown)).allowed).toBe(true);
    expect((await decide([chargeOf("invitation-mail-tenant", tenantId, 300)], nothingKnown)).allowed).toBe(false);
    expect((await decide([chargeOf("invitation-mail-tenant", tenantId, 200)], nothingKnown)).allowed).toBe(true);
  });

  it("starts afresh for a subject whose counters were cleared, and its block is gone", async () => {
    const account = email();
    const charges = [chargeOf("sign-in-account", account)];
    await allowedOf(limit + 1, charges);
    const block = toBlockId("sign-in-account", subjectHash("account", account));
    expect(await redisClient.get().zscore(blockedKey(null), block)).not.toBeNull();
    await clearCounters("sign-in-account", account);
    expect(await redisClient.get().zscore(blockedKey(null), block)).toBeNull();
    expect(await allowedOf(64, charges)).toBe(limit);
  });

  it("leaves a counter of a rate in at most 120 bytes", async () => {
    const caller = `session:${newId()}`;
    await decide([chargeOf("api", caller)], nothingKnown);
    const key = `{rl}:ap:${subjectHash("caller", caller)}`;
    expect(await redisClient.get().memory("USAGE", key)).toBeLessThanOrEqual(120);
  });
});

describe("what people decide", () => {
  it("holds within a second: another limit, a block until a time, somebody let through", async () => {
    const [account, place] = [email(), address()];
    const user = await makeUser({ email: account });
    await decide([chargeOf("reset-mail-address", place)], nothingKnown);
    await runtime.asSuperuser(
      `insert into rate_limit_rule (rule, limit_count, window_seconds, updated_by_type, updated_by_name)
       values ('reset-mail-address', 4, 900, 'user', 'Somebody')`,
    );
    await block("address", addressBlock(place), "10 minutes");
    await exempt({ userId: user.id });
    aSecondLater();
    expect(await allowedOf(20, [chargeOf("reset-mail-address", address())])).toBe(4);
    const refused = await decide([chargeOf("sign-in-address", place)], nothingKnown);
    expect(refused).toMatchObject({ allowed: false, rule: "sign-in-address", first: false });
    expect(refused.allowed ? 0 : refused.retryAfterSeconds).toBeGreaterThan(500);
    const known = { ...nothingKnown, userId: user.id };
    expect(await allowedOf(40, [chargeOf("sign-in-account", account)], known)).toBe(40);
    expect(await allowedOf(40, [chargeOf("sign-in-account", account)])).toBe(limit);
  });

  it("lets a whole network through, in both families, and nobody beside it", async () => {
    await exempt({ network: "192.0.2.0/24" });
    await exempt({ network: "2001:db8:77::/48" });
    aSecondLater();
    for (const inside of ["192.0.2.77", "2001:db8:77:1::9"])
      expect(await allowedOf(30, [chargeOf("sign-in-address", inside)], { ...nothingKnown, address: inside })).toBe(30);
    const outside = "2001:db8:78::1";
    expect(await allowedOf(30, [chargeOf("sign-in-address", outside)], { ...nothingKnown, address: outside })).toBe(
      limit,
    );
  });

  it("refuses a blocked address whatever is asked from it", async () => {
    const place = address();
    await block("address", place, "1 minute");
    aSecondLater();
    expect(await allowedOf(3, [chargeOf("api", `session:${newId()}`)], { ...nothingKnown, address: place })).toBe(0);
    expect(await allowedOf(3, [chargeOf("api", `session:${newId()}`)], { ...nothingKnown, address: address() })).toBe(
      3,
    );
  });

  it("refuses nothing by a rule that only watches, and counts whom it would have refused", async () => {
    await runtime.asSuperuser(
      `insert into rate_limit_rule (rule, limit_count, window_seconds, mode, updated_by_type, updated_by_name)
       values ('new-device-link', 3, 900, 'observe', 'user', 'Somebody')`,
    );
    aSecondLater();
    const place = address();
    expect(await allowedOf(10, [chargeOf("new-device-link", place)])).toBe(10);
    const counts = await countsOf("new-device-link");
    expect(counts).toMatchObject({ allowed: 3, observed: 7 });
    expect(counts.refused ?? 0).toBe(0);
    const block = toBlockId("new-device-link", subjectHash("address", place));
    expect(await redisClient.get().zscore(blockedKey(null), block)).toBeNull();
  });

  it("goes on by what was known when Postgres does not answer", async () => {
    await decide([chargeOf("api", `session:${newId()}`)], nothingKnown);
    const { limitSettingsPool } = await import("@/lib/rate-limits/limit-settings-store");
    const away = vi.spyOn(limitSettingsPool.get(), "query").mockImplementation(() => Promise.reject(new Error("away")));
    aSecondLater();
    expect((await decide([chargeOf("api", `session:${newId()}`)], nothingKnown)).allowed).toBe(true);
    expect(away).toHaveBeenCalled();
  });
});

describe("what is recorded", () => {
  it("is every attempt of a sign-in rule, with whom it was about and never the address that was typed", async () => {
    const tenant = await makeTenant();
    const [account, place] = [email(), address()];
    const facts = { tenantId: tenant.id, path: "/sign-in//email?x=1", address: place };
    await allowedOf(limit + 2, [chargeOf("sign-in-account", account)], facts);
    const hash = subjectHash("account", account);
    const stream = await redisClient.get().xrange(attemptsKey, "-", "+");
    const attempts = stream.map(([, fields]) => toRecord(fields)).filter((fields) => fields.hash === hash);
    expect(attempts).toHaveLength(limit + 2);
    expect(attempts.filter(({ outcome }) => outcome === "refused")).toHaveLength(2);
    expect(attempts[0]).toMatchObject({
      rule: "sign-in-account",
      tenantId: tenant.id,
      address: place,
      path: "/sign-in/email",
    });
    const who = await redisClient.get().hgetall(whoKey("sign-in-account", hash));
    expect(who).toMatchObject({ dimension: "account", tenantId: tenant.id, attempts: "2", address: place });
    const [last = "{}"] = await redisClient.get().lrange(refusalsKey(tenant.id), 0, 0);
    expect(JSON.parse(last)).toMatchObject({ blockId: toBlockId("sign-in-account", hash), tenantId: tenant.id });
    expect(await redisClient.get().zcard(blockedKey(tenant.id))).toBe(1);
    expect(await countsOf("sign-in-account", tenant.id)).toMatchObject({ allowed: limit, refused: 2 });
    const local = account.split("@")[0] ?? "";
    for (const text of [JSON.stringify(stream), JSON.stringify(who), last]) expect(text).not.toContain(local);
  });

  it("is who was busiest, in all and in the tenant, and how many addresses there were", async () => {
    const tenantId = newId();
    const caller = `session:${newId()}`;
    const facts = { tenantId, path: "listUsers", address: "2001:db8:5:6:7::8", userId: newId() };
    await allowedOf(5, [chargeOf("api", caller)], facts);
    const of = async (dimension: "caller" | "address" | "account" | "path", tenant: string | null) => {
      const rows = await redisClient.get().zrange(topKey(dimension, await minute(), tenant), "0", "-1", "WITHSCORES");
      const members = rows.filter((_, index) => index % 2 === 0).map(parseTopMember);
      return members.map((member, index) => ({ ...member, score: Number(rows[2 * index + 1]) }));
    };
    await until(async () => (await of("caller", tenantId)).length > 0, 10_000);
    expect(await of("caller", tenantId)).toEqual([{ rule: "api", label: caller, score: 5 }]);
    expect(await of("address", tenantId)).toEqual([{ rule: "api", label: "2001:db8:5:6::/64", score: 5 }]);
    expect(await of("path", tenantId)).toEqual([{ rule: "api", label: "listUsers", score: 5 }]);
    expect(await of("account", null)).toContainEqual({ rule: "api", label: facts.userId, score: 5 });
    expect(await redisClient.get().pfcount(uniqueAddressesKey("api", await minute()))).toBeGreaterThan(0);
  });

  it("is how far the attempts of one address spread over accounts, and those on one account over addresses", async () => {
    const [place, account] = [address(), email()];
    for (let turn = 0; turn < 6; turn += 1) {
      await decide([chargeOf("sign-in-address", place), chargeOf("sign-in-account", email())], nothingKnown);
      await decide([chargeOf("sign-in-address", address()), chargeOf("sign-in-account", account)], nothingKnown);
    }
    const hour = Math.floor((await minute()) / 60);
    expect(Number(await redisClient.get().zscore(spreadKey("address", hour), place))).toBeCloseTo(6, 0);
    const accounts = await redisClient.get().zrange(spreadKey("account", hour), "0", "-1", "WITHSCORES");
    expect(accounts.filter((_, index) => index % 2 === 1).map(Number)).toContain(6);
  });

  it("goes away by itself", async () => {
    await allowedOf(limit + 1, [chargeOf("sign-in-account", email()), chargeOf("sign-in-address", address())], {
      ...nothingKnown,
      tenantId: newId(),
      path: "/x",
    });
    const client = redisClient.get();
    const kept: string[] = [];
    for (const key of await client.keys("{rl}:*")) if ((await client.pttl(key)) < 0) kept.push(key);
    // Those are bounded by their number of members, and the memory's value is one.
    expect(kept.filter((key) => ![blockedKey(null), attemptsKey, "{rl}:e"].includes(key))).toEqual([]);
  });

  it("is in the metrics of the process", async () => {
    const before = await counted("sign-in-account", "refused");
    await allowedOf(limit + 4, [chargeOf("sign-in-account", email())]);
    expect((await counted("sign-in-account", "refused")) - before).toBe(4);
    expect(await counted("new-device-link", "observed")).toBe(7);
  });
});

async function counted(rule: RuleKey, outcome: string): Promise<number> {
  const { values } = await metrics.get().limitDecisions.get();
  return values.find(({ labels }) => labels.rule === rule && labels.outcome === outcome)?.value ?? 0;
}

async function minute(): Promise<number> {
  return Math.floor(Number((await redisClient.get().time())[0]) / 60);
}

/** Counts of the last minutes: a test may run into the next one. */
async function countsOf(rule: RuleKey, tenantId: string | null = null): Promise<Record<string, number>> {
  const now = await minute();
  const totals: Record<string, number> = {};
  for (const at of [now - 1, now]) {
    for (const [field, count] of Object.entries(await redisClient.get().hgetall(countsKey(at)))) {
      const known = parseCountsField(field);
      if (known?.rule === rule && known.tenantId === tenantId)
        totals[known.outcome] = (totals[known.outcome] ?? 0) + Number(count);
    }
  }
  return totals;
}

function toRecord(fields: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    fields.flatMap((name, index) => (index % 2 === 0 ? [[name, fields[index + 1] ?? ""]] : [])),
  );
}

async function block(dimension: "address" | "account", subject: string, time: string): Promise<void> {
  await runtime.asSuperuser(
    `insert into rate_limit_block (id, dimension, subject, label, reason, blocked_until, created_by_type, created_by_name)
     values ($1, $2, $3, $4, 'an attack', now() + $5::interval, 'user', 'Somebody')`,
    [newId(), dimension, subjectHash(dimension, subject), subject, time],
  );
}

async function exempt({ network = null, userId = null }: { network?: string | null; userId?: string | null }) {
  await runtime.asSuperuser(
    `insert into rate_limit_exemption (id, network, user_id, reason, expires_at, created_by_type, created_by_name)
     values ($1, $2, $3, 'the office', now() + interval '1 hour', 'user', 'Somebody')`,
    [newId(), network, userId],
  );
}
