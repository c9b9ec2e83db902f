import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Redis } from "ioredis";
import { readEnv } from "@/lib/config/env";
import { findRedisBinary } from "@/lib/embedded/redis-binaries";
import { storeEnvironment } from "@/lib/embedded/spawn-detached";
import { redisUnpackDirectory } from "./test-stores";
import { until } from "./until";

/** A Redis process of one test file, with a connection for the test's own orders. */
export type RedisServer = { port: number; child: ChildProcess; client: Redis };

/** The servers that a test file starts: all of them are gone after `stop`, and when the test's process ends by itself. */
export function openRedisServers() {
  const directory = mkdtempSync(join(tmpdir(), "gatehouse-redis-servers-"));
  const binary = findRedisBinary({
    searchPath: readEnv().searchPath,
    unpackDirectory: redisUnpackDirectory,
    onProgress: () => undefined,
  });
  const servers: RedisServer[] = [];
  const killAll = () => {
    for (const { child } of servers) child.kill("SIGKILL");
  };
  process.once("exit", killAll);
  return {
    directory,
    start: async (port: number, settings: readonly string[]): Promise<RedisServer> => {
      const home = join(directory, String(port));
      mkdirSync(home, { recursive: true });
      const fixed = ["--port", `${port}`, "--bind", "127.0.0.1", "--dir", home, "--logfile", join(home, "log")];
      const child = spawn(binary.path, [...settings, ...fixed], {
        env: { ...storeEnvironment, ...binary.env },
        stdio: "ignore",
      });
      const client = new Redis({ port, retryStrategy: () => 50, maxRetriesPerRequest: null });
      client.on("error", () => undefined);
      const server = { port, child, client };
      servers.push(server);
      await until(async () => (await client.ping()) === "PONG", 20_000);
      return server;
    },
    stop: async () => {
      process.off("exit", killAll);
      for (const { client } of servers) client.disconnect();
      const running = servers.filter(({ child }) => child.exitCode === null && child.signalCode === null);
      const ended = running.map(({ child }) => once(child, "exit"));
      killAll();
      await Promise.all(ended);
      rmSync(directory, { recursive: true, force: true });
    },
  };
}
