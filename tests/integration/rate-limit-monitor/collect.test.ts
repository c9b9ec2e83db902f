import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { newId } from "@/lib/db/new-id";
import { withScope } from "@/lib/db/scoped-transaction";
import { runOperation } from "@/lib/operations/run-operation";
import { collectAttempts } from "@/lib/rate-limit-monitor/collect-attempts";
import { collectTallies } from "@/lib/rate-limit-monitor/collect-tallies";
import { lockPosition, saveMinutes, savePosition } from "@/lib/rate-limit-monitor/drain-repository";
import { listRateLimitHistory } from "@/lib/rate-limit-monitor/list-rate-limit-history";
import { sweepRateLimits } from "@/lib/rate-limit-monitor/sweep-rate-limits";
import { attemptsKey, countsField, countsKey, uniqueAddressesKey } from "@/lib/rate-limits/limit-keys";
import { redisClient } from "@/lib/redis/redis-client";
import { makeUser } from "@/tests/support/factories";
import { openTenant, platformCaller, tenantCaller } from "@/tests/support/people";
import { startTestRuntime, type TestRuntime } from "@/tests/support/test-runtime";
import { decideTimes } from "./monitor-bed";

let runtime: TestRuntime;

beforeAll(async () => {
  runtime = await startTestRuntime();
});
afterAll(() => runtime.stop());
beforeEach(async () => {
  await redisClient.get().flushdb();
  await runtime.asSuperuser("truncate rate_limit_attempt, rate_limit_tally, rate_limit_tenant_tally, rate_limit_drain");
});

const count = async (table: string) =>
  Number((await runtime.asSuperuser<{ count: string }>(`select count(*) from ${table}`))[0]?.count);

const thisMinute = () => Math.floor(Date.now() / 60_000);

describe("recorded attempts", () => {
  it("are taken into Postgres as they were, each once, and leave Redis", async () => {
    const user = await makeUser();
    await decideTimes(12, [{ rule: "sign-in-account", subject: user.email }], { userId: user.id });
    expect(await collectAttempts()).toBe(12);
    expect(await collectAttempts()).toBe(0);
    const rows = await runtime.asSuperuser<{ rule: string; outcome: string; user_id: string; label: string }>(
      "select rule, outcome, user_id, label from rate_limit_attempt order by at, sequence",
    );
    expect(rows.map(({ outcome }) => outcome)).toEqual([...Array(10).fill("allowed"), "refused", "refused"]);
    expect(new Set(rows.map((row) => `${row.rule} ${row.user_id} ${row.label}`))).toEqual(
      new Set([`sign-in-account ${user.id} ${user.id}`]),
    );
    expect(await redisClient.get().xlen(attemptsKey)).toBeLessThanOrEqual(1);
  });

  it("are neither lost nor doubled by a collector that dies before its commit, or between commit and trimming", async () => {
    await decideTimes(5, [{ rule: "sign-in-account", subject: `${newId()}@example.com` }]);
    // What a collector had written when it was killed is rolled back with its position.
    const killed = withScope({ kind: "platform" }, async (tx) => {
      await savePosition(tx, "attempts", (await lockPosition(tx, "attempts")) ?? "9999999999999-0");
      throw new Error("killed");
    });
    await expect(killed).rejects.toThrow();
    const before = await redisClient.get().xrange(attemptsKey, "-", "+");
    expect(await collectAttempts()).toBe(5);
    // One that died before it could trim leaves what it had taken.
    for (const [id, fields] of before)
      await redisClient
        .get()
        .xadd(attemptsKey, id, ...fields)
        .catch(() => undefined);
    await collectAttempts();
    expect(await count("rate_limit_attempt")).toBe(5);
  });

  it("are taken once by two instances at the same time", async () => {
    await decideTimes(40, [{ rule: "sign-in-account", subject: `${newId()}@example.com` }]);
    await Promise.all([collectAttempts(), collectAttempts(), collectAttempts()]);
    expect(await count("rate_limit_attempt")).toBe(40);
  });

  it("of a Redis that has lost its memory and whose clock is behind are taken as well", async () => {
    await withScope({ kind: "platform" }, async (tx) => {
      await lockPosition(tx, "attempts");
      await savePosition(tx, "attempts", `${Date.now() + 3_600_000}-0`);
    });
    await decideTimes(3, [{ rule: "sign-in-account", subject: `${newId()}@example.com` }]);
    expect(await collectAttempts()).toBe(3);
  });
});

/** Counts of a finished minute, as the limiter writes them. */
async function fillMinute(minute: number, fields: Record<string, number>): Promise<void> {
  await redisClient.get().hset(countsKey(minute), fields);
}

const tallies = (granularity: string) =>
  runtime.asSuperuser<{ rule: string; allowed: string; refused: string; unique_addresses: number }>(
    "select rule, allowed, refused, unique_addresses from rate_limit_tally where granularity = $1 order by bucket_at, rule",
    [granularity],
  );

describe("tallies", () => {
  it("equal the counts of every finished minute, add up to hours and days, and leave the minute under way", async () => {
    const minute = thisMinute();
    const tenant = await openTenant();
    const field = (outcome: "allowed" | "refused", tenantId: string | null = null) =>
      countsField("api", outcome, tenantId);
    await fillMinute(minute - 2, {
      [field("allowed")]: 5,
      [field("refused")]: 2,
      [field("allowed", tenant.tenantId)]: 3,
    });
    await fillMinute(minute - 1, { [field("allowed")]: 7, [field("allowed", newId())]: 1 });
    await fillMinute(minute + 5, { [field("allowed")]: 100 });
    for (const address of ["a", "b"]) await redisClient.get().pfadd(uniqueAddressesKey("api", minute - 2), address);
    for (const address of ["b", "c"]) await redisClient.get().pfadd(uniqueAddressesKey("api", minute - 1), address);
    await collectTallies();
    expect(await tallies("minute")).toEqual([
      { rule: "api", allowed: "5", refused: "2", unique_addresses: 2 },
      { rule: "api", allowed: "7", refused: "0", unique_addresses: 2 },
    ]);
    const sum = (rows: { allowed: string }[]) => rows.reduce((total, { allowed }) => total + Number(allowed), 0);
    const [hours, days] = [await tallies("hour"), await tallies("day")];
    expect([sum(hours), sum(days)]).toEqual([12, 12]);
    if (days.length === 1) expect(days[0]?.unique_addresses).toBe(3);
    const ofTenant = await runtime.asSuperuser("select granularity, allowed, tenant_id from rate_limit_tenant_tally");
    expect(ofTenant).toHaveLength(3);
    expect(ofTenant).toContainEqual({ granularity: "minute", allowed: "3", tenant_id: tenant.tenantId });
  });

  it("count nothing twice when a minute is taken again, by a second instance or after a crash", async () => {
    const minute = thisMinute();
    await fillMinute(minute - 1, { [countsField("api", "allowed", null)]: 7 });
    await Promise.all([collectTallies(), collectTallies()]);
    await runtime.asSuperuser("update rate_limit_drain set position = $1 where name = 'tallies'", [minute - 3]);
    await collectTallies();
    // Of a minute that Redis has forgotten in part, what was known stays.
    await fillMinute(minute - 1, { [countsField("api", "allowed", null)]: 1 });
    await runtime.asSuperuser("update rate_limit_drain set position = $1 where name = 'tallies'", [minute - 3]);
    await collectTallies();
    for (const granularity of ["minute", "hour", "day"]) {
      expect(await tallies(granularity)).toMatchObject([{ rule: "api", allowed: "7" }]);
    }
  });

  it("are kept for as long as is said: two days by minute, sixty by hour, a year by day", async () => {
    await runtime.asSuperuser(
      `insert into rate_limit_tally (rule, granularity, bucket_at, allowed, refused, observed, degraded, unique_addresses)
       select 'api', granularity, now() - age, 1, 0, 0, 0, 0 from (values
         ('minute', interval '47 hours'), ('minute', interval '49 hours'), ('hour', interval '59 days'), ('hour', interval '61 days'),
         ('day', interval '364 days'), ('day', interval '367 days')) v (granularity, age)`,
    );
    await runtime.asSuperuser(
      `insert into rate_limit_attempt (at, sequence, rule, subject, outcome, cost, label)
       select now() - age, 0, 'api', 'x', 'allowed', 1, 'x' from (values (interval '47 hours'), (interval '49 hours')) v (age)`,
    );
    expect(await sweepRateLimits()).toBe(4);
    expect(await count("rate_limit_tally")).toBe(3);
    expect(await count("rate_limit_attempt")).toBe(1);
    expect(await sweepRateLimits()).toBe(0);
  });
});

describe("the history", () => {
  it("is a series without gaps, of one rule or of all, and in a tenant of what concerned it", async () => {
    const hour = Math.floor(Date.now() / 3_600_000) * 60;
    const tenant = await openTenant();
    const none = { observed: 0, degraded: 0, uniqueAddresses: 4 };
    await withScope({ kind: "platform" }, (tx) =>
      saveMinutes(tx, [
        { rule: "api", minute: hour - 3, allowed: 5, refused: 1, ...none },
        { rule: "sign-in-account", minute: hour - 3, allowed: 2, refused: 0, ...none },
      ]),
    );
    await runtime.asSuperuser(
      `insert into rate_limit_tenant_tally (tenant_id, rule, granularity, bucket_at, allowed, refused, observed, degraded)
       values ($1, 'api', 'minute', to_timestamp($2::bigint * 60), 3, 0, 0, 0)`,
      [tenant.tenantId, hour - 3],
    );
    const at = (minute: number) => new Date(minute * 60_000).toISOString();
    const asked = { granularity: "minute", from: at(hour - 4), to: at(hour) };
    const operator = await platformCaller("auditor");
    const counts = { observed: 0, degraded: 0 };
    const ofRule = await runOperation(listRateLimitHistory, operator, { ...asked, rule: "api" });
    expect(ofRule.data).toEqual([
      { at: at(hour - 4), allowed: 0, refused: 0, ...counts, uniqueAddresses: 0 },
      { at: at(hour - 3), allowed: 5, refused: 1, ...counts, uniqueAddresses: 4 },
      { at: at(hour - 2), allowed: 0, refused: 0, ...counts, uniqueAddresses: 0 },
      { at: at(hour - 1), allowed: 0, refused: 0, ...counts, uniqueAddresses: 0 },
    ]);
    const ofAll = await runOperation(listRateLimitHistory, operator, asked);
    expect(ofAll.data[1]).toMatchObject({ allowed: 7, refused: 1, uniqueAddresses: null });
    const named = await runOperation(listRateLimitHistory, operator, { ...asked, tenant: tenant.tenantSlug });
    const inTenant = await runOperation(listRateLimitHistory, await tenantCaller(tenant, "auditor"), asked);
    expect([named.data[1]?.allowed, inTenant.data[1]?.allowed]).toEqual([3, 3]);
    const elsewhere = await runOperation(listRateLimitHistory, await tenantCaller(await openTenant(), "owner"), asked);
    expect(elsewhere.data.map(({ allowed }) => allowed)).toEqual([0, 0, 0, 0]);
  });
});
