import { userInfo } from "node:os";
import type { Command } from "commander";
import { type Env, readEnv } from "@/lib/config/env";
import { runMigrations } from "@/lib/db/migrate";
import { acquireStores, type Stores } from "@/lib/embedded/embedded-stores";
import type { RequestContext } from "@/lib/operations/request-context";
import { trustedContext } from "@/lib/operations/trusted-context";
import { createRuntime } from "@/lib/server/create-runtime";
import { type CliOutput, createCliOutput } from "./cli-output";

/** What a command works with. */
export type CliTools = {
  output: CliOutput;
  env: Env;
  stores: Stores;
  /** The caller of operations: the command line, named after the operating system's user. */
  ctx: RequestContext;
};

/** Milliseconds for which a dead Postgres may hang a command: on a busy machine its start alone can take a second. */
const patienceMilliseconds = 10_000;

/** Runs a command's work on the stores and the runtime, and gives both back, also when it fails or is interrupted. */
export async function runCommand<T>(command: Command, work: (tools: CliTools) => Promise<T>): Promise<T> {
  return runOnStores(command, async ({ output, env, stores }) => {
    const { databaseUrl, migrateUrl, redisUrl, appPassword } = stores;
    await runMigrations({ migrateUrl, runtimeUrl: databaseUrl, appPassword, onProgress: output.progress });
    output.progress(null);
    // Silent: standard output belongs to the result, and what fails is said on standard error.
    const silent = { ...env, databaseUrl, redisUrl, logLevel: "silent" as const };
    const runtime = await createRuntime(silent, { databasePatience: patienceMilliseconds });
    try {
      return await work({ output, env, stores, ctx: trustedContext("cli", systemUser()) });
    } finally {
      await runtime.close();
    }
  });
}

/** As `runCommand`, with neither migrations nor runtime: for what looks at the stores themselves. */
export async function runOnStores<T>(command: Command, work: (tools: Omit<CliTools, "ctx">) => Promise<T>): Promise<T> {
  const output = outputOf(command);
  const env = readEnv();
  const stores = await acquireStores({ dataDir: env.dataDir, env, onProgress: output.progress });
  const stopListening = releaseOnInterrupt(stores);
  try {
    return await work({ output, env, stores });
  } finally {
    stopListening();
    await stores.release();
  }
}

/** How a command speaks, by its own and its parents' options. */
export function outputOf(command: Command): CliOutput {
  return createCliOutput({ json: command.optsWithGlobals().json === true });
}

// The stores run in processes of their own: an interrupted command must not leave them behind.
function releaseOnInterrupt(stores: Stores): () => void {
  const interrupt = (signal: NodeJS.Signals) => {
    void stores.release().finally(() => process.exit(signal === "SIGINT" ? 130 : 143));
  };
  process.once("SIGINT", interrupt);
  process.once("SIGTERM", interrupt);
  return () => {
    process.off("SIGINT", interrupt);
    process.off("SIGTERM", interrupt);
  };
}

function systemUser(): string {
  try {
    return userInfo().username;
  } catch {
    // A user id without a name, as in a container.
    return `uid ${process.getuid?.() ?? "unknown"}`;
  }
}
