import { existsSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import type { Env } from "@/lib/config/env";
import { appRole, loginOf, withStartRole } from "@/lib/db/connection-urls";
import { startEmbeddedPostgres, stopEmbeddedPostgres } from "./embedded-postgres";
import { embeddedRedisUrl, startEmbeddedRedis, stopEmbeddedRedis } from "./embedded-redis";
import { assertPostgresUsable, assertRedisUsable } from "./external-stores";
import { withFileLock } from "./file-lock.mjs";
import { superuserName } from "./postgres-cluster";
import { embeddedPostgresUrl, ensureOwnerAndDatabase, ownerName } from "./postgres-roles";
import { loadStoreCredentials, type StoreCredentials } from "./store-credentials";
import { storeFailure } from "./store-failure";
import { addLease, removeDeadLeases, removeLease } from "./store-leases";

type AcquireOptions = {
  dataDir: string;
  env: Pick<Env, "databaseUrl" | "databaseMigrateUrl" | "redisUrl" | "searchPath">;
  onProgress?: (message: string) => void;
  /** The `bin` directory of another Postgres than the package's. */
  postgresBinariesDirectory?: string;
  /** Where a fetched Redis is kept; by default below the data directory. */
  redisUnpackDirectory?: string;
  /** False: no fsync, for tests. */
  durable?: boolean;
};

type PostgresAccess = {
  /** The run-time login. Usable once the migrations have made it. */
  databaseUrl: string;
  /** The owner: runs migrations. */
  migrateUrl: string;
  /** Embedded only: the password that the migration runner gives to the login `gatehouse_app`. */
  appPassword?: string;
  /** Embedded only: the bootstrap superuser, for `db url --superuser` and tests. */
  superuserUrl?: string;
};

/** The stores of this process, until it releases them. */
export type Stores = PostgresAccess & {
  redisUrl: string;
  /** Gives them back; the last one to do so stops the embedded servers. May be called twice. */
  release: () => Promise<void>;
};

const directories = (dataDir: string) => ({ postgres: join(dataDir, "postgres"), redis: join(dataDir, "redis") });

/**
 * Makes Postgres and Redis available: those that the environment names, else embedded ones in the data directory, which
 * are started, joined where another process already uses them, or adopted from one that crashed.
 * Throws a ConfigurationError that says what to do.
 */
export async function acquireStores(options: AcquireOptions): Promise<Stores> {
  const { env, dataDir } = options;
  await Promise.all([assertNamedPostgres(env), env.redisUrl && assertRedisUsable(env.redisUrl)]);
  if (env.databaseUrl && env.redisUrl)
    return { ...namedPostgres(env, env.databaseUrl), redisUrl: env.redisUrl, release: async () => undefined };
  try {
    return await underLock(options, () => startUnderLock(options));
  } catch (error) {
    throw storeFailure(dataDir, String(error), error);
  }
}

/** Stops the embedded stores of a data directory if no living process uses them; true if none does. */
export async function stopUnusedStores(dataDir: string): Promise<boolean> {
  if (!existsSync(dataDir)) return true;
  return withFileLock(lockPath(dataDir), () => stopIfUnused(dataDir));
}

const lockPath = (dataDir: string) => join(dataDir, "stores.lock");

function underLock<T>({ dataDir, onProgress }: AcquireOptions, work: () => Promise<T>): Promise<T> {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  return withFileLock(lockPath(dataDir), work, {
    onWait: () => onProgress?.("Waiting for another process that starts the stores"),
  });
}

async function startUnderLock(asked: AcquireOptions): Promise<Stores> {
  const { dataDir, env } = asked;
  const credentials = loadStoreCredentials(dataDir, existsSync(join(directories(dataDir).postgres, "PG_VERSION")));
  // Whoever joins running stores starts nothing.
  const options = removeDeadLeases(dataDir) > 0 ? { ...asked, onProgress: undefined } : asked;
  const lease = addLease(dataDir);
  try {
    const postgres = env.databaseUrl ? namedPostgres(env, env.databaseUrl) : await startPostgres(options, credentials);
    const redisUrl = env.redisUrl ?? (await startRedis(options, credentials));
    return { ...postgres, redisUrl, release: () => release(dataDir, lease) };
  } catch (error) {
    removeLease(lease);
    // What had started already must not outlive the failure.
    await stopIfUnused(dataDir);
    throw error;
  }
}

async function release(dataDir: string, lease: string): Promise<void> {
  if (!existsSync(lease)) return;
  await withFileLock(lockPath(dataDir), async () => {
    removeLease(lease);
    await stopIfUnused(dataDir);
  });
}

async function stopIfUnused(dataDir: string): Promise<boolean> {
  if (removeDeadLeases(dataDir) > 0) return false;
  const { postgres, redis } = directories(dataDir);
  const hasCredentials = existsSync(join(dataDir, "store-credentials.json"));
  await Promise.all([
    stopEmbeddedPostgres(postgres),
    hasCredentials && stopEmbeddedRedis(redis, loadStoreCredentials(dataDir, true).redisPassword),
  ]);
  return true;
}

async function startPostgres(options: AcquireOptions, credentials: StoreCredentials): Promise<PostgresAccess> {
  const directory = directories(options.dataDir).postgres;
  options.onProgress?.(existsSync(directory) ? "Starting Postgres" : "Creating the database");
  const { port } = await startEmbeddedPostgres({
    directory,
    superuserPassword: credentials.superuserPassword,
    binariesDirectory: options.postgresBinariesDirectory,
    durable: options.durable,
  });
  await ensureOwnerAndDatabase(port, credentials);
  return {
    databaseUrl: embeddedPostgresUrl({ user: appRole, password: credentials.appPassword, port }),
    migrateUrl: embeddedPostgresUrl({ user: ownerName, password: credentials.ownerPassword, port }),
    superuserUrl: embeddedPostgresUrl({ user: superuserName, password: credentials.superuserPassword, port }),
    appPassword: credentials.appPassword,
  };
}

async function startRedis(options: AcquireOptions, credentials: StoreCredentials): Promise<string> {
  options.onProgress?.("Starting Redis");
  const password = credentials.redisPassword;
  const { port } = await startEmbeddedRedis({
    directory: directories(options.dataDir).redis,
    password,
    searchPath: options.env.searchPath,
    unpackDirectory: options.redisUnpackDirectory,
    onProgress: options.onProgress,
  });
  return embeddedRedisUrl({ port, password });
}

function namedPostgres(env: AcquireOptions["env"], databaseUrl: string): PostgresAccess {
  return {
    // PgBouncer refuses options at the start of a connection: behind it the login must be gatehouse_app itself.
    databaseUrl: loginOf(databaseUrl) === appRole ? databaseUrl : withStartRole(databaseUrl, appRole),
    migrateUrl: env.databaseMigrateUrl ?? databaseUrl,
  };
}

// The run-time login may not exist before the migrations: with two URLs only the owner's must work now.
async function assertNamedPostgres(env: AcquireOptions["env"]): Promise<void> {
  if (env.databaseMigrateUrl) return assertPostgresUsable("DATABASE_MIGRATE_URL", env.databaseMigrateUrl);
  if (env.databaseUrl) await assertPostgresUsable("DATABASE_URL", env.databaseUrl);
}
