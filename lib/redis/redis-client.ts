import type { Cluster, Redis } from "ioredis";
import { runtimePart } from "@/lib/config/runtime";
import { openRedis } from "./open-redis";

/** A connection to one server, found directly or through Sentinels, or to a cluster. */
export type RedisClient = Redis | Cluster;

/** The process's connection to Redis. It may be down at any time: every use states what happens then. */
export const redisClient = runtimePart<RedisClient>("redis");

type RedisClientOptions = {
  redisUrl: string;
  /** Told when the connection breaks; without a listener ioredis prints to the console. */
  onError: (error: Error) => void;
};

/**
 * Connects in the background and keeps reconnecting. Commands fail at once while it is down and after 100 ms when no
 * answer comes (the defaults queue for half a minute), and none is sent a second time on another connection: the server
 * behind that one may be another, or the same with an older memory.
 */
export function createRedisClient({ redisUrl, onError }: RedisClientOptions): RedisClient {
  const client = openRedis(redisUrl, {
    maxRetriesPerRequest: 1,
    enableOfflineQueue: false,
    autoResendUnfulfilledCommands: false,
    commandTimeout: 100,
    connectTimeout: 500,
    retryStrategy: (attempt) => Math.min(attempt * 50, 1_000),
  });
  client.on("error", onError);
  return client;
}

/** Whether this is a cluster, in which a command or pipeline may name keys of one hash slot only. */
export function isCluster(client: RedisClient): client is Cluster {
  return client.isCluster;
}

/** Waits until the client answers, at most `milliseconds`; false if it does not. */
export async function isRedisReady(client: RedisClient, milliseconds: number): Promise<boolean> {
  if (client.status === "ready") return true;
  return new Promise((resolve) => {
    const settle = (ready: boolean) => {
      clearTimeout(timer);
      client.off("ready", onReady);
      resolve(ready);
    };
    const onReady = () => settle(true);
    const timer = setTimeout(() => settle(false), milliseconds);
    client.once("ready", onReady);
  });
}
