import { copyFileSync, existsSync, rmSync } from "node:fs";
import { join } from "node:path";
import { Redis } from "ioredis";
import pg from "pg";
import { readEnv } from "@/lib/config/env";
import { startEmbeddedPostgres, stopEmbeddedPostgres } from "@/lib/embedded/embedded-postgres";
import { embeddedRedisUrl, startEmbeddedRedis } from "@/lib/embedded/embedded-redis";
import { processIdentity } from "@/lib/embedded/process-identity.mjs";
import { loadStoreCredentials } from "@/lib/embedded/store-credentials";
import { waitUntil } from "@/lib/embedded/wait-until";
import { redisUnpackDirectory, startMigratedStores, testPostgresBinaries } from "./test-stores";

/** A Postgres and a Redis that one test file may stop, kill and start again; both come back on the same port. */
export type OwnStores = {
  databaseUrl: string;
  migrateUrl: string;
  superuserUrl: string;
  redisUrl: string;
  /** Runs a statement that no row-level security binds. */
  asSuperuser: <Row extends object = Record<string, unknown>>(sql: string, values?: unknown[]) => Promise<Row[]>;
  /** A connection to the Redis of this moment. */
  withRedis: <Result>(work: (client: Redis) => Promise<Result>) => Promise<Result>;
  redis: {
    /** It keeps its connections and answers nothing, until `resume`. */
    pause: () => void;
    resume: () => void;
    kill: () => Promise<void>;
    /** Empty, or with what `snapshot` kept. */
    start: (from?: "empty" | "snapshot") => Promise<void>;
    /** Keeps what Redis holds now for a later start. */
    snapshot: () => Promise<void>;
  };
  postgres: { stop: () => Promise<void>; start: () => Promise<void> };
  remove: () => Promise<void>;
};

/** Starts both, migrated, in a directory of their own. */
export async function startOwnStores(): Promise<OwnStores> {
  const { stores, dataDir, stop } = await startMigratedStores();
  const { databaseUrl, migrateUrl, redisUrl, superuserUrl } = stores;
  const superuser = new pg.Pool({ connectionString: superuserUrl, max: 4, idleTimeoutMillis: 1_000 });
  superuser.on("error", () => undefined);
  return {
    ...{ databaseUrl, migrateUrl, superuserUrl, redisUrl },
    asSuperuser: async (sql, values) => (await superuser.query(sql, values)).rows,
    withRedis: (work) => withRedis(redisUrl, work),
    redis: redisControl(dataDir, redisUrl),
    postgres: postgresControl(dataDir),
    remove: async () => {
      await superuser.end();
      await stop();
    },
  };
}

function redisControl(dataDir: string, redisUrl: string): OwnStores["redis"] {
  const directory = join(dataDir, "redis");
  const [dump, kept] = [join(directory, "dump.rdb"), join(directory, "kept.rdb")];
  const password = loadStoreCredentials(dataDir, true).redisPassword;
  const options = { directory, password, searchPath: readEnv().searchPath, unpackDirectory: redisUnpackDirectory };
  let process_: Promise<{ pid: number }> = startEmbeddedRedis(options);
  const signal = async (name: NodeJS.Signals) => process.kill((await process_).pid, name);
  return {
    pause: () => void signal("SIGSTOP"),
    resume: () => void signal("SIGCONT"),
    kill: async () => {
      const { pid } = await process_;
      process.kill(pid, "SIGKILL");
      await waitUntil(() => processIdentity(pid) === null, 10_000);
    },
    start: async (from = "empty") => {
      rmSync(dump, { force: true });
      if (from === "snapshot") copyFileSync(kept, dump);
      const started = await startEmbeddedRedis(options);
      if (embeddedRedisUrl({ ...started, password }) !== redisUrl) throw new Error("Redis came back on another port.");
      process_ = Promise.resolve(started);
    },
    snapshot: async () => {
      await withRedis(redisUrl, (client) => client.save());
      if (!existsSync(dump)) throw new Error("Redis kept no snapshot.");
      copyFileSync(dump, kept);
    },
  };
}

function postgresControl(dataDir: string): OwnStores["postgres"] {
  const directory = join(dataDir, "postgres");
  const { superuserPassword } = loadStoreCredentials(dataDir, true);
  return {
    stop: () => stopEmbeddedPostgres(directory),
    start: async () => {
      const binariesDirectory = testPostgresBinaries();
      await startEmbeddedPostgres({ directory, superuserPassword, binariesDirectory, durable: false });
    },
  };
}

async function withRedis<Result>(redisUrl: string, work: (client: Redis) => Promise<Result>): Promise<Result> {
  const client = new Redis(redisUrl, { lazyConnect: true, retryStrategy: () => null });
  client.on("error", () => undefined);
  try {
    await client.connect();
    return await work(client);
  } finally {
    client.disconnect();
  }
}
