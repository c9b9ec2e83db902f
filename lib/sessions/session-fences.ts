import { redisClient } from "@/lib/redis/redis-client";
import { entryKey, fenceAllKey, fenceKey, shardOf, shards } from "@/lib/redis/redis-keys";
import { redisRun } from "@/lib/redis/redis-run";
import { runPipelined } from "@/lib/redis/run-pipelined";
import { fenceSeconds } from "./session-windows";

/** Which sessions a fence keeps out: the named ones, or (a set too large to name) all for a minute. */
export type FenceTarget = { tokenHashes: readonly string[] } | "all";

/** Attempts to set a fence; each waits for at most the client's command timeout. */
const attemptsMax = 3;

/**
 * Stands fences: for `fenceSeconds`, no instance believes or fills a cached entry of these sessions. Returns the run of
 * the servers on which all of them stand, or null if any could not be set.
 */
export async function standFences(target: FenceTarget): Promise<string | null> {
  for (let attempt = 1; attempt <= attemptsMax; attempt += 1) {
    const run = redisRun.get().current(shardsOf(target));
    if (run === null) return null;
    const stand = await runPipelined(redisClient.get(), fenceKeys(target), {
      keyOf: (key) => key,
      add: (pipeline, key) => pipeline.set(key, "1", "EX", fenceSeconds),
    });
    if (stand && redisRun.get().current(shardsOf(target)) === run) return run;
  }
  return null;
}

/** Removes the entries behind standing fences. Tidiness only: nobody believes them any more, so a failure is no matter. */
export async function unlinkEntries(target: FenceTarget): Promise<void> {
  if (target === "all") return;
  const keys = target.tokenHashes.flatMap((tokenHash) => {
    const run = redisRun.get().current([shardOf(tokenHash)]);
    return run === null ? [] : [entryKey(run, tokenHash)];
  });
  await runPipelined(redisClient.get(), keys, { keyOf: (key) => key, add: (pipeline, key) => pipeline.unlink(key) });
}

function shardsOf(target: FenceTarget): readonly string[] {
  return target === "all" ? shards : [...new Set(target.tokenHashes.map(shardOf))];
}

function fenceKeys(target: FenceTarget): string[] {
  return target === "all" ? shards.map(fenceAllKey) : target.tokenHashes.map(fenceKey);
}
