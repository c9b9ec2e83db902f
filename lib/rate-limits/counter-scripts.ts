import { redisClient } from "@/lib/redis/redis-client";
import {
  attemptsKey,
  blockedKey,
  counterKey,
  countsField,
  instancesKey,
  limitKeyPrefix,
  memoryKey,
  toBlockId,
  whoKey,
} from "./limit-keys";
import { redisScript } from "./redis-script";
import { type RuleKey, ruleCatalogue } from "./rule-catalogue";

/** A process that has not been heard of for so long no longer serves. */
const instanceSeconds = 15;

// A replay of the recorded attempts undoes what was undone; the rule's name is empty where none are recorded.
const noteScript = `
local function note(rule, outcome, fields)
  if rule == "" then return end
  redis.call("XADD", "${attemptsKey}", "MAXLEN", "~", 50000, "*",
    "rule", rule, "outcome", outcome, "hash", string.sub(KEYS[1], -16), unpack(fields))
end`;

const returnScript = redisScript(`${noteScript}
note(ARGV[5], "returned", { "entry", ARGV[2], "cost", ARGV[3] })
if ARGV[1] == "log" then
  local gone = redis.call("ZREM", KEYS[1], ARGV[2])
  for place = 2, tonumber(ARGV[3]) do gone = gone + redis.call("ZREM", KEYS[1], ARGV[2] .. ":" .. place) end
  return gone
end
if redis.call("EXISTS", KEYS[1]) == 0 then return 0 end
return redis.call("DECRBY", KEYS[1], string.format("%d", tonumber(ARGV[3]) * tonumber(ARGV[4])))`);

const clearScript = redisScript(`${noteScript}
note(ARGV[2], "cleared", {})
local tenant = redis.call("HGET", KEYS[3], "tenantId")
if tenant then redis.call("ZREM", KEYS[2] .. ":t:" .. tenant, ARGV[1]) end
redis.call("ZREM", KEYS[2], ARGV[1])
return redis.call("DEL", KEYS[1], KEYS[3])`);

const beatScript = redisScript(`
local time = redis.call("TIME")
redis.call("SET", KEYS[2], ARGV[2], "NX")
redis.call("ZADD", KEYS[1], time[1], ARGV[1])
redis.call("ZREMRANGEBYSCORE", KEYS[1], "-inf", time[1] - ${instanceSeconds})
local counts = "${limitKeyPrefix}n:" .. math.floor(time[1] / 60)
for index = 3, #ARGV, 2 do redis.call("HINCRBY", counts, ARGV[index], ARGV[index + 1]) end
if #ARGV > 2 then redis.call("EXPIRE", counts, 90000) end
return {redis.call("ZCARD", KEYS[1]), redis.call("GET", KEYS[2])}`);

/** Places of one decision in one counter. */
export type CountedPlaces = {
  key: string;
  algorithm: "log" | "gcra";
  entry: string;
  cost: number;
  /** Microseconds between two places of a rate. */
  interval: number;
  /** The rule, where each of its attempts is recorded; else "". */
  recordedAs: RuleKey | "";
};

/** Gives places back. Rejects when Redis does not answer. */
export async function returnToRedis({
  key,
  algorithm,
  entry,
  cost,
  interval,
  recordedAs,
}: CountedPlaces): Promise<void> {
  await returnScript.run(redisClient.get(), [key], [algorithm, entry, cost, interval, recordedAs]);
}

/** Forgets a counter and the block that stands on it. Rejects when Redis does not answer. */
export async function clearInRedis(rule: RuleKey, hash: string): Promise<void> {
  const keys = [counterKey(rule, hash), blockedKey(null), whoKey(rule, hash)];
  const recordedAs = ruleCatalogue[rule].recorded === "attempts" ? rule : "";
  await clearScript.run(redisClient.get(), keys, [toBlockId(rule, hash), recordedAs]);
}

/**
 * Says that this process serves, hands in what was decided without Redis, and returns how many processes serve and the
 * value of the memory. Rejects when Redis does not answer.
 */
export async function beatInRedis(
  instanceId: string,
  degraded: ReadonlyMap<RuleKey, number>,
): Promise<{ instances: number; memory: string }> {
  const fields = [...degraded].flatMap(([rule, times]) => [countsField(rule, "degraded", null), times]);
  const proposed = `${instanceId}${Date.now()}`;
  const answer = await beatScript.run(redisClient.get(), [instancesKey, memoryKey], [instanceId, proposed, ...fields]);
  const [instances, memory] = Array.isArray(answer) ? answer : [];
  return { instances: Number(instances), memory: String(memory) };
}

/** Says that this process serves no more. */
export async function leaveInRedis(instanceId: string): Promise<void> {
  await redisClient.get().zrem(instancesKey, instanceId);
}
