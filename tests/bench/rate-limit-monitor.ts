import { parseArgs } from "node:util";
import type { RequestContext } from "@/lib/operations/request-context";
import { runOperation } from "@/lib/operations/run-operation";
import { trustedContext } from "@/lib/operations/trusted-context";
import { getRateLimits } from "@/lib/rate-limit-monitor/get-rate-limits";
import { listRateLimitBlocks } from "@/lib/rate-limit-monitor/list-rate-limit-blocks";
import { listRateLimitRefusals } from "@/lib/rate-limit-monitor/list-rate-limit-refusals";
import { listRateLimitTop } from "@/lib/rate-limit-monitor/list-rate-limit-top";
import {
  blockedKey,
  counterKey,
  countsField,
  countsKey,
  refusalsKey,
  subjectHash,
  toBlockId,
  topKey,
  whoKey,
} from "@/lib/rate-limits/limit-keys";
import { createRedisClient, isRedisReady, type RedisClient, redisClient } from "@/lib/redis/redis-client";
import { startTestStores } from "@/tests/support/test-stores";
import { median, print, shuffle } from "./support/figures";
import { withListStores } from "./support/list-stores";

// What the page about rate limits asks for, over a thousand live keys and over a million in the same run. Half of the
// keys are counters, half are refused, each with what is known of it. What the page counts by minute is the same in both.
const { values: flags } = parseArgs({
  options: {
    keys: { type: "string", default: "1000000" },
    few: { type: "string", default: "1000" },
    rounds: { type: "string", default: "60" },
  },
});

type Part = (ctx: RequestContext) => Promise<unknown>;

const parts: Record<string, Part> = {
  state: (ctx) => runOperation(getRateLimits, ctx, {}),
  blocks: (ctx) => runOperation(listRateLimitBlocks, ctx, {}),
  "blocks by rule": (ctx) => runOperation(listRateLimitBlocks, ctx, { rule: "sign-in-address" }),
  "blocks of one": (ctx) => runOperation(listRateLimitBlocks, ctx, { search: "10.0.0.9" }),
  top: (ctx) => runOperation(listRateLimitTop, ctx, {}),
  refusals: (ctx) => runOperation(listRateLimitRefusals, ctx, {}),
};

const platform = trustedContext("cli", "bench");
/** Keys that are written at a time. */
const batchSize = 5_000;

const second = await startTestStores();
try {
  await withListStores({ reuse: false, users: 1_000, sessions: 1_000 }, measure);
} finally {
  await second.stop();
}

async function measure(): Promise<void> {
  const few = redisClient.get();
  const many = createRedisClient({ redisUrl: second.stores.redisUrl, onError: (error) => console.error(error) });
  const arms = { few, many };
  try {
    for (const client of Object.values(arms)) {
      if (!(await isRedisReady(client, 10_000))) throw new Error("Redis does not answer.");
      if ("commandTimeout" in client.options) client.options.commandTimeout = 10_000;
    }
    await furnish(few, Number(flags.few));
    await furnish(many, Number(flags.keys));
    for (const [name, part] of Object.entries(parts)) print(await compare(name, part, arms));
    print({ figure: "commands that walk over keys", count: await countWalks(many) });
  } finally {
    redisClient.set(few);
    many.disconnect();
  }
}

async function compare(name: string, part: Part, arms: { few: RedisClient; many: RedisClient }) {
  const samples = { few: [] as number[], many: [] as number[] };
  for (let round = 0; round < Number(flags.rounds); round += 1) {
    for (const arm of shuffle(["few", "many"] as const)) {
      redisClient.set(arms[arm]);
      const began = performance.now();
      await part(platform);
      samples[arm].push(performance.now() - began);
    }
  }
  const [few, many] = [median(samples.few), median(samples.many)];
  return { figure: "monitor", part: name, bar: 3, ratio: Number((many.median / few.median).toPrecision(3)), few, many };
}

async function furnish(client: RedisClient, keys: number): Promise<void> {
  const now = Date.now();
  for (let start = 0; start < keys / 2; start += batchSize) {
    const pipeline = client.pipeline();
    for (let index = start; index < Math.min(keys / 2, start + batchSize); index += 1) {
      const address = `10.${(index >> 16) & 255}.${(index >> 8) & 255}.${index & 255}`;
      const hash = subjectHash("address", address);
      pipeline.set(counterKey("auth-address", hash), (now + 60_000) * 1_000, "PX", 3_600_000);
      pipeline.zadd(blockedKey(null), now + 600_000 + (index % 3_000_000), toBlockId("sign-in-address", hash));
      pipeline.hset(whoKey("sign-in-address", hash), { dimension: "address", label: address, attempts: 3, since: now });
    }
    await pipeline.exec();
  }
  await furnishMinutes(client, now);
}

async function furnishMinutes(client: RedisClient, now: number): Promise<void> {
  const pipeline = client.pipeline();
  for (let back = 0; back < 60; back += 1) {
    const minute = Math.floor(now / 60_000) - back;
    for (const outcome of ["allowed", "refused"] as const)
      pipeline.hset(countsKey(minute), countsField("api", outcome, null), 100);
    for (let one = 0; one < 200; one += 1) {
      pipeline.zadd(topKey("address", minute, null), one, `api|10.1.${back}.${one}`);
      pipeline.zadd(topKey("account", minute, null), one, `api|${back}-${one}`);
    }
  }
  for (let one = 0; one < 200; one += 1) {
    const refusal = {
      at: now - one,
      rule: "api",
      blockId: "api:AAAAAAAAAAAAAAAA",
      dimension: "caller",
      label: "session:x",
    };
    pipeline.rpush(refusalsKey(null), JSON.stringify({ ...refusal, retryAfterMilliseconds: 1_000 }));
  }
  await pipeline.exec();
}

async function countWalks(client: RedisClient): Promise<number> {
  const stats = String(await client.info("commandstats"));
  const walks = [...stats.matchAll(/^cmdstat_(?:scan|keys|sscan|hscan|zscan|smembers):calls=(\d+)/gm)];
  return walks.reduce((total, [, calls]) => total + Number(calls), 0);
}
