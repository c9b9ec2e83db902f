import { isCluster, redisClient } from "@/lib/redis/redis-client";

/**
 * Gives Redis seconds to answer. The product goes to Postgres after 100 ms, which is right and would make a suite about
 * the cache depend on how busy the machine is.
 */
export function waitPatientlyForRedis(milliseconds = 5_000): void {
  const client = redisClient.get();
  if (!isCluster(client)) {
    client.options.commandTimeout = milliseconds;
    return;
  }
  client.options.redisOptions = { ...client.options.redisOptions, commandTimeout: milliseconds };
  for (const node of client.nodes()) node.options.commandTimeout = milliseconds;
}
