import { IpDenyList, Ratelimit } from "@upstash/ratelimit";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createKv } from "@/lib/redis/kv";
import { createRedisClient, type RedisClient } from "@/lib/redis/redis-client";
import { startOwnRedis } from "../sessions/own-redis";
import { asOriginalRedis, untilReady } from "./original-kv";

let redis: Awaited<ReturnType<typeof startOwnRedis>>;
let client: RedisClient;
beforeAll(async () => {
  redis = await startOwnRedis();
  client = createRedisClient({ redisUrl: redis.redisUrl, onError: () => undefined });
  await untilReady(client);
});
afterAll(async () => {
  client.disconnect();
  await redis.remove();
});

type Limiter = ConstructorParameters<typeof Ratelimit>[0]["limiter"];

function limiterOf(limiter: Limiter) {
  return new Ratelimit({ redis: asOriginalRedis(createKv(client)), limiter, ephemeralCache: false });
}

const algorithms: [name: string, limiter: Limiter][] = [
  ["fixedWindow", Ratelimit.fixedWindow(5, "1 h")],
  ["slidingWindow", Ratelimit.slidingWindow(5, "1 h")],
  ["tokenBucket", Ratelimit.tokenBucket(5, "1 h", 5)],
];

test.each(algorithms)(
  "%s of @upstash/ratelimit admits its limit of concurrent attempts, and no more",
  async (name, limiter) => {
    const limited = limiterOf(limiter);
    const answers = await Promise.all(Array.from({ length: 20 }, () => limited.limit(`${name}:crowd`)));
    expect(answers.filter(({ success }) => success)).toHaveLength(5);
    expect(answers.every(({ limit, reset }) => limit === 5 && reset > Date.now())).toBe(true);
    const lowest = Math.min(...answers.filter(({ success }) => success).map(({ remaining }) => remaining));
    expect(lowest).toBe(0);
  },
);

test.each(algorithms)(
  "%s of @upstash/ratelimit tells what remains, and starts afresh when it is reset",
  async (name, limiter) => {
    const limited = limiterOf(limiter);
    const who = `${name}:one`;
    expect(await limited.limit(who)).toMatchObject({ success: true, remaining: 4 });
    expect(await limited.limit(who, { rate: 3 })).toMatchObject({ success: true, remaining: 1 });
    expect(await limited.getRemaining(who)).toMatchObject({ remaining: 1, limit: 5 });
    expect(await limited.limit(who, { rate: 3 })).toMatchObject({ success: false });
    await limited.resetUsedTokens(who);
    expect(await limited.limit(who)).toMatchObject({ success: true, remaining: 4 });
  },
);

test("its scripts are sent once and then named by their hash", async () => {
  const limited = limiterOf(Ratelimit.fixedWindow(100, "1 h"));
  await limited.limit("hashed");
  const before = await calls("eval");
  for (let attempt = 0; attempt < 5; attempt += 1) await limited.limit("hashed");
  expect(await calls("eval")).toBe(before);
});

test("its dynamic limits and deny lists, which need transactions and several keys, work as well", async () => {
  const shared = { redis: asOriginalRedis(createKv(client)), limiter: Ratelimit.fixedWindow(5, "1 h") };
  const dynamic = new Ratelimit({ ...shared, dynamicLimits: true, ephemeralCache: false });
  await dynamic.setDynamicLimit({ limit: 1 });
  expect(await dynamic.getDynamicLimit()).toEqual({ dynamicLimit: 1 });
  expect([(await dynamic.limit("dynamic")).success, (await dynamic.limit("dynamic")).success]).toEqual([true, false]);

  const protecting = new Ratelimit({ ...shared, prefix: "@guarded", enableProtection: true, ephemeralCache: false });
  // Otherwise it would fetch a list of addresses from the internet.
  await IpDenyList.disableIpDenyList(shared.redis, "@guarded");
  await createKv(client).sadd("@guarded:denyList:all", "203.0.113.9");
  const denied = await protecting.limit("guarded", { ip: "203.0.113.9" });
  expect(denied).toMatchObject({ success: false, reason: "denyList", deniedValue: "203.0.113.9" });
});

async function calls(command: string): Promise<number> {
  const text = await client.info("commandstats");
  return Number(new RegExp(`^cmdstat_${command}:calls=(\\d+)`, "m").exec(text)?.[1] ?? 0);
}
