import { randomBytes } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { clearCounters, decide, returnPlaces } from "@/lib/rate-limits/decide";
import { ruleCatalogue } from "@/lib/rate-limits/rule-catalogue";
import { createRedisClient, isRedisReady, redisClient } from "@/lib/redis/redis-client";
import { waitPatientlyForRedis } from "@/tests/support/patient-redis";
import { type RedisCluster, startRedisCluster } from "@/tests/support/redis-cluster";
import { until } from "@/tests/support/until";

let cluster: RedisCluster;

beforeAll(async () => {
  cluster = await startRedisCluster();
  redisClient.set(createRedisClient({ redisUrl: cluster.redisUrl, onError: () => undefined }));
  await isRedisReady(redisClient.get(), 20_000);
  waitPatientlyForRedis(10_000);
  // A node is connected to when it is first needed.
  await until(async () => !(await decide([{ rule: "api", subject: "session:first" }], facts)).degraded, 20_000);
}, 120_000);
afterAll(async () => {
  redisClient.peek()?.disconnect();
  await cluster.stop();
});

const facts = { tenantId: "a-tenant", path: "/sign-in/email", address: "192.0.2.9" };
const { limit } = ruleCatalogue["sign-in-account"];

describe("on a cluster of Redis", () => {
  it("a decision over several keys is one step, exact, recorded, and can be undone", async () => {
    const account = `${randomBytes(8).toString("hex")}@example.com`;
    const charges = [
      { rule: "sign-in-account", subject: account },
      { rule: "unlock-link", subject: "192.0.2.9" },
    ] as const;
    const decisions = await Promise.all(Array.from({ length: 64 }, () => decide(charges, facts)));
    const allowed = decisions.flatMap((decision) => (decision.allowed ? [decision] : []));
    expect(decisions.some(({ degraded }) => degraded)).toBe(false);
    expect(allowed).toHaveLength(limit);
    await returnPlaces(allowed.slice(0, 2).flatMap(({ places }) => places));
    const again = await Promise.all(Array.from({ length: 8 }, () => decide(charges, facts)));
    expect(again.filter((decision) => decision.allowed)).toHaveLength(2);
    await clearCounters("sign-in-account", account);
    expect((await decide(charges, facts)).allowed).toBe(true);
  });

  it("serves a rate as well", async () => {
    const decision = await decide([{ rule: "api", subject: `session:${randomBytes(8).toString("hex")}` }], facts);
    expect(decision).toMatchObject({ allowed: true, degraded: false, remaining: ruleCatalogue.api.limit - 1 });
  });
});
