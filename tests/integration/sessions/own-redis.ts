import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readEnv } from "@/lib/config/env";
import { embeddedRedisUrl, startEmbeddedRedis, stopEmbeddedRedis } from "@/lib/embedded/embedded-redis";
import { redisUnpackDirectory } from "@/tests/support/test-stores";

/** A Redis that one test file may stop, start again on the same port, and flush. */
export async function startOwnRedis() {
  const directory = mkdtempSync(join(tmpdir(), "gatehouse-own-redis-"));
  const password = randomBytes(12).toString("hex");
  const options = {
    directory,
    password,
    searchPath: readEnv().searchPath,
    unpackDirectory: redisUnpackDirectory,
  };
  const { port, ...started } = await startEmbeddedRedis(options);
  let { pid } = started;
  const stop = () => stopEmbeddedRedis(directory, password);
  return {
    redisUrl: embeddedRedisUrl({ port, password }),
    stop,
    /** It keeps its connections and answers nothing, until `resume`. */
    pause: () => process.kill(pid, "SIGSTOP"),
    resume: () => process.kill(pid, "SIGCONT"),
    start: async () => {
      const restarted = await startEmbeddedRedis(options);
      if (restarted.port !== port) throw new Error("Redis came back on another port.");
      pid = restarted.pid;
    },
    remove: async () => {
      await stop();
      rmSync(directory, { recursive: true, force: true });
    },
  };
}
