import { existsSync, mkdtempSync, readdirSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readEnv } from "@/lib/config/env";
import { runMigrations } from "@/lib/db/migrate";
import { acquireStores, type Stores, stopUnusedStores } from "@/lib/embedded/embedded-stores";

/** What a test process is told of the run's Postgres and Redis. All of it can be sent between processes. */
export type TestStores = {
  /** Run-time login, on the template database: replace the database by one of `createTestDatabase`. */
  databaseUrl: string;
  /** The owner, who is no superuser. */
  migrateUrl: string;
  superuserUrl: string;
  appPassword: string;
  redisUrl: string;
};

/** Stores that were started for a run or for one file of it, and their end. */
export type StartedTestStores = { stores: TestStores; dataDir: string; stop: () => Promise<void> };

/** The major version of an installed Postgres to test against instead of the embedded one, as in TEST_POSTGRES=15. */
const postgresVersion = process.env.TEST_POSTGRES;
const directoryPrefix = "gatehouse-test-";
/** A Redis that had to be fetched is kept here between runs. */
export const redisUnpackDirectory = join(process.cwd(), "node_modules", ".cache", "gatehouse-redis");

/** The `bin` directory of the Postgres to test against; undefined for the embedded one. */
export function testPostgresBinaries(): string | undefined {
  if (!postgresVersion) return undefined;
  const directory = `/usr/lib/postgresql/${postgresVersion}/bin`;
  if (!existsSync(directory)) throw new Error(`TEST_POSTGRES=${postgresVersion}: there is no ${directory}.`);
  return directory;
}

/** A new data directory below the system's temporary one; `stopAndRemove` is its end. */
export function makeTestDataDirectory(): string {
  return mkdtempSync(join(tmpdir(), directoryPrefix));
}

/** Stops whatever runs in a test's data directory, unless a living process holds it, and removes the directory. */
export async function stopAndRemove(dataDir: string): Promise<void> {
  if (await stopUnusedStores(dataDir)) rmSync(dataDir, { recursive: true, force: true });
}

/** Starts Postgres and Redis for a test run in a directory of their own, migrated as the owner. */
export async function startTestStores(): Promise<StartedTestStores> {
  await removeAbandoned();
  return startMigratedStores();
}

/** The same, for a process of a run that has cleared away what earlier runs left. */
export async function startMigratedStores(): Promise<StartedTestStores> {
  const dataDir = makeTestDataDirectory();
  const stores = await acquireStores({
    dataDir,
    env: { searchPath: readEnv().searchPath },
    postgresBinariesDirectory: testPostgresBinaries(),
    redisUnpackDirectory,
    durable: false,
  });
  const stop = async () => {
    await stores.release();
    await stopAndRemove(dataDir);
  };
  try {
    const known = toTestStores(stores);
    await runMigrations({ migrateUrl: known.migrateUrl, appPassword: known.appPassword });
    return { stores: known, dataDir, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

function toTestStores({ databaseUrl, migrateUrl, superuserUrl = "", appPassword = "", redisUrl }: Stores): TestStores {
  return { databaseUrl, migrateUrl, superuserUrl, appPassword, redisUrl };
}

// A run that was killed leaves its servers behind. Directories of the last minute may belong to one that just starts.
async function removeAbandoned(): Promise<void> {
  for (const name of readdirSync(tmpdir()).filter((entry) => entry.startsWith(directoryPrefix))) {
    const dataDir = join(tmpdir(), name);
    const found = statSync(dataDir, { throwIfNoEntry: false });
    if (!found || found.uid !== process.getuid?.() || Date.now() - found.mtimeMs < 60_000) continue;
    await stopAndRemove(dataDir);
  }
}
