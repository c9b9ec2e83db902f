import { randomBytes } from "node:crypto";
import { redisClient } from "@/lib/redis/redis-client";
import { grantsVersionKey, shards } from "@/lib/redis/redis-keys";
import { runPipelined } from "@/lib/redis/run-pipelined";

/**
 * Makes every instance forget what anybody may do. Call it before the commit of a change to a role, assignment,
 * membership, tenant's status or user's state, and again after it: what was read in between is then forgotten, too.
 * Returns false if Redis could not be told; each instance then forgets by itself within `sessionCacheSeconds`.
 */
export async function replaceGrantsVersion(): Promise<boolean> {
  const version = newVersion();
  return runPipelined(redisClient.get(), shards.map(grantsVersionKey), {
    keyOf: (key) => key,
    add: (pipeline, key) => pipeline.set(key, version),
  });
}

/** Gives a version to whichever shard has none, as after a flush. A failure is no matter: the next check tries again. */
export async function ensureGrantsVersion(): Promise<void> {
  const version = newVersion();
  await runPipelined(redisClient.get(), shards.map(grantsVersionKey), {
    keyOf: (key) => key,
    add: (pipeline, key) => pipeline.set(key, version, "NX"),
  });
}

function newVersion(): string {
  return randomBytes(12).toString("base64url");
}
