import { randomUUID } from "node:crypto";
import { redisClient } from "@/lib/redis/redis-client";

/** At most `limit` entries of one key within `windowSeconds`, exactly: every entry is kept until it is that old. */
export type SlidingLogRule = { limit: number; windowSeconds: number };

/** Whether there was room; if not, when there will be, and whether this is the first refusal since there was. */
export type LogAnswer =
  | { allowed: true; entry: string }
  | { allowed: false; retryAfterSeconds: number; first: boolean };

// Time is Redis's own, so that instances with other clocks agree. An entry is written only if there is room for it.
const script = `
local time = redis.call("TIME")
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local window = tonumber(ARGV[2])
redis.call("ZREMRANGEBYSCORE", KEYS[1], "-inf", now - window)
if redis.call("ZCARD", KEYS[1]) < tonumber(ARGV[1]) then
  if ARGV[3] ~= "" then
    redis.call("ZADD", KEYS[1], now, ARGV[3])
    redis.call("PEXPIRE", KEYS[1], window)
  end
  return {0, 0}
end
local oldest = redis.call("ZRANGE", KEYS[1], 0, 0, "WITHSCORES")
local wait = math.max(1, tonumber(oldest[2]) + window - now)
local first = redis.call("SET", KEYS[2], "1", "NX", "PX", wait)
return {wait, first and 1 or 0}`;

/** Takes a place in the log if there is one. Throws when Redis does not answer. */
export async function addToLog(key: string, rule: SlidingLogRule): Promise<LogAnswer> {
  return run(key, rule, randomUUID());
}

/** Says whether there is a place, and takes none. Throws when Redis does not answer. */
export async function readLog(key: string, rule: SlidingLogRule): Promise<LogAnswer> {
  return run(key, rule, "");
}

/** Gives a place back. */
export async function removeFromLog(key: string, entry: string): Promise<void> {
  await redisClient.get().zrem(key, entry);
}

/** Forgets everything in the log. */
export async function clearLog(key: string): Promise<void> {
  await redisClient.get().unlink(key, toldKey(key));
}

async function run(key: string, { limit, windowSeconds }: SlidingLogRule, entry: string): Promise<LogAnswer> {
  const answer = await redisClient.get().eval(script, 2, key, toldKey(key), limit, windowSeconds * 1000, entry);
  const [waitMilliseconds, first] = Array.isArray(answer) ? answer.map(Number) : [];
  if (waitMilliseconds === undefined || Number.isNaN(waitMilliseconds))
    throw new Error("The limit's script gave no answer.");
  if (waitMilliseconds === 0) return { allowed: true, entry };
  return { allowed: false, retryAfterSeconds: Math.ceil(waitMilliseconds / 1000), first: first === 1 };
}

// In the same slot of a cluster: the key's own hash tag.
function toldKey(key: string): string {
  return `${key}:told`;
}
