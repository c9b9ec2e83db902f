import { randomBytes } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { z } from "zod";
import { newId } from "@/lib/db/new-id";
import type { RequestContext } from "@/lib/operations/request-context";
import { runOperation } from "@/lib/operations/run-operation";
import { collectAttempts } from "@/lib/rate-limit-monitor/collect-attempts";
import { getRateLimits } from "@/lib/rate-limit-monitor/get-rate-limits";
import { listRateLimitBlocks } from "@/lib/rate-limit-monitor/list-rate-limit-blocks";
import { listRateLimitRefusals } from "@/lib/rate-limit-monitor/list-rate-limit-refusals";
import { listRateLimitTop } from "@/lib/rate-limit-monitor/list-rate-limit-top";
import { previewRateLimitRule } from "@/lib/rate-limit-monitor/preview-rate-limit-rule";
import { clearCounters, decide, returnPlaces } from "@/lib/rate-limits/decide";
import { spreadKey, topKey } from "@/lib/rate-limits/limit-keys";
import { createRedisClient, redisClient } from "@/lib/redis/redis-client";
import { makeUser } from "@/tests/support/factories";
import { openTenant, platformCaller, tenantCaller } from "@/tests/support/people";
import { startTestRuntime, type TestRuntime } from "@/tests/support/test-runtime";
import { until } from "@/tests/support/until";
import { codeOf, decideTimes, forgetTops, runFull } from "./monitor-bed";

let runtime: TestRuntime;
let operator: RequestContext;

beforeAll(async () => {
  runtime = await startTestRuntime();
  operator = await platformCaller("admin");
});
afterAll(() => runtime.stop());

const minuteNow = () => Math.floor(Date.now() / 60_000);
const stateOf = async (ctx: RequestContext, rule: string) => {
  const { rules } = await runOperation(getRateLimits, ctx, {});
  return rules.find((one) => one.rule === rule);
};

describe("the live state", () => {
  it("counts what was allowed and refused by minute, everywhere and for a tenant", async () => {
    const tenant = await openTenant();
    await decideTimes(7, [{ rule: "reset-mail-account", subject: `${newId()}@example.com` }], {
      tenantId: tenant.tenantId,
    });
    await decideTimes(2, [{ rule: "reset-mail-account", subject: `${newId()}@example.com` }]);
    const all = await stateOf(operator, "reset-mail-account");
    expect(all).toMatchObject({ allowed: 7, refused: 2, observed: 0, limit: 5, mode: "enforce" });
    expect(all?.minutes).toHaveLength(60);
    expect(all?.minutes.reduce((sum, { allowed }) => sum + allowed, 0)).toBe(7);
    const ctx = await tenantCaller(tenant, "auditor");
    expect(await stateOf(ctx, "reset-mail-account")).toMatchObject({ allowed: 5, refused: 2, uniqueAddresses: null });
    const elsewhere = await tenantCaller(await openTenant(), "owner");
    expect(await stateOf(elsewhere, "reset-mail-account")).toMatchObject({ allowed: 0, refused: 0 });
    const { blocked, degraded } = await runOperation(getRateLimits, ctx, {});
    expect([blocked, degraded]).toEqual([{ automatic: 1, manual: 0, lockouts: 0 }, null]);
    expect((await runOperation(getRateLimits, elsewhere, {})).blocked.automatic).toBe(0);
  });

  it("counts the addresses that each rule of a decision has seen", async () => {
    for (const address of ["192.0.2.41", "192.0.2.42", "192.0.2.43", "192.0.2.43"]) {
      const charges = (["new-device-link", "unlock-link"] as const).map((rule) => ({ rule, subject: address }));
      await decide(charges, { tenantId: null, path: null, address });
    }
    for (const rule of ["new-device-link", "unlock-link"])
      await until(async () => (await stateOf(operator, rule))?.uniqueAddresses === 3);
  });

  it("names addresses that try many accounts, and accounts that are tried from many addresses; a tenant only its own", async () => {
    const tenant = await openTenant();
    const user = await makeUser({ homeTenantId: tenant.tenantId });
    const hour = Math.floor(Date.now() / 3_600_000);
    const client = redisClient.get();
    await client.zadd(spreadKey("address", hour), 40, "203.0.113.66");
    await client.zadd(spreadKey("account", hour), 25, user.id);
    await client.zadd(topKey("account", minuteNow(), tenant.tenantId), 9, `sign-in-account|${user.id}`);
    await client.zadd(topKey("account", minuteNow(), null), 9, `sign-in-account|${user.id}`);
    // The busiest are added up once for all who look, and that sum is a moment old.
    await until(async () => (await runOperation(getRateLimits, operator, {})).stuffing[0]?.attempts === 9);
    const all = await runOperation(getRateLimits, operator, {});
    expect(all.spraying).toMatchObject([{ subject: { dimension: "address", label: "203.0.113.66" }, spread: 40 }]);
    const stuffed = [{ subject: { user: { id: user.id } }, spread: 25, attempts: 9 }];
    expect(all.stuffing).toMatchObject(stuffed);
    const own = await runOperation(getRateLimits, await tenantCaller(tenant, "moderator"), {});
    expect(own).toMatchObject({ spraying: [], stuffing: stuffed });
    const elsewhere = await runOperation(getRateLimits, await tenantCaller(await openTenant(), "owner"), {});
    expect(elsewhere).toMatchObject({ spraying: [], stuffing: [] });
  });

  it("lists the last refusals with whom, from where and by which block", async () => {
    const address = `198.51.100.${randomBytes(1)[0]}`;
    const user = await makeUser();
    const blockId = await runFull("sign-in-account", user.email, {
      userId: user.id,
      address,
      path: "/api/auth/sign-in/email",
    });
    await decideTimes(2, [{ rule: "sign-in-account", subject: user.email }], { userId: user.id, address });
    const read = (input: object) => runOperation(listRateLimitRefusals, operator, input);
    const { data } = await read({ search: user.id });
    expect(data).toHaveLength(3);
    expect(data.at(-1)).toMatchObject({
      rule: "sign-in-account",
      manual: false,
      address,
      blockId,
      subject: { user: { id: user.id } },
    });
    const first = await read({ search: user.id, limit: 2 });
    const second = await read({ search: user.id, limit: 2, cursor: first.nextCursor ?? "" });
    expect([...first.data, ...second.data].map(({ id }) => id)).toEqual(data.map(({ id }) => id));
    expect((await read({ search: user.id, rule: "api" })).data).toEqual([]);
  });

  it("lists the busiest over pages that hold still while others come", async () => {
    const tenant = await openTenant();
    const ctx = await tenantCaller(tenant, "auditor");
    const key = topKey("path", minuteNow(), tenant.tenantId);
    await redisClient.get().zadd(key, 5, "api|/a", 9, "api|/b", 5, "auth-address|/c", 4, "api|/c");
    // Reading is an operation itself, and would be among them.
    const read = (input: object) => runOperation(listRateLimitTop, ctx, { dimension: "path", search: "/", ...input });
    const first = await read({ limit: 2 });
    expect(first.data.map(({ subject, attempts }) => [subject.label, attempts])).toEqual([
      ["/b", 9],
      ["/c", 9],
    ]);
    const second = await read({ limit: 2, cursor: first.nextCursor ?? "" });
    expect(second.data.map(({ subject }) => subject.label)).toEqual(["/a"]);
    expect((await read({ rule: "auth-address" })).data).toMatchObject([{ subject: { label: "/c" }, attempts: 5 }]);
    expect((await read({ search: "B" })).data).toHaveLength(1);
  });
});

describe("a preview", () => {
  const preview = (input: object) => runOperation(previewRateLimitRule, operator, input);

  it("decides recorded attempts as the limiter did, and says whom other bounds would have refused", async () => {
    const [busy, calm] = [await makeUser(), await makeUser()];
    const rule = "invitation-mail-account";
    await decideTimes(8, [{ rule, subject: busy.email }], { userId: busy.id });
    await decideTimes(3, [{ rule, subject: calm.email }], { userId: calm.id });
    await collectAttempts();
    const same = await preview({ rule });
    expect(same).toMatchObject({
      exact: true,
      source: "attempts",
      truncated: false,
      attempts: 11,
      refused: 3,
      refusedNow: 3,
    });
    const tighter = await preview({ rule, limit: 2 });
    expect(tighter).toMatchObject({
      refused: 7,
      refusedNow: 3,
      subjects: { refused: 2, refusedNow: 1, newly: 1, relieved: 0 },
    });
    expect(tighter.data).toMatchObject([
      { subject: { user: { id: busy.id } }, attempts: 8, refused: 6, refusedNow: 3 },
      { subject: { user: { id: calm.id } }, attempts: 3, refused: 1, refusedNow: 0 },
    ]);
    const looser = await preview({ rule, limit: 100 });
    expect(looser).toMatchObject({ refused: 0, refusedNow: 3, subjects: { relieved: 1 } });
  });

  it("undoes what successes undid: places that were given back, and counters that were cleared", async () => {
    const { id, email } = await makeUser();
    const charges = [{ rule: "sign-in-device" as const, subject: email }];
    const facts = { tenantId: null, path: null, address: null, userId: id };
    for (let time = 0; time < 12; time += 1) {
      const decision = await decide(charges, facts);
      if (decision.allowed) await returnPlaces(decision.places);
    }
    for (let time = 0; time < 12; time += 1) {
      await decide(charges, facts);
      if (time === 8) await clearCounters("sign-in-device", email);
    }
    await collectAttempts();
    const found = await preview({ rule: "sign-in-device" });
    expect(found).toMatchObject({ refused: 0, refusedNow: 0 });
    expect((await preview({ rule: "sign-in-device", limit: 5 })).refused).toBe(4);
  });

  it("of a rule that counts goes by the busiest of each minute, and says so", async () => {
    await forgetTops();
    const label = `session:${newId()}`;
    const minute = minuteNow() - 5;
    for (const one of [minute, minute + 1])
      await redisClient.get().zadd(topKey("caller", one, null), 900, `api|${label}`);
    const found = await preview({ rule: "api", limit: 300 });
    expect(found).toMatchObject({
      exact: false,
      source: "heavy-hitters",
      attempts: 1800,
      refusedNow: 0,
      subjects: { newly: 1 },
    });
    expect(found.refused).toBeGreaterThan(0);
  });

  it("is for whoever may change the rules", async () => {
    expect(
      await codeOf(async () => runOperation(previewRateLimitRule, await platformCaller("support"), { rule: "api" })),
    ).toBe("FORBIDDEN");
    expect(await codeOf(() => preview({ rule: "api", limit: 0 }))).toBe("INVALID_INPUT");
  });
});

// The last one: the limiter does without Redis for a while after it.
describe("without Redis", () => {
  it("the state says so and shows what Postgres has; what stands in Redis alone is unavailable, not empty", async () => {
    const connected = redisClient.get();
    const minute = minuteNow() - 1;
    await runtime.asSuperuser(
      `insert into rate_limit_tally (rule, granularity, bucket_at, allowed, refused, observed, degraded, unique_addresses)
       values ('unlock-link', 'minute', to_timestamp($1::bigint * 60), 21, 4, 0, 0, 1)`,
      [minute],
    );
    const lost = createRedisClient({ redisUrl: "redis://127.0.0.1:1", onError: () => undefined });
    redisClient.set(lost);
    try {
      const state = await runOperation(getRateLimits, operator, {});
      expect(state).toMatchObject({ blocked: { automatic: null, manual: 0, lockouts: 0 }, spraying: [], stuffing: [] });
      expect(state.degraded?.instances).toBeGreaterThan(0);
      expect(state.rules.find(({ rule }) => rule === "unlock-link")).toMatchObject({ allowed: 21, refused: 4 });
      for (const query of [listRateLimitTop, listRateLimitRefusals, listRateLimitBlocks]) {
        expect(await codeOf(() => runOperation<z.ZodType, z.ZodType>(query, operator, {}))).toBe("UNAVAILABLE");
      }
      expect((await runOperation(listRateLimitBlocks, operator, { kind: "manual" })).data).toEqual([]);
    } finally {
      redisClient.set(connected);
      lost.disconnect();
    }
  });
});
