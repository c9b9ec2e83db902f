import { randomBytes } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Charge, Decision } from "@/lib/rate-limits/decide";
import { ruleCatalogue } from "@/lib/rate-limits/rule-catalogue";
import { startTestRuntime, type TestRuntime } from "@/tests/support/test-runtime";
import { until } from "@/tests/support/until";
import { startOwnRedis } from "../sessions/own-redis";
import { type LimiterProcess, startLimiterProcess } from "./limiter-process";

const facts = { tenantId: null, path: null, address: null };
const { limit } = ruleCatalogue["sign-in-address"];

let runtime: TestRuntime;
let redis: Awaited<ReturnType<typeof startOwnRedis>>;
let processes: LimiterProcess[];

beforeAll(async () => {
  runtime = await startTestRuntime();
  redis = await startOwnRedis();
  const { databaseUrl } = runtime.database;
  const { redisUrl } = redis;
  processes = await Promise.all([0, 1].map(() => startLimiterProcess({ databaseUrl, redisUrl, patient: true })));
  // Each has heard of the other before Redis dies.
  for (const process of processes) await until(async () => (await process.tell()).instances === 2, 20_000);
});
afterAll(async () => {
  for (const process of processes) await process.kill();
  await redis.remove();
  await runtime.stop();
});

const allowed = (decisions: Decision[]) => decisions.filter((decision) => decision.allowed).length;

describe("when Redis is killed", () => {
  it("no more than twice the limit is let through in the window, its return with an empty memory included", async () => {
    const begun: Charge[] = [{ rule: "sign-in-address", subject: `10.${randomBytes(3).join(".")}` }];
    const spent: Charge[] = [{ rule: "sign-in-address", subject: `10.${randomBytes(3).join(".")}` }];
    let ofBegun = 0;
    let ofSpent = 0;
    const attack = async () => {
      const both = await Promise.all(
        processes.flatMap((process) => [process.decide(begun, facts, 16), process.decide(spent, facts, 16)]),
      );
      ofBegun += allowed([...(both[0] ?? []), ...(both[2] ?? [])]);
      ofSpent += allowed([...(both[1] ?? []), ...(both[3] ?? [])]);
      return both.flat();
    };

    const [first] = processes;
    ofBegun += allowed((await first?.decide(begun, facts, 3)) ?? []);
    ofSpent += allowed((await first?.decide(spent, facts, 3 * limit)) ?? []);
    expect([ofBegun, ofSpent]).toEqual([3, limit]);

    // In the middle of an attack, so that some answers are lost on their way.
    const killed = redis.stop();
    for (let wave = 0; wave < 5; wave += 1) await attack();
    await killed;
    expect((await attack()).every(({ degraded }) => degraded)).toBe(true);

    await redis.start();
    for (const process of processes) await until(async () => (await process.tell()).redis === "ready", 20_000);
    // Past the time for which a process that has found Redis dead does not ask it.
    for (const process of processes)
      await until(async () => (await attack()).length > 0 && (await process.tell()).asksRedis, 10_000);
    for (let wave = 0; wave < 3; wave += 1) await attack();
    for (const accepted of [ofBegun, ofSpent]) {
      expect(accepted).toBeGreaterThanOrEqual(limit / 2);
      expect(accepted).toBeLessThanOrEqual(2 * limit);
    }
    for (const process of processes) expect((await process.tell()).degraded).toBeGreaterThan(0);
  });

  it("a decision is made all the same while Redis keeps its connections and answers nothing", async () => {
    const impatient = await startLimiterProcess({
      databaseUrl: runtime.database.databaseUrl,
      redisUrl: redis.redisUrl,
    });
    try {
      redis.pause();
      const address: Charge[] = [{ rule: "sign-in-address", subject: `10.${randomBytes(3).join(".")}` }];
      const decisions = await impatient.decide(address, facts, 64);
      expect(decisions.every(({ degraded }) => degraded)).toBe(true);
      expect(allowed(decisions)).toBeLessThanOrEqual(limit);
      expect(allowed(decisions)).toBeGreaterThan(0);
    } finally {
      redis.resume();
      await impatient.kill();
    }
  });
});
