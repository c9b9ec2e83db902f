import type { Cluster, Redis } from "ioredis";
import { runtimePart } from "@/lib/config/runtime";
import { keySlot } from "./key-slot";
import { isCluster, type RedisClient } from "./redis-client";
import { fenceAllKey, shards } from "./redis-keys";

/** Which lives of the Redis servers this process is talking to. */
export type RedisRun = {
  /**
   * The `run_id` of the server that holds these shards (of all, by default), or several joined where a cluster spreads
   * them. Null while one is unknown: then nothing cached there may be believed or written.
   */
  current: (of?: readonly string[]) => string | null;
  /** Calls `listener` whenever a server has become known, after a start, a reconnect, a restart or a fail-over. */
  onKnown: (listener: () => void) => void;
};

/** The run tracker of the process's Redis connection. */
export const redisRun = runtimePart<RedisRun>("redis-run");

/**
 * Follows the servers' `run_id`. A restarted Redis may have read back a snapshot in which revoked sessions are alive, and
 * a replica that takes over may lack the last fences: so the id is forgotten the moment a connection ends and read afresh
 * before the cache is used again, and a shard that has moved is asked by its new server's id.
 */
export function trackRedisRun(client: RedisClient): RedisRun {
  const listeners: (() => void)[] = [];
  const onKnown: RedisRun["onKnown"] = (listener) => listeners.push(listener);
  const tell = () => {
    for (const listener of listeners) listener();
  };
  const current = isCluster(client) ? trackCluster(client, tell) : trackNode(client, tell);
  return { current, onKnown };
}

// The slot table is changed by a MOVED before the redirected command is sent again: whoever compares the run before and
// after a command therefore notices that another server has answered.
function trackCluster(cluster: Cluster, onKnown: () => void): RedisRun["current"] {
  const runs = new Map<Redis, () => string | null>();
  const follow = () => {
    for (const node of cluster.nodes("master")) {
      if (!runs.has(node)) runs.set(node, trackNode(node, onKnown));
      // Otherwise the first command would make the connection, and those beside it would fail.
      if (node.status === "wait") node.connect().catch(() => undefined);
    }
  };
  for (const event of ["+node", "refresh", "ready"]) cluster.on(event, follow);
  cluster.on("-node", (node: Redis) => runs.delete(node));
  follow();
  const runOfShard = (shard: string) => {
    const key = cluster.slots[keySlot(fenceAllKey(shard))]?.[0];
    const node = cluster.nodes("master").find(({ options }) => `${options.host}:${options.port}` === key);
    return (node && runs.get(node)?.()) ?? null;
  };
  return (of = shards) => {
    const found = new Set(of.map(runOfShard));
    return cluster.status !== "ready" || found.has(null) ? null : [...found].join("+");
  };
}

function trackNode(node: Redis, onKnown: () => void): () => string | null {
  let run: string | null = null;
  let connection = 0;
  const forget = () => {
    run = null;
    connection += 1;
  };
  const learn = async () => {
    forget();
    const asked = connection;
    const found = await readRunId(node);
    if (asked !== connection) return;
    run = found;
    if (found !== null) onKnown();
    else if (node.status === "ready") setTimeout(() => void (asked === connection && learn()), 250).unref();
  };
  for (const event of ["close", "end", "reconnecting"]) node.on(event, forget);
  node.on("ready", () => void learn());
  if (node.status === "ready") void learn();
  return () => run;
}

async function readRunId(node: Redis): Promise<string | null> {
  try {
    return /^run_id:([0-9a-f]+)/m.exec(await node.info("server"))?.[1] ?? null;
  } catch {
    // Not readable is not known; the next connection asks again, and meanwhile Postgres answers.
    return null;
  }
}
