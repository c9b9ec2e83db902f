import { type ChildProcess, execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { promisify } from "node:util";
import { freePort } from "@/lib/embedded/free-port";
import { createCopiedDatabase } from "./copied-database";
import { serverArguments } from "./server-arguments";
import { makeTestDataDirectory, stopAndRemove, type TestStores } from "./test-stores";

/** The built server, running on a database of its own. All but `stop` and `output` can be sent between processes. */
export type ServerAddress = {
  /** Its origin, without a trailing slash. */
  url: string;
  databaseUrl: string;
  migrateUrl: string;
  superuserUrl: string;
  redisUrl: string;
  dataDir: string;
  /** The first platform owner, if one was asked for. */
  owner: { email: string; password: string };
};

export type GatehouseServer = { address: ServerAddress; output: () => string; stop: () => Promise<void> };
export type ServerOptions = {
  /** False: no platform owner yet, so that the output carries the one-time set-up link. */
  hasOwner?: boolean;
  env?: Record<string, string>;
  /** Further arguments, such as `--demo`. */
  args?: string[];
};

const startMilliseconds = 60_000;
const owner = { email: "owner@gatehouse.test", password: "correct horse battery staple 9" };

/** Builds what is stale, and runs the server as `up` does, on a copy of the run's template database. */
export async function startGatehouseServer(servers: TestStores, options: ServerOptions = {}): Promise<GatehouseServer> {
  await promisify(execFile)(process.execPath, ["scripts/build.mjs"]);
  const database = await createCopiedDatabase(servers);
  const dataDir = makeTestDataDirectory();
  const { databaseUrl, migrateUrl, superuserUrl, redisUrl } = database;
  const port = await freePort();
  const url = `http://localhost:${port}`;
  const address = { url, databaseUrl, migrateUrl, superuserUrl, redisUrl, dataDir, owner };
  const child = spawn(process.execPath, [...serverArguments, ...(options.args ?? [])], {
    env: { ...serverEnvironment(address, options), PORT: String(port) },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const output = collect(child);
  const stop = async () => {
    await end(child);
    await database.drop();
    await stopAndRemove(dataDir);
  };
  try {
    await waitUntilReady(url, child);
    return { address, output, stop };
  } catch (error) {
    await stop();
    throw new Error(`The server did not start.\n${output()}`, { cause: error });
  }
}

function serverEnvironment(address: ServerAddress, { hasOwner = true, env }: ServerOptions): NodeJS.ProcessEnv {
  return {
    PATH: process.env.PATH,
    HOME: process.env.HOME,
    NODE_ENV: "production",
    GATEHOUSE_USER_NODE_ENV: "test",
    GATEHOUSE_URL: address.url,
    GATEHOUSE_DATA_DIR: address.dataDir,
    DATABASE_URL: address.databaseUrl,
    DATABASE_MIGRATE_URL: address.migrateUrl,
    REDIS_URL: address.redisUrl,
    ...(hasOwner ? { GATEHOUSE_OWNER_EMAIL: owner.email, GATEHOUSE_OWNER_PASSWORD: owner.password } : {}),
    ...env,
  };
}

function collect(child: ChildProcess): () => string {
  const chunks: string[] = [];
  for (const stream of [child.stdout, child.stderr]) stream?.on("data", (chunk) => chunks.push(String(chunk)));
  return () => chunks.join("");
}

async function waitUntilReady(url: string, child: ChildProcess): Promise<void> {
  const end = Date.now() + startMilliseconds;
  while (Date.now() < end) {
    if (child.exitCode !== null || child.signalCode !== null) throw new Error("It ended.");
    const answer = await fetch(`${url}/api/health/ready`).catch(() => null);
    if (answer?.ok) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`It was not ready after ${startMilliseconds / 1000} seconds.`);
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, "exit");
  child.kill("SIGTERM");
  const timer = setTimeout(() => child.kill("SIGKILL"), 20_000);
  await ended;
  clearTimeout(timer);
}
