import { readMigrationFiles } from "@/lib/db/migration-files";
import { redisClient } from "@/lib/redis/redis-client";
import { redisRun } from "@/lib/redis/redis-run";
import { sessionBreakers } from "@/lib/sessions/circuit-breaker";
import { sessionPool } from "@/lib/sessions/session-store";

/**
 * The readiness checks of a process with stores. Each rejects with a sentence that names no address and no secret. A store
 * that answers them is asked again by session checks, too: ready means that these are served.
 */
export function storeChecks(): Record<string, () => Promise<void>> {
  return { postgres: checkPostgres, redis: checkRedis, migrations: checkMigrations };
}

type RoleRow = { name: string; strong: boolean };

// Row security binds neither a superuser nor a bypassrls role: with such a login tenants would not be separated.
async function checkPostgres(): Promise<void> {
  const rows = await ask<RoleRow>(
    "select rolname as name, rolsuper or rolbypassrls as strong from pg_catalog.pg_roles where rolname = current_user",
  );
  const role = rows[0];
  if (role?.name !== "gatehouse_app") throw new Error(`connected as ${role?.name ?? "nobody"}, not as gatehouse_app`);
  if (role.strong) throw new Error("gatehouse_app is a superuser or bypasses row security");
}

async function checkRedis(): Promise<void> {
  await redisClient
    .get()
    .ping()
    .catch(() => {
      throw new Error("cannot be reached");
    });
  if (redisRun.get().current() === null) throw new Error("its run_id is not known yet, so the cache is off");
  sessionBreakers.get().redis.succeeded();
}

async function checkMigrations(): Promise<void> {
  const wanted = await readMigrationFiles();
  const rows = await ask<{ name: string }>(
    "select migration_name as name from _prisma_migrations where finished_at is not null and rolled_back_at is null",
  );
  const applied = new Set(rows.map(({ name }) => name));
  const missing = wanted.filter(({ name }) => !applied.has(name)).length;
  if (missing > 0) throw new Error(`${missing} migrations have not been applied`);
}

async function ask<Row extends object>(sql: string): Promise<Row[]> {
  try {
    const { rows } = await sessionPool.get().query<Row>(sql);
    sessionBreakers.get().postgres.succeeded();
    return rows;
  } catch {
    throw new Error("cannot be reached");
  }
}
