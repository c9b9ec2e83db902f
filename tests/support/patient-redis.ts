import { redisClient } from "@/lib/redis/redis-client";

/**
 * Gives Redis seconds to answer. The product goes to Postgres after 100 ms, which is right and would make a suite about
 * the cache depend on how busy the machine is.
 */
export function waitPatientlyForRedis(): void {
  redisClient.get().options.commandTimeout = 5_000;
}
