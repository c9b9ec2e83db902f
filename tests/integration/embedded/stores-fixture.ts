import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { cpSync, existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Redis } from "ioredis";
import pg from "pg";
import { readEnv } from "@/lib/config/env";
import { acquireStores, type Stores } from "@/lib/embedded/embedded-stores";
import { makeTestDataDirectory, redisUnpackDirectory, testPostgresBinaries } from "../../support/test-stores";

/** A stopped installation, of which each test gets a copy: faster than a new cluster each. */
export async function makeInstallation(): Promise<string> {
  const dataDir = makeTestDataDirectory();
  // Where the system has no Redis, one has been fetched already, for the suite's own servers.
  if (existsSync(redisUnpackDirectory)) copy(redisUnpackDirectory, join(dataDir, "redis", "server"));
  await (await acquire(dataDir)).release();
  return dataDir;
}

/** A copy of an installation, to start, break and remove. */
export function copyInstallation(installation: string): string {
  const dataDir = makeTestDataDirectory();
  copy(installation, dataDir);
  return dataDir;
}

function copy(from: string, to: string): void {
  cpSync(from, to, { recursive: true });
}

/** Acquires the stores of a data directory in this process, on the Postgres that is under test. */
export function acquire(
  dataDir: string,
  env: Partial<Parameters<typeof acquireStores>[0]["env"]> = {},
): Promise<Stores> {
  return acquireStores({
    dataDir,
    env: { searchPath: readEnv().searchPath, ...env },
    postgresBinariesDirectory: testPostgresBinaries(),
    durable: false,
  });
}

/** Another process that holds the stores, as a second instance would. */
export async function holdInOtherProcess(dataDir: string): Promise<ChildProcess> {
  const child = spawn(process.execPath, ["--import", "tsx", "lib/embedded/hold-stores.ts"], {
    env: { ...process.env, GATEHOUSE_DATA_DIR: dataDir },
    stdio: ["ignore", "ignore", "inherit", "ipc"],
  });
  const ended = once(child, "exit").then(([code]) =>
    Promise.reject(new Error(`It ended with ${code} and held nothing.`)),
  );
  await Promise.race([once(child, "message"), ended]);
  ended.catch(() => undefined);
  return child;
}

/** The answer of Postgres to one query. */
export async function ask(connectionString: string, sql: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString, connectionTimeoutMillis: 5000 });
  client.on("error", () => undefined);
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}

/** True if Postgres and Redis both answer. */
export async function isServing({
  superuserUrl = "",
  redisUrl,
}: Pick<Stores, "superuserUrl" | "redisUrl">): Promise<boolean> {
  const redis = new Redis(redisUrl, { lazyConnect: true, retryStrategy: () => null });
  redis.on("error", () => undefined);
  try {
    await redis.connect();
    await ask(superuserUrl, "select 1");
    return (await redis.ping()) === "PONG";
  } catch {
    return false;
  } finally {
    redis.disconnect();
  }
}

/** The process ids of the two servers. */
export async function serverPids(dataDir: string, { redisUrl }: Stores): Promise<{ postgres: number; redis: number }> {
  const redis = new Redis(redisUrl);
  try {
    const info = await redis.info("server");
    const postmaster = readFileSync(join(dataDir, "postgres", "postmaster.pid"), "utf8");
    return { postgres: Number.parseInt(postmaster, 10), redis: Number(/process_id:(\d+)/.exec(info)?.[1]) };
  } finally {
    redis.disconnect();
  }
}
