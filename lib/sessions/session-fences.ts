import type { ChainableCommander } from "ioredis";
import { redisClient } from "@/lib/redis/redis-client";
import { entryKey, fenceAllKey, fenceKey, shards } from "@/lib/redis/redis-keys";
import { redisRun } from "@/lib/redis/redis-run";
import { fenceSeconds } from "./session-windows";

/** Which sessions a fence keeps out: the named ones, or (a set too large to name) all for a minute. */
export type FenceTarget = { tokenHashes: readonly string[] } | "all";

/** Commands of one pipeline: one longer script or pipeline would hold Redis up for everybody (measured: 131 ms for 100,000). */
const chunkSize = 500;
/** Attempts to set a fence; each waits for at most the client's command timeout. */
const attemptsMax = 3;

/**
 * Stands fences: for `fenceSeconds`, no instance believes or fills a cached entry of these sessions. Returns the run of
 * the server on which all of them stand, or null if any could not be set.
 */
export async function standFences(target: FenceTarget): Promise<string | null> {
  for (let attempt = 1; attempt <= attemptsMax; attempt += 1) {
    const run = redisRun.get().current();
    if (run === null) return null;
    const stand = await runChunked(fenceKeys(target), (pipeline, key) => pipeline.set(key, "1", "EX", fenceSeconds));
    if (stand && redisRun.get().current() === run) return run;
  }
  return null;
}

/** Removes the entries behind standing fences. Tidiness only: nobody believes them any more, so a failure is no matter. */
export async function unlinkEntries(target: FenceTarget): Promise<void> {
  const run = redisRun.get().current();
  if (run === null || target === "all") return;
  const keys = target.tokenHashes.map((tokenHash) => entryKey(run, tokenHash));
  await runChunked(keys, (pipeline, key) => pipeline.unlink(key));
}

function fenceKeys(target: FenceTarget): string[] {
  return target === "all" ? shards.map(fenceAllKey) : target.tokenHashes.map(fenceKey);
}

async function runChunked(
  keys: readonly string[],
  add: (pipeline: ChainableCommander, key: string) => void,
): Promise<boolean> {
  for (let start = 0; start < keys.length; start += chunkSize) {
    const pipeline = redisClient.get().pipeline();
    for (const key of keys.slice(start, start + chunkSize)) add(pipeline, key);
    const answers = await pipeline.exec().catch(() => null);
    if (!answers || answers.some(([error]) => error !== null)) return false;
  }
  return true;
}
