import type { VercelKV } from "@vercel/kv";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { createKv, type Kv } from "@/lib/redis/kv";
import { createRedisClient, type RedisClient } from "@/lib/redis/redis-client";
import { startOwnRedis } from "../sessions/own-redis";
import { openOriginalKv, untilReady } from "./original-kv";

let redis: Awaited<ReturnType<typeof startOwnRedis>>;
let client: RedisClient;
let original: ReturnType<typeof openOriginalKv>;
let ours: Kv;
beforeAll(async () => {
  redis = await startOwnRedis();
  client = createRedisClient({ redisUrl: redis.redisUrl, onError: () => undefined });
  await untilReady(client);
  original = openOriginalKv(redis.redisUrl);
  ours = createKv(client);
});
afterAll(async () => {
  original.close();
  client.disconnect();
  await redis.remove();
});
beforeEach(() => client.flushall());

/** What both clients have; each scenario is run by one after the other, on an empty Redis. */
type Both = Pick<Kv, Extract<keyof Kv, keyof VercelKV>>;
type Scenario = (kv: Both) => Promise<unknown>;

async function answersOf(scenario: Scenario, kv: Both): Promise<unknown> {
  await client.flushall();
  return orRefusal(() => scenario(kv));
}

async function orRefusal(step: () => Promise<unknown>): Promise<unknown> {
  try {
    return await step();
  } catch (error) {
    return `refused: ${String(error).replace(/^.*?(ERR|WRONGTYPE|NOSCRIPT)/, "$1")}`;
  }
}

// Their pipelines are classes with private parts, so that only the names and arguments can be told to agree.
function asBoth(kv: VercelKV): Both {
  return kv as unknown as Both;
}

const inTurn = (...steps: (() => Promise<unknown>)[]) =>
  steps.reduce<Promise<unknown[]>>(async (done, step) => [...(await done), await orRefusal(step)], Promise.resolve([]));

const values = [
  "text",
  "",
  " ",
  "007",
  "1e3",
  "1.50",
  "-0",
  "12345678901234567890",
  "9007199254740993",
  "null",
  "true",
  '{"a":1}',
  '["b"]',
  '"quoted"',
  "{broken",
  0,
  -1,
  1.5,
  1e21,
  true,
  false,
  null,
  { a: [1, "2", null] },
  [1, "2"],
  [],
  {},
  "ünï✓",
];

describe("answers what the original answers", () => {
  test.each(values.map((value) => [value]))("for the value %j", async (value) => {
    const scenario: Scenario = (kv) =>
      inTurn(
        () => kv.set("k", value),
        () => kv.get("k"),
        () => kv.mget("k", "none"),
        () => kv.mget(["k"]),
        () => kv.hset("h", { f: value }),
        () => kv.hget("h", "f"),
        () => kv.hgetall("h"),
        () => kv.hvals("h"),
        () => kv.rpush("l", value),
        () => kv.lrange("l", 0, -1),
        () => kv.sadd("s", value),
        () => kv.smembers("s"),
        () => kv.zadd("z", { score: 1.5, member: value }),
        () => kv.zrange("z", 0, -1, { withScores: true }),
        () => kv.getset("k", value),
        () => kv.lpop("l"),
      );
    expect(await answersOf(scenario, ours)).toEqual(await answersOf(scenario, asBoth(original.original)));
  });

  test.each(Object.entries(scenarios()))("for %s", async (_name, scenario) => {
    const expected = await answersOf(scenario, asBoth(original.original));
    expect(await answersOf(scenario, ours)).toEqual(expected);
  });
});

function scenarios(): Record<string, Scenario> {
  return { ...keyScenarios(), ...stringScenarios(), ...collectionScenarios(), ...otherScenarios() };
}

function keyScenarios(): Record<string, Scenario> {
  const soon = Math.floor(Date.now() / 1_000) + 100;
  return {
    "removing, counting and naming keys": (kv) =>
      inTurn(
        () => kv.mset({ a: 1, b: "x", c: { d: 1 } }),
        () => kv.exists("a", "b", "none"),
        () => kv.touch("a", "none"),
        () => kv.type("a"),
        () => kv.type("none"),
        () => kv.rename("a", "d"),
        () => kv.renamenx("d", "b"),
        () => kv.del("b", "none"),
        () => kv.unlink("c", "d"),
        () => kv.mget("a", "b"),
        () => kv.del(),
      ),
    expiry: (kv) =>
      inTurn(
        () => kv.set("k", 1),
        () => kv.ttl("k"),
        () => kv.ttl("none"),
        () => kv.expire("k", 100),
        () => kv.expire("k", 200, "nx"),
        () => kv.expire("none", 5),
        () => kv.ttl("k"),
        () => kv.pexpire("k", 50_000, "LT"),
        () => kv.expireat("k", soon),
        () => kv.pexpireat("k", soon * 1_000),
        () => kv.persist("k"),
        () => kv.pttl("k"),
        () => kv.expire("k", -1),
        () => kv.exists("k"),
      ),
    "scans with a pattern, a count and a type": (kv) =>
      inTurn(
        () => kv.mset({ "a:1": 1, "a:2": 2, b: 3 }),
        () => kv.rpush("a:list", 1),
        async () => (await kv.scan(0, { match: "a:*", count: 1_000 }))[1].sort(),
        () => kv.scan("0", { match: "a:*", type: "list", count: 1_000 }),
        async () => (await kv.scan(0))[0],
      ),
  };
}

function stringScenarios(): Record<string, Scenario> {
  return {
    "every option of set": (kv) =>
      inTurn(
        () => kv.set("k", 1, { nx: true }),
        () => kv.set("k", 2, { nx: true }),
        () => kv.set("k", { n: 3 }, { xx: true, get: true }),
        () => kv.set("none", 1, { xx: true }),
        () => kv.set("k", 4, { ex: 100 }),
        () => kv.ttl("k"),
        () => kv.set("k", 5, { keepTtl: true }),
        () => kv.ttl("k"),
        () => kv.set("k", 6, { px: 100_000, get: true }),
        () => kv.ttl("k"),
        () => kv.set("k", 7, { exat: Math.floor(Date.now() / 1_000) + 100 }),
        () => kv.set("k", 8, { pxat: Date.now() + 100_000 }),
        async () => (await kv.ttl("k")) > 90,
        () => kv.set("k", 9),
        () => kv.ttl("k"),
      ),
    "reading and changing at once": (kv) =>
      inTurn(
        () => kv.set("k", { a: 1 }),
        () => kv.getex("k", { ex: 100 }),
        () => kv.getex("k", { persist: true }),
        () => kv.getex("k", { px: 100_000 }),
        () => kv.ttl("k"),
        () => kv.getex("k"),
        () => kv.getset("k", "x"),
        () => kv.getdel("k"),
        () => kv.getdel("k"),
        () => kv.setex("k", 100, [1]),
        () => kv.psetex("k", 100_000, [2]),
        () => kv.setnx("k", 1),
        () => kv.msetnx({ k: 1, l: 2 }),
        () => kv.get("k"),
      ),
    counting: (kv) =>
      inTurn(
        () => kv.incr("n"),
        () => kv.incrby("n", 5),
        () => kv.decr("n"),
        () => kv.decrby("n", 10),
        () => kv.incrbyfloat("n", 0.5),
        () => kv.append("t", "abc"),
        () => kv.strlen("t"),
        () => kv.getrange("t", 1, 2),
        () => kv.setrange("t", 1, "X"),
        () => kv.get("t"),
        () => kv.pfadd("p", "a", "b", "a"),
        () => kv.pfcount("p"),
        () => kv.pfmerge("q", "p"),
        () => kv.incr("t"),
      ),
  };
}

function collectionScenarios(): Record<string, Scenario> {
  return {
    hashes: (kv) =>
      inTurn(
        () => kv.hset("h", { a: 1, b: "x", c: { d: 2 }, e: 1.5 }),
        () => kv.hgetall("h"),
        () => kv.hgetall("none"),
        () => kv.hget("h", "none"),
        () => kv.hmget("h", "a", "none", "c"),
        () => kv.hmget("none", "a"),
        () => kv.hmset("h", { f: [1] }),
        () => kv.hsetnx("h", "a", 2),
        () => kv.hincrby("h", "a", 4),
        () => kv.hincrbyfloat("h", "a", 0.5),
        () => kv.hexists("h", "a"),
        () => kv.hlen("h"),
        () => kv.hstrlen("h", "b"),
        () => kv.hkeys("h"),
        () => kv.hvals("h"),
        () => kv.hscan("h", 0, { match: "c" }),
        () => kv.hdel("h", "a", "b", "none"),
      ),
    lists: (kv) =>
      inTurn(
        () => kv.lpush<unknown>("l", 1, { a: 2 }, "x"),
        () => kv.rpush("l", "x", "y"),
        () => kv.lpushx("none", 1),
        () => kv.rpushx("l", "z"),
        () => kv.llen("l"),
        () => kv.lrange("l", 0, -1),
        () => kv.lindex("l", 1),
        () => kv.lpos("l", "x"),
        () => kv.lpos("l", "x", { rank: -1, count: 2, maxLen: 100 }),
        () => kv.linsert<unknown>("l", "before", "y", { b: 1 }),
        () => kv.lset("l", 0, "first"),
        () => kv.lrem("l", 0, "x"),
        () => kv.lmove("l", "m", "left", "right"),
        () => kv.lpop("l", 2),
        () => kv.rpop("l"),
        () => kv.ltrim("l", 0, 0),
        () => kv.lrange("l", 0, -1),
        () => kv.lpop("none"),
      ),
    sets: (kv) =>
      inTurn(
        () => kv.sadd<unknown>("s", 1, { a: 2 }, "x"),
        () => kv.sadd<unknown>("t", 1, "y"),
        () => kv.scard("s"),
        () => kv.sismember("s", { a: 2 }),
        () => kv.smismember("s", [1, "none"]),
        () => kv.sdiff("t", "s"),
        () => kv.sinter("s", "t"),
        async () => (await kv.sunion("s", "t")).map(String).sort(),
        () => kv.sdiffstore("d", "s", "t"),
        () => kv.sinterstore("i", "s", "t"),
        () => kv.sunionstore("u", "s", "t"),
        () => kv.smove("t", "s", "y"),
        () => kv.srem<unknown>("s", 1, "none"),
        () => kv.sscan("i", 0, { count: 100 }),
        () => kv.srandmember("i"),
        () => kv.srandmember("i", 2),
        () => kv.spop("i"),
        () => kv.spop("none", 2),
      ),
    "sorted sets": (kv) =>
      inTurn(
        () => kv.zadd<unknown>("z", { score: 1, member: "a" }, { score: 2.5, member: { b: 1 } }),
        () => kv.zadd("z", { nx: true }, { score: 9, member: "a" }),
        () => kv.zadd("z", { gt: true, ch: true }, { score: 3, member: "a" }, { score: 4, member: "c" }),
        () => kv.zadd("z", { xx: true, incr: true }, { score: 1, member: "none" }),
        () => kv.zadd("z", { incr: true }, { score: 1, member: "a" }),
        () => kv.zrange("z", 0, -1),
        () => kv.zrange("z", 0, -1, { rev: true, withScores: true }),
        () => kv.zrange("z", "(2.5", "+inf", { byScore: true, withScores: true }),
        () => kv.zrange("z", "-inf", "+inf", { byScore: true, offset: 1, count: 1 }),
        () => kv.zrange("z", "[a", "+", { byLex: true }),
        () => kv.zscore("z", { b: 1 }),
        () => kv.zscore("z", "none"),
        () => kv.zmscore("z", ["a", "none"]),
        () => kv.zrank("z", "a"),
        () => kv.zrevrank("z", "none"),
        () => kv.zcount("z", 2, "+inf"),
        () => kv.zlexcount("z", "-", "+"),
        () => kv.zincrby("z", 0.5, "a"),
        () => kv.zscan("z", 0, { match: "a" }),
        () => kv.zunionstore("u", 2, ["z", "none"], { aggregate: "max", weights: [2, 1] }),
        () => kv.zinterstore("i", 1, ["z"]),
        () => kv.zrange("u", 0, -1, { withScores: true }),
        () => kv.zpopmin("z"),
        () => kv.zpopmax("z", 1),
        () => kv.zrem("z", "a", "none"),
        () => kv.zremrangebyrank("u", 0, 0),
        () => kv.zremrangebyscore("u", "(1", 6),
        () => kv.zremrangebylex("i", "-", "+"),
        () => kv.zcard("u"),
      ),
  };
}

function otherScenarios(): Record<string, Scenario> {
  const script = "return {KEYS[1], ARGV[1], redis.call('incr', KEYS[1]), false}";
  return {
    scripts: (kv) =>
      inTurn(
        () => kv.eval(script, ["k"], [{ a: 1 }]),
        () => kv.scriptLoad(script),
        () => kv.scriptExists("0".repeat(40)),
        async () => kv.evalsha(await kv.scriptLoad(script), ["k"], ["7"]),
        () => kv.evalRo("return redis.call('get', KEYS[1])", ["k"], []),
        () => kv.ping(),
      ),
    "a script that is not known": (kv) => kv.evalsha("0".repeat(40), [], []),
    "a command on the wrong kind of value": (kv) =>
      inTurn(
        () => kv.lpush("l", 1),
        () => kv.incr("l"),
      ),
    pipelines: (kv) =>
      inTurn(
        () => kv.pipeline().set("k", { a: 1 }).get("k").hgetall("none").incr("n").zscore("z", "m").exec(),
        () => kv.multi().hset("h", { a: 1, b: "x" }).hgetall("h").hmget("h", "a", "none").mget("n", "none").exec(),
        async () => kv.pipeline().get("k").get("k").length(),
        async () => {
          const outcomes = await kv.pipeline().get("k").lpush("k", 1).exec({ keepErrors: true });
          return outcomes.map(({ result, error }) => (error ? "refused" : result));
        },
      ),
    "an empty pipeline": (kv) => kv.pipeline().exec(),
    "a pipeline with a command that fails": (kv) => kv.pipeline().set("k", "x").incr("k").exec(),
    iterators: (kv) =>
      inTurn(
        () => kv.mset({ a: 1, b: 2 }),
        () => kv.hset("h", { f: 1 }),
        () => kv.sadd("s", 1),
        () => kv.zadd("z", { score: 2, member: "m" }),
        async () => (await all(kv.scanIterator({ match: "?" }))).sort(),
        () => all(kv.hscanIterator("h")),
        () => all(kv.sscanIterator("s", { match: "*" })),
        () => all(kv.zscanIterator("z", { count: 10 })),
      ),
  };
}

async function all<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
  const found: Item[] = [];
  for await (const item of items) found.push(item);
  return found;
}

test("a member of a hash beyond 2^53 keeps its digits, where the original's hmget rounds it", async () => {
  await ours.hset("h", { big: "9007199254740993" });
  expect(await ours.hmget("h", "big")).toEqual({ big: "9007199254740993" });
});

test("refuses what JSON cannot express rather than storing a word for it", async () => {
  await expect(ours.set("k", undefined)).rejects.toThrow(TypeError);
});

test("its types are assignable to the published client's, for every member that both have", () => {
  // Checked by the compiler; pipelines are classes with private parts there, so they are compared by their members.
  const client: Pick<VercelKV, Exclude<keyof Both, "pipeline" | "multi">> = ours;
  type Theirs = ReturnType<VercelKV["pipeline"]>;
  type OurPipeline = ReturnType<Kv["pipeline"]>;
  type Accepts = {
    [Name in Exclude<Extract<keyof Theirs, keyof OurPipeline>, "exec">]: Parameters<Theirs[Name]> extends Parameters<
      OurPipeline[Name]
    >
      ? true
      : Name;
  };
  const accepts: Accepts[keyof Accepts] = true;
  expect([Object.keys(client).length > 80, accepts]).toEqual([true, true]);
});
