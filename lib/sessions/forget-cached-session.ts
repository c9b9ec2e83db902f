import { redisClient } from "@/lib/redis/redis-client";
import { entryKey, leaseKey, shardOf } from "@/lib/redis/redis-keys";
import { redisRun } from "@/lib/redis/redis-run";

/**
 * Makes every instance read a session anew from Postgres. Call it after the commit of what changed the row: the lease
 * goes as well, so that nobody who read the row before can fill the entry. The session goes on; ending one takes fences.
 */
export async function forgetCachedSession(tokenHash: string): Promise<void> {
  const run = redisRun.get().current([shardOf(tokenHash)]);
  if (run === null) return;
  // A Redis that cannot be told is no matter: what is cached is out of date for its short life, and ends nothing.
  await redisClient
    .get()
    .unlink(entryKey(run, tokenHash), leaseKey(tokenHash))
    .catch(() => 0);
}
