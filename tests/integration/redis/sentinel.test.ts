import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { checkRedis } from "@/lib/cli/doctor/check-redis";
import { assertRedisUsable } from "@/lib/embedded/external-stores";
import { freePort } from "@/lib/embedded/free-port";
import { createKv } from "@/lib/redis/kv";
import { createRedisClient, type RedisClient } from "@/lib/redis/redis-client";
import { type RedisRun, trackRedisRun } from "@/lib/redis/redis-run";
import { openRedisServers, type RedisServer } from "@/tests/support/redis-servers";
import { until } from "@/tests/support/until";
import { untilReady } from "./original-kv";

const servers = openRedisServers();
const settings = ["--save", "", "--appendonly", "no", "--repl-diskless-sync-delay", "0"];
let sentinel: RedisServer;
let redisUrl: string;
let client: RedisClient;
let run: RedisRun;
beforeAll(async () => {
  const master = await servers.start(await freePort(), settings);
  const replica = await servers.start(await freePort(), [...settings, "--replicaof", "127.0.0.1", `${master.port}`]);
  await until(async () => /master_link_status:up/.test(await replica.client.info("replication")), 20_000);
  sentinel = await servers.start(await freePort(), [configuration(master.port), "--sentinel"]);
  await until(async () => /slaves=1/.test(await sentinel.client.info("sentinel")), 20_000);
  redisUrl = `redis+sentinel://127.0.0.1:${sentinel.port}/0?name=main`;
  client = createRedisClient({ redisUrl, onError: () => undefined });
  run = trackRedisRun(client);
  await untilReady(client);
}, 60_000);
afterAll(async () => {
  client?.disconnect();
  await servers.stop();
});

// A Sentinel rewrites its file, so it must have one.
function configuration(masterPort: number): string {
  const path = join(servers.directory, "sentinel.conf");
  const lines = [
    `sentinel monitor main 127.0.0.1 ${masterPort} 1`,
    "sentinel down-after-milliseconds main 2000",
    "sentinel failover-timeout main 5000",
  ];
  writeFileSync(path, `${lines.join("\n")}\n`);
  return path;
}

test("a master that Sentinels name is found, by the product, the start's check and the doctor", async () => {
  await createKv(client).set("k", { a: 1 });
  expect(await createKv(client).get("k")).toEqual({ a: 1 });
  await assertRedisUsable(redisUrl);
  expect((await checkRedis(redisUrl)).every(({ status }) => status === "ok")).toBe(true);
});

test("after a fail-over the new master is used, under a run of its own", async () => {
  await until(() => run.current() !== null);
  const before = run.current();
  await sentinel.client.call("sentinel", "failover", "main");
  await until(() => run.current() !== null && run.current() !== before, 25_000);
  expect(await createKv(client).set("after", 1)).toBe("OK");
}, 40_000);
