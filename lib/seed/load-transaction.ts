import type { Client } from "pg";

/**
 * Runs `work` in one transaction in which `COPY` into `tables` is possible: Postgres refuses it where row-level
 * security binds the caller, and `force` binds even the owner. The owner lifts `force` and the tables' own triggers,
 * under a lock that keeps everybody else out, and puts both back before the commit; a crash rolls everything back.
 * The rows must therefore carry what the triggers would have filled in.
 */
export async function loadTransaction<T>(
  client: Client,
  tables: readonly string[],
  work: () => Promise<T>,
): Promise<T> {
  await client.query("begin");
  try {
    await client.query(settings);
    for (const table of tables)
      await client.query(`alter table ${quote(client, table)} no force row level security, disable trigger user`);
    const result = await work();
    // Foreign keys that are checked at the commit only would otherwise forbid the next statement.
    await client.query("set constraints all immediate");
    for (const table of tables)
      await client.query(`alter table ${quote(client, table)} force row level security, enable trigger user`);
    await client.query("commit");
    return result;
  } catch (error) {
    // A broken connection cannot be told to roll back, and has been already.
    await client.query("rollback").catch(() => undefined);
    throw error;
  }
}

// A larger pending list lets the search indexes take in many rows at a time (PostgreSQL manual, "GIN Fast Update").
const settings = `set local lock_timeout = '20s'; set local statement_timeout = 0; set local synchronous_commit = off;
  set local gin_pending_list_limit = '64MB'`;

function quote(client: Client, table: string): string {
  return `public.${client.escapeIdentifier(table)}`;
}
