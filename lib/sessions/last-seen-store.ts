import { redisClient } from "@/lib/redis/redis-client";
import { lastSeenKey, lastSeenTurnKey, shards } from "@/lib/redis/redis-keys";
import type { LastSeenTimes } from "./last-seen";

/** Shorter than the rhythm of the collectors, so that every minute has one instance that writes. */
const turnSeconds = 55;
/** Sessions written by one statement. */
const batchSize = 500;

/** Adds an instance's times to those of all, the later one winning. Returns false when Redis cannot take them. */
export async function pushLastSeen(times: LastSeenTimes): Promise<boolean> {
  const client = redisClient.get();
  if (times.size === 0) return client.status === "ready";
  const pipeline = client.pipeline();
  // The first digits of a UUIDv7 are its time; the last one spreads evenly.
  for (const [sessionId, at] of times) pipeline.zadd(lastSeenKey(sessionId.slice(-1)), "GT", at, sessionId);
  const answers = await pipeline.exec().catch(() => null);
  return answers?.every(([error]) => error === null) ?? false;
}

/** Puts back what could not be written; a failure loses at most one minute of last-seen times. */
export async function returnLastSeen(times: LastSeenTimes): Promise<void> {
  await pushLastSeen(times);
}

/** Whether this instance is the one that writes now. */
export async function takeLastSeenTurn(): Promise<boolean> {
  const taken = await redisClient.get().set(lastSeenTurnKey, "1", "EX", turnSeconds, "NX");
  return taken === "OK";
}

/** Takes everything out, batch by batch; what is taken is the taker's to write or to put back. */
export async function* drainLastSeen(): AsyncGenerator<LastSeenTimes> {
  for (const shard of shards) {
    for (;;) {
      const flat = await redisClient.get().zpopmin(lastSeenKey(shard), batchSize);
      if (flat.length === 0) break;
      yield toTimes(flat);
    }
  }
}

// RESP2 answers member and score in turn, RESP3 in pairs; flattened, both read alike.
function toTimes(answer: readonly unknown[]): LastSeenTimes {
  const flat = answer.flat();
  const times: LastSeenTimes = new Map();
  for (let index = 0; index + 1 < flat.length; index += 2) times.set(String(flat[index]), Number(flat[index + 1]));
  return times;
}
