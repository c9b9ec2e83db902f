import type { Redis } from "ioredis";
import { openRedis } from "@/lib/redis/open-redis";
import { isCluster, type RedisClient } from "@/lib/redis/redis-client";
import { checkClock } from "./check-clock";
import { isAtLeast } from "./check-versions";
import { type Finding, findings, sentenceOf } from "./finding";

const server = findings("redis");

/** Whether Redis answers, is new enough, and keeps what it is given; in a cluster, every master of it. */
export async function checkRedis(redisUrl: string): Promise<Finding[]> {
  const client = openRedis(redisUrl, {
    lazyConnect: true,
    retryStrategy: () => null,
    connectTimeout: 3_000,
    commandTimeout: 3_000,
    maxRetriesPerRequest: 0,
  });
  let failure: unknown;
  client.on("error", (error) => {
    failure = error;
  });
  try {
    await client.connect();
    const found = await Promise.all(serversOf(client).map(checkServer));
    return found.flat().filter(isFirst);
  } catch (error) {
    const mend =
      "check REDIS_URL and that the server runs; until then sessions are read from Postgres, and revocations stay pending";
    return [server.failure(`it cannot be reached: ${sentenceOf(failure ?? error)}`, mend)];
  } finally {
    client.disconnect();
  }
}

function serversOf(client: RedisClient): Redis[] {
  return isCluster(client) ? client.nodes("master") : [client];
}

async function checkServer(client: Redis): Promise<Finding[]> {
  const information = await client.info();
  const clock = await checkClock("redis", async () => {
    const [seconds, microseconds] = await client.time();
    return Number(seconds) * 1000 + Number(microseconds) / 1000;
  });
  return [checkVersion(information), checkEviction(information), clock];
}

// Servers that are alike are told of once.
function isFirst({ message }: Finding, index: number, all: readonly Finding[]): boolean {
  return all.findIndex((finding) => finding.message === message) === index;
}

function checkVersion(information: string): Finding {
  const valkey = field(information, "valkey_version");
  const version = field(information, "redis_version") ?? "unknown";
  if (!isAtLeast(version, "7.0.0"))
    return server.failure(`version ${version} is too old`, "use Redis 7 or newer, or Valkey");
  return server.ok(valkey ? `Valkey ${valkey}` : `version ${version}`);
}

function checkEviction(information: string): Finding {
  const policy = field(information, "maxmemory_policy") ?? "unknown";
  if (policy === "noeviction") return server.ok("it evicts nothing (maxmemory-policy noeviction)");
  return server.failure(
    `maxmemory-policy is ${policy}: when memory runs short it drops the fences of revocations and the counts of limits`,
    "set maxmemory-policy to noeviction, or give Gatehouse a Redis of its own",
  );
}

function field(information: string, name: string): string | undefined {
  return new RegExp(`^${name}:(.*?)\\r?$`, "m").exec(information)?.[1];
}
