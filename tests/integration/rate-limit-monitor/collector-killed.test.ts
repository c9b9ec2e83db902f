import { Redis } from "ioredis";
import pg from "pg";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { newId } from "@/lib/db/new-id";
import { collectAttempts } from "@/lib/rate-limit-monitor/collect-attempts";
import { collectTallies } from "@/lib/rate-limit-monitor/collect-tallies";
import { attemptsKey, countsField, countsKey } from "@/lib/rate-limits/limit-keys";
import { redisClient } from "@/lib/redis/redis-client";
import { type ChildProgram, startChildProgram } from "@/tests/support/child-program";
import { databasePatience } from "@/tests/support/database-patience";
import { waitPatientlyForRedis } from "@/tests/support/patient-redis";
import { until } from "@/tests/support/until";
import { startOwnRedis } from "../sessions/own-redis";
import { openSessionBed } from "../sessions/session-bed";
import { decideTimes } from "./monitor-bed";

const program = `
  const { readEnv } = await import("@/lib/config/env");
  const { createRuntime } = await import("@/lib/server/create-runtime");
  const { collectAttempts } = await import("@/lib/rate-limit-monitor/collect-attempts");
  const { collectTallies } = await import("@/lib/rate-limit-monitor/collect-tallies");
  const { redisClient } = await import("@/lib/redis/redis-client");
  const env = readEnv();
  const urls = { databaseUrl: env.databaseUrl ?? "", redisUrl: env.redisUrl ?? "" };
  await createRuntime({ ...env, ...urls }, { databasePatience: ${databasePatience} });
  redisClient.get().options.commandTimeout = 60_000;
  process.on("message", async ({ id, question }) => {
    process.send({ id, answer: question === "tallies" ? await collectTallies() : await collectAttempts() });
  });
  process.send({ id: -1, answer: null });
`;

let redis: Awaited<ReturnType<typeof startOwnRedis>>;
let bed: Awaited<ReturnType<typeof openSessionBed>>;
let superuser: pg.Pool;
/** A connection on which nothing waits for what is held up. */
let bystander: Redis;
let collector: ChildProgram;

beforeAll(async () => {
  // Its writes are held up, which others who share it would feel.
  redis = await startOwnRedis();
  bed = await openSessionBed({ redisUrl: redis.redisUrl });
  waitPatientlyForRedis();
  superuser = new pg.Pool({ connectionString: bed.superuserUrl, max: 3 });
  bystander = new Redis(redis.redisUrl);
});
afterAll(async () => {
  bystander.disconnect();
  await superuser.end();
  await bed.close();
  await redis.remove();
});
beforeEach(async () => {
  await redisClient.get().flushdb();
  await superuser.query("truncate rate_limit_attempt, rate_limit_tally, rate_limit_tenant_tally, rate_limit_drain");
  collector = await startChildProgram({ program, databaseUrl: bed.databaseUrl, redisUrl: redis.redisUrl });
});
afterEach(async () => {
  await collector.kill();
  await bystander.call("CLIENT", "UNPAUSE");
});

const attempt = (times: number) => decideTimes(times, [{ rule: "sign-in-account", subject: `${newId()}@example.com` }]);
const countAttempts = () => numberOf("select count(*) as number from rate_limit_attempt");

async function numberOf(sql: string, values: unknown[] = []): Promise<number> {
  const { rows } = await superuser.query<{ number: string }>(sql, values);
  return Number(rows[0]?.number);
}

/** Has the collector killed while it waits to write into a table, of what it has read. */
async function killBeforeWriting(what: "attempts" | "tallies", table: string): Promise<void> {
  const client = await superuser.connect();
  try {
    await client.query("begin");
    await client.query(`lock table ${table} in exclusive mode`);
    void collector.ask(what);
    const waiting = `select count(*) as number from pg_locks where relation = $1::regclass and not granted
      and database = (select oid from pg_database where datname = current_database())`;
    await until(async () => (await numberOf(waiting, [table])) > 0, 20_000);
    await collector.kill();
  } finally {
    await client.query("rollback");
    client.release();
  }
}

describe("a collector that is killed", () => {
  it("after it has read attempts and before they are in Postgres, loses none, and none is counted twice", async () => {
    await attempt(5);
    await killBeforeWriting("attempts", "rate_limit_attempt");
    await attempt(2);
    expect(await collectAttempts()).toBe(7);
    expect([await countAttempts(), await collectAttempts()]).toEqual([7, 0]);
  });

  it("after they are in Postgres and before Redis has let go of them, leaves them counted once", async () => {
    await attempt(5);
    // Reading goes on, and nothing is trimmed.
    await bystander.call("CLIENT", "PAUSE", "60000", "WRITE");
    void collector.ask("attempts");
    await until(async () => (await countAttempts()) === 5, 20_000);
    await collector.kill();
    await bystander.call("CLIENT", "UNPAUSE");
    expect(await redisClient.get().xlen(attemptsKey)).toBe(5);
    await attempt(2);
    expect(await collectAttempts()).toBe(2);
    expect(await countAttempts()).toBe(7);
    expect(await redisClient.get().xlen(attemptsKey)).toBeLessThanOrEqual(1);
  });

  it("after it has read minutes and before they are added up, leaves every minute, hour and day right", async () => {
    const minute = Math.floor(Date.now() / 60_000) - 2;
    await redisClient.get().hset(countsKey(minute), countsField("api", "allowed", null), 7);
    await killBeforeWriting("tallies", "rate_limit_tally");
    for (let time = 0; time < 2; time += 1) await collectTallies();
    for (const granularity of ["minute", "hour", "day"]) {
      const sum = "select sum(allowed) as number from rate_limit_tally where granularity = $1";
      expect(await numberOf(sum, [granularity])).toBe(7);
    }
  });
});
