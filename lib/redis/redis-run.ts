import type { Redis } from "ioredis";
import { runtimePart } from "@/lib/config/runtime";

/** Which life of the Redis server this process is talking to. */
export type RedisRun = {
  /** The server's `run_id`, or null while it is unknown: then nothing cached may be believed or written. */
  current: () => string | null;
  /** Calls `listener` whenever a server has become known, after a start, a reconnect or a restart. */
  onKnown: (listener: () => void) => void;
};

/** The run tracker of the process's Redis connection. */
export const redisRun = runtimePart<RedisRun>("redis-run");

/**
 * Follows the server's `run_id`. A restarted Redis may have read back a snapshot in which revoked sessions are alive, so
 * the id is forgotten the moment a connection ends and read afresh before the cache is used again.
 */
export function trackRedisRun(client: Redis): RedisRun {
  let run: string | null = null;
  let connection = 0;
  const listeners: (() => void)[] = [];
  const forget = () => {
    run = null;
    connection += 1;
  };
  const learn = async () => {
    forget();
    const asked = connection;
    const found = await readRunId(client);
    if (asked !== connection) return;
    run = found;
    if (found !== null) for (const listener of listeners) listener();
    else if (client.status === "ready") setTimeout(() => void (asked === connection && learn()), 250).unref();
  };
  for (const event of ["close", "end", "reconnecting"]) client.on(event, forget);
  client.on("ready", () => void learn());
  if (client.status === "ready") void learn();
  return { current: () => run, onKnown: (listener) => listeners.push(listener) };
}

async function readRunId(client: Redis): Promise<string | null> {
  try {
    return /^run_id:([0-9a-f]+)/m.exec(await client.info("server"))?.[1] ?? null;
  } catch {
    // Not readable is not known; the next connection asks again, and meanwhile Postgres answers.
    return null;
  }
}
