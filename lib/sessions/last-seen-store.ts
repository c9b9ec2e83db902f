import { kv } from "@/lib/redis/kv";
import { redisClient } from "@/lib/redis/redis-client";
import { lastSeenKey, lastSeenTurnKey, shards } from "@/lib/redis/redis-keys";
import { runPipelined } from "@/lib/redis/run-pipelined";
import type { LastSeenTimes } from "./last-seen";

/** Shorter than the rhythm of the collectors, so that every minute has one instance that writes. */
const turnSeconds = 55;
/** Sessions written by one statement. */
const batchSize = 500;

/** Adds an instance's times to those of all, the later one winning. Returns false when Redis cannot take them. */
export async function pushLastSeen(times: LastSeenTimes): Promise<boolean> {
  const client = redisClient.get();
  if (times.size === 0) return client.status === "ready";
  return runPipelined(client, [...times], {
    // The first digits of a UUIDv7 are its time; the last one spreads evenly.
    keyOf: ([sessionId]) => lastSeenKey(sessionId.slice(-1)),
    add: (pipeline, [sessionId, at]) => pipeline.zadd(lastSeenKey(sessionId.slice(-1)), "GT", at, sessionId),
  });
}

/** Puts back what could not be written; a failure loses at most one minute of last-seen times. */
export async function returnLastSeen(times: LastSeenTimes): Promise<void> {
  await pushLastSeen(times);
}

/** Whether this instance is the one that writes now. */
export async function takeLastSeenTurn(): Promise<boolean> {
  return (await kv().set(lastSeenTurnKey, 1, { ex: turnSeconds, nx: true })) === "OK";
}

/** Takes everything out, batch by batch; what is taken is the taker's to write or to put back. */
export async function* drainLastSeen(): AsyncGenerator<LastSeenTimes> {
  for (const shard of shards) {
    for (;;) {
      const taken = await kv().zpopmin<string | number>(lastSeenKey(shard), batchSize);
      if (taken.length === 0) break;
      yield toTimes(taken);
    }
  }
}

// Member and score in turn.
function toTimes(taken: readonly (string | number)[]): LastSeenTimes {
  const times: LastSeenTimes = new Map();
  for (let index = 0; index + 1 < taken.length; index += 2) times.set(String(taken[index]), Number(taken[index + 1]));
  return times;
}
