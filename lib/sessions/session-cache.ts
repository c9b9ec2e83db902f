import { randomBytes } from "node:crypto";
import { groupBySlot } from "@/lib/redis/key-slot";
import { isCluster, redisClient } from "@/lib/redis/redis-client";
import { entryKey, fenceAllKey, fenceKey, grantsVersionKey, leaseKey, shardOf } from "@/lib/redis/redis-keys";
import { redisRun } from "@/lib/redis/redis-run";
import { sessionBreakers } from "./circuit-breaker";
import { sessionCacheSeconds } from "./session-windows";
import { gatherTurn } from "./turn-reads";

/** What Redis says about one token: at best "as of a moment ago, this"; otherwise "ask Postgres". */
export type CacheAnswer = {
  /** The server's run under which this was read; part of every key that is cached from here on. */
  run: string;
  /** The cached session as text; null: not cached, or fenced. */
  entry: string | null;
  /** Present: the entry may not be filled either. */
  fenced: boolean;
  /** Key of the process's grants cache; null while the version is missing. */
  grantsVersion: string | null;
};

/** Milliseconds within which a reader must have filled what it leased; far below the life of a fence. */
const leaseMilliseconds = 5_000;

/** Tokens of one question to Redis: so many that a busy turn is one command, and few enough to hold nobody up. */
const tokensMax = 64;

/**
 * Entry, fences and grants version of a token, in one round trip that all checks of this turn of the event loop share
 * (in a cluster, those of one shard).
 * Null when Redis cannot be asked, or is not known to be the same server it was: the caller goes to Postgres and caches
 * nothing.
 */
export async function readCache(tokenHash: string): Promise<CacheAnswer | null> {
  if (redisRun.get().current([shardOf(tokenHash)]) === null || !sessionBreakers.get().redis.admits()) return null;
  return askTurn(tokenHash);
}

const askTurn = gatherTurn(readAll, tokensMax);

async function readAll(tokenHashes: readonly string[]): Promise<(CacheAnswer | null)[]> {
  if (!isCluster(redisClient.get())) return readTogether(tokenHashes);
  const answers = new Map<string, CacheAnswer | null>();
  await Promise.all(
    groupBySlot(tokenHashes, fenceKey).map(async (group) => {
      for (const [index, answer] of (await readTogether(group)).entries()) answers.set(group[index] ?? "", answer);
    }),
  );
  return tokenHashes.map((tokenHash) => answers.get(tokenHash) ?? null);
}

async function readTogether(tokenHashes: readonly string[]): Promise<(CacheAnswer | null)[]> {
  const ofShards = new Map(tokenHashes.map((tokenHash) => [shardOf(tokenHash), 0]));
  const currentRun = () => redisRun.get().current([...ofShards.keys()]);
  const run = currentRun();
  const breaker = sessionBreakers.get().redis;
  const unknown = () => tokenHashes.map(() => null);
  if (run === null) return unknown();
  const keys = tokenHashes.flatMap((tokenHash) => [entryKey(run, tokenHash), fenceKey(tokenHash)]);
  for (const shard of ofShards.keys()) {
    ofShards.set(shard, keys.length);
    keys.push(fenceAllKey(shard), grantsVersionKey(shard));
  }
  try {
    const values = await redisClient.get().mget(keys);
    breaker.succeeded();
    if (currentRun() !== run) return unknown();
    return tokenHashes.map((tokenHash, index) => {
      const [entry, fence] = values.slice(2 * index);
      const [fenceAll, version] = values.slice(ofShards.get(shardOf(tokenHash)));
      return toAnswer(run, { entry, fence, fenceAll, version });
    });
  } catch {
    breaker.failed();
    return unknown();
  }
}

type Values = Record<"entry" | "fence" | "fenceAll" | "version", string | null | undefined>;

function toAnswer(run: string, { entry, fence, fenceAll, version }: Values): CacheAnswer {
  const fenced = typeof fence === "string" || typeof fenceAll === "string";
  return {
    run,
    entry: fenced ? null : (entry ?? null),
    fenced,
    grantsVersion: version ? `${run}:${version}` : null,
  };
}

/**
 * Takes the lease that `fillCache` asks for. Must be held before Postgres is read: whatever happens to Redis between
 * the two then takes the lease away. Null: do not fill.
 */
export async function takeLease(tokenHash: string): Promise<string | null> {
  const nonce = randomBytes(12).toString("base64url");
  try {
    await redisClient.get().set(leaseKey(tokenHash), nonce, "PX", leaseMilliseconds);
    return nonce;
  } catch {
    return null;
  }
}

export type CacheFill = {
  run: string;
  tokenHash: string;
  nonce: string;
  entry: string;
  /** Milliseconds for which the session stays alive by itself, as Postgres counted them. */
  remainingMilliseconds: number;
};

/** Caches what Postgres said, if the lease still holds the nonce and no fence stands. Returns whether it did. */
export async function fillCache({ run, tokenHash, nonce, entry, remainingMilliseconds }: CacheFill): Promise<boolean> {
  const lifeMilliseconds = Math.min(sessionCacheSeconds * 1_000, Math.floor(remainingMilliseconds));
  if (lifeMilliseconds <= 0 || redisRun.get().current([shardOf(tokenHash)]) !== run) return false;
  const keys = [
    entryKey(run, tokenHash),
    leaseKey(tokenHash),
    fenceKey(tokenHash),
    fenceAllKey(shardOf(tokenHash)),
  ] as const;
  try {
    const values = [nonce, entry, lifeMilliseconds, leaseMilliseconds];
    return (await redisClient.get().eval(fillScript, keys.length, ...keys, ...values)) === 1;
  } catch {
    return false;
  }
}

// The life of an entry counts from the lease, which is older than the reading of Postgres: so that the worst case of a
// revocation that could not reach Redis is the life of an entry, and not that plus the time of a slow reader.
const fillScript = `
if redis.call('get', KEYS[2]) ~= ARGV[1] then return 0 end
if redis.call('exists', KEYS[3], KEYS[4]) > 0 then return 0 end
local life = tonumber(ARGV[3]) - (tonumber(ARGV[4]) - redis.call('pttl', KEYS[2]))
redis.call('del', KEYS[2])
if life < 1 then return 0 end
redis.call('set', KEYS[1], ARGV[2], 'px', life)
return 1`;
