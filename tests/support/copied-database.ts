import { randomBytes } from "node:crypto";
import { Redis } from "ioredis";
import pg from "pg";
import type { TestStores } from "./test-stores";

/** A migrated database and a Redis database that nobody else uses. */
export type CopiedDatabase = {
  /** Run-time login `gatehouse_app`. */
  databaseUrl: string;
  /** The owner, who is no superuser. */
  migrateUrl: string;
  superuserUrl: string;
  /** A numbered database of the run's Redis. A test that stops or restarts Redis starts one of its own instead. */
  redisUrl: string;
  /** Removes both. Close your own connections first; forgotten ones are cut. */
  drop: () => Promise<void>;
};

const redisDatabases = 1023;

/** Makes a database on the run's servers, copied from the migrated template. For set-ups outside vitest. */
export async function createCopiedDatabase(servers: TestStores): Promise<CopiedDatabase> {
  const name = `test_${randomBytes(8).toString("hex")}`;
  const { template, owner } = describeTemplate(servers.migrateUrl);
  await asSuperuser(servers, `create database ${name} owner ${owner} template ${template}`);
  const redisUrl = await takeRedisDatabase(servers.redisUrl);
  return {
    databaseUrl: withDatabase(servers.databaseUrl, name),
    migrateUrl: withDatabase(servers.migrateUrl, name),
    superuserUrl: withDatabase(servers.superuserUrl, name),
    redisUrl,
    drop: async () => {
      await asSuperuser(servers, `drop database if exists ${name} with (force)`);
      await flush(redisUrl);
    },
  };
}

/** The same connection URL with another database. */
export function withDatabase(url: string, name: string): string {
  const changed = new URL(url);
  changed.pathname = `/${name}`;
  return changed.href;
}

function describeTemplate(migrateUrl: string): { template: string; owner: string } {
  const url = new URL(migrateUrl);
  return { template: url.pathname.slice(1), owner: url.username };
}

async function asSuperuser({ superuserUrl }: TestStores, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: withDatabase(superuserUrl, "postgres") });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}

async function takeRedisDatabase(redisUrl: string): Promise<string> {
  const client = new Redis(redisUrl);
  try {
    const taken = await client.incr("test:databases");
    const url = withDatabase(redisUrl, String(1 + ((taken - 1) % redisDatabases)));
    await flush(url);
    return url;
  } finally {
    client.disconnect();
  }
}

async function flush(redisUrl: string): Promise<void> {
  const client = new Redis(redisUrl);
  try {
    await client.flushdb();
  } finally {
    client.disconnect();
  }
}
