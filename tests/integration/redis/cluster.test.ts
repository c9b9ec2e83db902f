import { Ratelimit } from "@upstash/ratelimit";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { runOperation } from "@/lib/operations/run-operation";
import { getRateLimits } from "@/lib/rate-limit-monitor/get-rate-limits";
import { listRateLimitBlocks } from "@/lib/rate-limit-monitor/list-rate-limit-blocks";
import { listRateLimitRefusals } from "@/lib/rate-limit-monitor/list-rate-limit-refusals";
import { listRateLimitTop } from "@/lib/rate-limit-monitor/list-rate-limit-top";
import { decide } from "@/lib/rate-limits/decide";
import { ruleCatalogue } from "@/lib/rate-limits/rule-catalogue";
import { keySlot } from "@/lib/redis/key-slot";
import { kv } from "@/lib/redis/kv";
import { isCluster, redisClient } from "@/lib/redis/redis-client";
import { entryKey, fenceAllKey, fenceKey, grantsVersionKey, leaseKey, shardOf, shards } from "@/lib/redis/redis-keys";
import { redisRun } from "@/lib/redis/redis-run";
import { checkSession, tryToken } from "@/lib/sessions/check-session";
import { forgetCachedSession } from "@/lib/sessions/forget-cached-session";
import { replaceGrantsVersion } from "@/lib/sessions/grants-version";
import { drainLastSeen, pushLastSeen, takeLastSeenTurn } from "@/lib/sessions/last-seen-store";
import { revokeUserSessions } from "@/lib/sessions/revoke-user-sessions";
import { fillCache, readCache, takeLease } from "@/lib/sessions/session-cache";
import { standFences } from "@/lib/sessions/session-fences";
import { platformContext } from "@/tests/support/contexts";
import { makeUser } from "@/tests/support/factories";
import { waitPatientlyForRedis } from "@/tests/support/patient-redis";
import { type RedisCluster, startRedisCluster } from "@/tests/support/redis-cluster";
import { until } from "@/tests/support/until";
import { makeSessions, openSessionBed } from "../sessions/session-bed";
import { asOriginalRedis } from "./original-kv";

let cluster: RedisCluster;
let bed: Awaited<ReturnType<typeof openSessionBed>>;
beforeAll(async () => {
  cluster = await startRedisCluster();
  bed = await openSessionBed({ redisUrl: cluster.redisUrl });
  waitPatientlyForRedis();
}, 90_000);
afterAll(async () => {
  await bed?.close();
  await cluster?.stop();
});

const owner = () => platformContext("owner");

async function cachedEntry(tokenHash: string): Promise<string | null> {
  return redisClient.get().get(entryKey(redisRun.get().current([shardOf(tokenHash)]) ?? "", tokenHash));
}

/** Sessions of one user whose tokens lie in many shards, and so on every master. */
async function makeScattered() {
  const user = await makeUser();
  const sessions = await makeSessions(user.id, 24);
  expect(new Set(sessions.map(({ tokenHash }) => shardOf(tokenHash))).size).toBeGreaterThan(3);
  return { user, sessions };
}

test("the slot of a key is the one that the server names, with and without a hash tag", async () => {
  const keys = ["plain", "{tag}:a", "a{tag}b{other}", "{}empty", "a{", "{a}}", "ünï✓", ...shards.map(grantsVersionKey)];
  const named = await Promise.all(keys.map((key) => cluster.masters[0]?.client.cluster("KEYSLOT", key)));
  expect(keys.map(keySlot)).toEqual(named);
});

describe("sessions on a cluster", () => {
  test("are checked from the cache, many at once and in every shard", async () => {
    const { sessions } = await makeScattered();
    for (let round = 0; round < 2; round += 1) {
      const checks = await Promise.all(sessions.map(({ tokenHash }) => checkSession(tokenHash)));
      expect(checks.map((check) => check?.session.sessionId)).toEqual(sessions.map(({ id }) => id));
    }
    for (const { tokenHash } of sessions) expect(await cachedEntry(tokenHash)).not.toBeNull();
  });

  test("are refused the moment their revocation is answered, which says that fences stand", async () => {
    const { user, sessions } = await makeScattered();
    await Promise.all(sessions.map(({ tokenHash }) => checkSession(tokenHash)));
    const receipt = await runOperation(revokeUserSessions, owner(), { userId: user.id, reason: "stolen" });
    expect(receipt).toMatchObject({
      status: "complete",
      stores: { redis: { status: "fenced" } },
      worstCaseSeconds: 0,
      verified: { stillAccepted: 0 },
    });
    const checks = await Promise.all(sessions.map(({ tokenHash }) => checkSession(tokenHash)));
    expect(checks.every((check) => check === null)).toBe(true);
  });

  test("are not filled behind a fence, for one of them or for all", async () => {
    const { sessions } = await makeScattered();
    const [one, other] = sessions;
    if (!one || !other) throw new Error("Two sessions were to be made.");
    for (const [target, tokenHash] of [
      [{ tokenHashes: [one.tokenHash] }, one.tokenHash],
      ["all", other.tokenHash],
    ] as const) {
      const cached = await readCache(tokenHash);
      const nonce = await takeLease(tokenHash);
      expect(await standFences(target)).not.toBeNull();
      const filling = {
        run: cached?.run ?? "",
        tokenHash,
        nonce: nonce ?? "",
        entry: "{}",
        remainingMilliseconds: 9_000,
      };
      expect([cached?.run !== undefined, await fillCache(filling)]).toEqual([true, false]);
    }
    await kv().del(fenceKey(one.tokenHash), ...shards.map(fenceAllKey));
  });

  test("are read anew once they are to be forgotten", async () => {
    const { sessions } = await makeScattered();
    await Promise.all(sessions.map(({ tokenHash }) => checkSession(tokenHash)));
    for (const { tokenHash } of sessions) {
      await forgetCachedSession(tokenHash);
      expect(await cachedEntry(tokenHash)).toBeNull();
    }
  });

  test("share one version of everybody's grants, which is replaced in every shard", async () => {
    expect(await replaceGrantsVersion()).toBe(true);
    const versions = await Promise.all(shards.map((shard) => redisClient.get().get(grantsVersionKey(shard))));
    expect(new Set(versions).size).toBe(1);
    expect(versions[0]).toBeTruthy();
  });

  test("are seen: their times are collected in every shard and drained by one instance", async () => {
    const { sessions } = await makeScattered();
    const times = new Map(sessions.map(({ id }, index) => [id, 1_000 + index]));
    expect(await pushLastSeen(times)).toBe(true);
    expect([await takeLastSeenTurn(), await takeLastSeenTurn()]).toEqual([true, false]);
    const drained = new Map<string, number>();
    for await (const batch of drainLastSeen()) for (const [id, at] of batch) drained.set(id, at);
    expect([...drained].sort()).toEqual([...times].sort());
  });
});

test("every name that one command or script of the session check uses together lies in one slot", () => {
  for (const shard of shards) {
    const tokenHash = shard.repeat(64);
    const together = [entryKey("run", tokenHash), fenceKey(tokenHash), leaseKey(tokenHash), grantsVersionKey(shard)];
    expect(new Set(together.map(keySlot)).size).toBe(1);
  }
});

describe("rate limits on a cluster", () => {
  test("let exactly the limit through when everything comes at once", async () => {
    const charges = [{ rule: "sign-in-account" as const, subject: "crowd@example.com" }];
    const facts = { tenantId: null, path: "/api/auth/sign-in/email", address: "203.0.113.7" };
    const decisions = await Promise.all(Array.from({ length: 40 }, () => decide(charges, facts)));
    expect(decisions.filter(({ allowed }) => allowed)).toHaveLength(ruleCatalogue["sign-in-account"].limit);
    expect(decisions.some(({ degraded }) => degraded)).toBe(false);
  });

  test("are shown: what was decided, who is blocked, the busiest and the last refusals", async () => {
    const limits = await runOperation(getRateLimits, owner(), {});
    expect(limits.degraded).toBeNull();
    expect(limits.rules.find(({ rule }) => rule === "sign-in-account")?.refused).toBeGreaterThan(0);
    expect((await runOperation(listRateLimitBlocks, owner(), {})).data.length).toBeGreaterThan(0);
    expect((await runOperation(listRateLimitTop, owner(), { dimension: "address" })).data.length).toBeGreaterThan(0);
    expect((await runOperation(listRateLimitRefusals, owner(), {})).data.length).toBeGreaterThan(0);
  });
});

describe("kv on a cluster", () => {
  test("reads and removes keys of several slots as one server does", async () => {
    const names = Array.from({ length: 12 }, (_, index) => `scattered:${index}`);
    for (const [index, name] of names.entries()) await kv().set(name, { index });
    expect(await kv().mget(...names, "none")).toEqual([...names.map((_, index) => ({ index })), null]);
    expect(await kv().exists(...names, "none")).toBe(12);
    expect(await kv().touch(...names)).toBe(12);
    expect(await kv().del(...names.slice(0, 6), "none")).toBe(6);
    expect(await kv().unlink(...names)).toBe(6);
  });

  test("refuses what could not be done at once in several slots, and names the way", async () => {
    const refusal = /CROSSSLOT .*hash tag/;
    await expect(kv().mset({ a: 1, b: 2 })).rejects.toThrow(refusal);
    await expect(kv().sunion("a", "b")).rejects.toThrow(refusal);
    await expect(kv().eval("return 1", ["a", "b"], [])).rejects.toThrow(refusal);
    await expect(kv().multi().set("a", 1).set("b", 2).exec()).rejects.toThrow(refusal);
    expect(await kv().exists("a", "b")).toBe(0);
  });

  test("does it within one hash tag", async () => {
    expect(await kv().mset({ "{cart}:a": 1, "{cart}:b": [2] })).toBe("OK");
    expect(await kv().multi().incr("{cart}:a").get("{cart}:b").hgetall("{cart}:none").exec()).toEqual([2, [2], null]);
    expect(await kv().eval("return redis.call('mget', KEYS[1], KEYS[2])", ["{cart}:a", "{cart}:b"], [])).toEqual([
      2,
      [2],
    ]);
  });

  test("answers a pipeline over several slots in its order, and names the command that failed", async () => {
    const pipeline = kv().pipeline();
    for (let index = 0; index < 12; index += 1) pipeline.set(`piped:${index}`, index).get(`piped:${index}`);
    expect(await pipeline.exec()).toEqual(Array.from({ length: 12 }, (_, index) => ["OK", index]).flat());
    await expect(kv().pipeline().get("piped:0").lpush("piped:1", 1).exec()).rejects.toThrow(
      "Command 2 [ lpush ] failed",
    );
  });

  test("scans the keys of every master once", async () => {
    const names = Array.from({ length: 60 }, (_, index) => `found:${index}`);
    for (const name of names) await kv().set(name, 1);
    const found: string[] = [];
    for await (const name of kv().scanIterator({ match: "found:*", count: 7 })) found.push(name);
    expect(found.sort()).toEqual(names.sort());
  });

  test("knows a loaded script on every master", async () => {
    const hash = await kv().scriptLoad("return KEYS[1]");
    expect(await kv().scriptExists(hash, "0".repeat(40))).toEqual([1, 0]);
    for (const name of ["one", "two", "three", "four", "five"]) expect(await kv().evalsha(hash, [name], [])).toBe(name);
  });

  test.each([
    ["fixedWindow", Ratelimit.fixedWindow(5, "1 h")],
    ["slidingWindow", Ratelimit.slidingWindow(5, "1 h")],
    ["tokenBucket", Ratelimit.tokenBucket(5, "1 h", 5)],
  ] as const)(
    "lets %s of @upstash/ratelimit run, whose keys are kept together by a hash tag",
    async (name, limiter) => {
      const limited = new Ratelimit({
        redis: asOriginalRedis(kv()),
        limiter,
        prefix: `{${name}}`,
        ephemeralCache: false,
      });
      const answers = await Promise.all(Array.from({ length: 12 }, () => limited.limit("crowd")));
      expect(answers.filter(({ success }) => success)).toHaveLength(5);
    },
  );
});

test("after a fail-over no entry of the old master is believed, and its shards are cached anew by the new one", async () => {
  const client = redisClient.get();
  if (!isCluster(client)) throw new Error("A cluster was expected.");
  const { sessions } = await makeScattered();
  await Promise.all(sessions.map(({ tokenHash }) => checkSession(tokenHash)));
  const [master] = cluster.masters;
  const ofMaster = (tokenHash: string) => client.slots[keySlot(fenceKey(tokenHash))]?.[0]?.endsWith(`:${master?.port}`);
  const moved = sessions.find(({ tokenHash }) => ofMaster(tokenHash));
  if (!moved) throw new Error("A session of the first master was to be made.");
  const shard = [shardOf(moved.tokenHash)];
  const before = redisRun.get().current(shard);
  expect(before).not.toBeNull();
  master?.child.kill("SIGKILL");
  await until(() => redisRun.get().current(shard) === null);
  expect(await tryToken(moved.tokenHash)).not.toBeNull();
  await until(async () => {
    // Whatever asks for the slot is told where it has gone.
    await client.get(fenceKey(moved.tokenHash)).catch(() => null);
    return redisRun.get().current(shard) !== null;
  }, 25_000);
  expect(redisRun.get().current(shard)).not.toBe(before);
  expect(await checkSession(moved.tokenHash)).not.toBeNull();
  const receipt = await runOperation(revokeUserSessions, owner(), { userId: moved.userId });
  expect(receipt.stores.redis.status).toBe("fenced");
  expect(await checkSession(moved.tokenHash)).toBeNull();
}, 60_000);
