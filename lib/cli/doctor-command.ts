import type { Command } from "commander";
import { type Env, readEnv } from "@/lib/config/env";
import { acquireStores, type Stores } from "@/lib/embedded/embedded-stores";
import { type CliOutput, toPlainText } from "./cli-output";
import { checkClientAddresses } from "./doctor/check-client-addresses";
import { checkConfiguration } from "./doctor/check-configuration";
import { checkDatabase } from "./doctor/check-database";
import { checkRedis } from "./doctor/check-redis";
import { checkVersions } from "./doctor/check-versions";
import { type Finding, findings, sentenceOf } from "./doctor/finding";
import { outputOf } from "./run-command";

/** Adds `doctor`. */
export function addDoctorCommand(program: Command): void {
  program
    .command("doctor")
    .description("check versions, connections, privileges, migrations, clocks, set-up; says how to mend what is wrong")
    .action((_options: object, command: Command) => run(command));
}

async function run(command: Command): Promise<void> {
  const output = outputOf(command);
  const found = await examine(output);
  const healthy = found.every(({ status }) => status !== "failure");
  output.result({ healthy, findings: found }, () => found.map(formatFinding).join("\n"));
  if (!healthy) process.exitCode = 1;
}

async function examine(output: CliOutput): Promise<Finding[]> {
  const found = checkVersions();
  let env: Env;
  try {
    env = readEnv();
  } catch (error) {
    return [...found, findings("environment").failure(...splitMend(error))];
  }
  found.push(...checkConfiguration(env));
  let stores: Stores;
  try {
    stores = await acquireStores({ dataDir: env.dataDir, env, onProgress: output.progress });
    output.progress(null);
  } catch (error) {
    output.progress(null);
    return [...found, findings("stores").failure(...splitMend(error))];
  }
  try {
    return [
      ...found,
      ...(await checkDatabase(stores.databaseUrl)),
      ...(await checkRedis(stores.redisUrl)),
      ...(await checkClientAddresses(stores.redisUrl, env.trustedProxies)),
    ];
  } finally {
    await stores.release();
  }
}

// A configuration error says what to do on its second line.
function splitMend(error: unknown): [message: string, mend: string] {
  const [, mend = "see the message"] = (error instanceof Error ? error.message : "").split("\n  → ");
  return [sentenceOf(error), mend];
}

const signs = { ok: "✓", warning: "!", failure: "✗" };

function formatFinding({ check, status, message, mend }: Finding): string {
  return toPlainText(`${signs[status]} ${check}: ${message}${mend ? ` → ${mend}` : ""}`);
}
