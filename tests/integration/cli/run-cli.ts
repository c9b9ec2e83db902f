import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { bundleProgram } from "@/tests/support/bundle-program";
import type { TestDatabase } from "@/tests/support/test-database";

/** What a run of the command line left behind. */
export type CliRun = { exitCode: number | null; stdout: string; stderr: string };

type CliOptions = { env?: Record<string, string>; input?: string };

/** Children start a whole TypeScript program each; on a busy machine that takes seconds. */
export const cliTimeout = 120_000;

/**
 * Runs the command line as people do: bundled, in a process of its own, which knows the stores by the environment alone.
 */
export async function createCli(database: TestDatabase) {
  const { home, program } = await bundleProgram({ entryPoint: "lib/cli/main.ts" });
  const dataDir = mkdtempSync(join(tmpdir(), "gatehouse-cli-"));
  const env = {
    PATH: process.env.PATH ?? "",
    HOME: dataDir,
    DATABASE_URL: database.databaseUrl,
    DATABASE_MIGRATE_URL: database.migrateUrl,
    REDIS_URL: database.redisUrl,
    GATEHOUSE_DATA_DIR: dataDir,
  };
  return {
    run: (args: string[], options: CliOptions = {}) =>
      spawnCli([program, ...args], { ...options, env: { ...env, ...options.env } }),
    remove: () => {
      rmSync(dataDir, { recursive: true, force: true });
      rmSync(home, { recursive: true, force: true });
    },
  };
}

function spawnCli(args: string[], { env, input = "" }: CliOptions): Promise<CliRun> {
  const child = spawn(process.execPath, args, {
    env: env as NodeJS.ProcessEnv,
    stdio: ["pipe", "pipe", "pipe"],
  });
  const run: CliRun = { exitCode: null, stdout: "", stderr: "" };
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    run.stdout += text;
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    run.stderr += text;
  });
  // A command that refuses its arguments never reads.
  child.stdin.on("error", () => undefined);
  child.stdin.end(input);
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (exitCode) => resolve({ ...run, exitCode }));
  });
}
