import { type ChildProcess, spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";

const program = `
  import { readEnv } from "@/lib/config/env";
  import { startWorker } from "@/lib/jobs/worker";
  import { createRuntime } from "@/lib/server/create-runtime";
  const env = readEnv();
  await createRuntime({ ...env, databaseUrl: env.databaseUrl ?? "", redisUrl: env.redisUrl ?? "" });
  await startWorker(env.databaseUrl ?? "");
`;

type Stores = { databaseUrl: string; redisUrl: string };

/** A worker in a process of its own, on these stores, which can be killed like one. */
export async function startWorkerProcess({ databaseUrl, redisUrl }: Stores) {
  const directory = join("node_modules", ".cache", "gatehouse-worker");
  mkdirSync(directory, { recursive: true });
  // Inside the tree, so that packages are found.
  const home = mkdtempSync(join(directory, "run-"));
  const outfile = join(home, "worker.mjs");
  await build({
    stdin: { contents: program, resolveDir: process.cwd(), loader: "ts" },
    outfile,
    bundle: true,
    packages: "external",
    platform: "node",
    format: "esm",
    logLevel: "silent",
  });
  const env = { PATH: process.env.PATH ?? "", HOME: home, GATEHOUSE_DATA_DIR: home, LOG_LEVEL: "silent" };
  const child = spawn(process.execPath, [outfile], {
    env: { ...env, NODE_ENV: "test", DATABASE_URL: databaseUrl, REDIS_URL: redisUrl },
    stdio: "ignore",
  });
  return {
    kill: async () => {
      await ended(child);
      rmSync(home, { recursive: true, force: true });
    },
  };
}

function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => {
    child.once("exit", () => resolve());
    child.kill("SIGKILL");
  });
}
