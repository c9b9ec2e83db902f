import { Cluster, Redis, type RedisOptions } from "ioredis";
import { parseRedisUrl } from "@/lib/config/redis-url";

/** How patient a connection is, whatever it leads to. */
export type RedisPatience = Pick<
  RedisOptions,
  | "maxRetriesPerRequest"
  | "enableOfflineQueue"
  | "autoResendUnfulfilledCommands"
  | "commandTimeout"
  | "connectTimeout"
  | "lazyConnect"
> & {
  /** Milliseconds until the next attempt to connect; null: none. */
  retryStrategy: (attempt: number) => number | null;
};

/** Redirections that one command follows: enough for a slot that moves twice while it is asked for. */
const redirectionsMax = 4;

/**
 * Opens what REDIS_URL names: a server, the master that Sentinels name, or a cluster. Commands that a dead node of a
 * cluster had not answered fail, as with one server, rather than being sent to whoever follows it.
 */
export function openRedis(redisUrl: string, patience: RedisPatience): Redis | Cluster {
  const place = parseRedisUrl(redisUrl);
  if (place === null) throw new Error("The Redis URL has none of the known forms.");
  if (place.kind === "single") return new Redis(place.url, patience);
  if (place.kind === "sentinel") {
    const { sentinels, name, database, login, sentinelPassword } = place;
    // A master that the Sentinels have replaced is left at once, also while its old connection still answers.
    return new Redis({
      ...patience,
      ...login,
      sentinels,
      name,
      db: database,
      sentinelPassword,
      failoverDetector: true,
      sentinelRetryStrategy: patience.retryStrategy,
    });
  }
  const { retryStrategy, enableOfflineQueue, lazyConnect, ...ofNodes } = patience;
  return new Cluster(place.nodes, {
    enableOfflineQueue,
    lazyConnect,
    clusterRetryStrategy: retryStrategy,
    maxRedirections: redirectionsMax,
    retryDelayOnFailover: 0,
    retryDelayOnClusterDown: 0,
    redisOptions: { ...ofNodes, ...place.login },
  });
}
