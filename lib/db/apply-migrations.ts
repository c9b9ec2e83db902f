import { randomUUID } from "node:crypto";
import type { Client } from "pg";
import { MigrationError, sqlState } from "./migration-error";
import type { MigrationFile } from "./migration-files";

/** Prisma's own table, so that `prisma migrate deploy` and this runner agree about what has been applied. */
const bookkeepingTable = `create table if not exists public._prisma_migrations (
  id varchar(36) primary key not null,
  checksum varchar(64) not null,
  finished_at timestamptz,
  migration_name varchar(255) not null,
  logs text,
  rolled_back_at timestamptz,
  started_at timestamptz not null default now(),
  applied_steps_count integer not null default 0
)`;

type AppliedRow = { migration_name: string; checksum: string; finished_at: Date | null };

/** Applies what is missing, each file in one transaction with its bookkeeping. Returns the names it applied. */
export async function applyMigrations(
  client: Client,
  files: MigrationFile[],
  onProgress: (message: string) => void,
): Promise<string[]> {
  const missing = await findMissing(client, files);
  for (const [index, file] of missing.entries()) {
    onProgress(`Applying migration ${index + 1} of ${missing.length}: ${file.name}`);
    await applyMigration(client, file);
  }
  return missing.map((file) => file.name);
}

async function findMissing(client: Client, files: MigrationFile[]): Promise<MigrationFile[]> {
  const exists = await client.query<{ found: boolean }>(
    "select to_regclass('public._prisma_migrations') is not null as found",
  );
  if (!exists.rows[0]?.found) await client.query(bookkeepingTable);
  const { rows } = await client.query<AppliedRow>(
    "select migration_name, checksum, finished_at from public._prisma_migrations where rolled_back_at is null",
  );
  assertConsistent(rows, files);
  const applied = new Set(rows.map((row) => row.migration_name));
  return files.filter((file) => !applied.has(file.name));
}

function assertConsistent(rows: AppliedRow[], files: MigrationFile[]): void {
  const byName = new Map(files.map((file) => [file.name, file]));
  for (const row of rows) {
    const file = byName.get(row.migration_name);
    if (!file) {
      throw new MigrationError(
        `The database is newer than this version of Gatehouse: it holds the migration ${row.migration_name}. Start the version that made it, or a later one.`,
      );
    }
    if (row.finished_at === null) {
      throw new MigrationError(
        `The migration ${row.migration_name} failed half-way at an earlier start. Mend what its row in _prisma_migrations says, then mark it with "npx prisma migrate resolve".`,
      );
    }
    if (row.checksum !== file.checksum) {
      throw new MigrationError(
        `The migration ${row.migration_name} was changed after it had been applied. Restore the file; put changes into a new migration.`,
      );
    }
  }
}

async function applyMigration(client: Client, file: MigrationFile): Promise<void> {
  // An index that is built concurrently cannot be part of a transaction; such a file holds that one statement.
  const transactional = !/\bconcurrently\b/i.test(file.sql);
  const id = randomUUID();
  try {
    if (transactional) await client.query("begin");
    await client.query(
      "insert into public._prisma_migrations (id, checksum, migration_name, started_at) values ($1, $2, $3, clock_timestamp())",
      [id, file.checksum, file.name],
    );
    await client.query(file.sql);
    await client.query(
      "update public._prisma_migrations set finished_at = clock_timestamp(), applied_steps_count = 1 where id = $1",
      [id],
    );
    if (transactional) await client.query("commit");
  } catch (error) {
    if (transactional) await client.query("rollback");
    else await client.query("update public._prisma_migrations set logs = $2 where id = $1", [id, String(error)]);
    throw explainFailure(file, error);
  }
}

function explainFailure(file: MigrationFile, error: unknown): MigrationError {
  const reason = error instanceof Error ? error.message : String(error);
  const hint: unknown = error instanceof Error ? Reflect.get(error, "hint") : undefined;
  const advice =
    sqlState(error) === "42501"
      ? "The migrating login must own the database and have CREATEROLE (and, where the gatehouse_* roles exist already, hold them with admin option). Or migrate once as a superuser through DATABASE_MIGRATE_URL."
      : "Nothing of it was kept; start again once the cause is mended.";
  return new MigrationError(
    `The migration ${file.name} failed: ${reason}${typeof hint === "string" ? ` (${hint})` : ""}. ${advice}`,
    { cause: error },
  );
}
