import { Client } from "pg";

type IndexOf = { name: string; definition: string };

/**
 * Runs `work`, which loads many rows into `tables`, without the indexes that no constraint needs, and builds these after
 * it: an index that is built at once takes a tenth of the time of one that takes in row by row. For databases of the
 * bench's own.
 */
export async function withoutIndexes(
  ownerUrl: string,
  tables: readonly string[],
  work: () => Promise<void>,
): Promise<void> {
  const owner = new Client({ connectionString: ownerUrl });
  await owner.connect();
  try {
    const { rows } = await owner.query<IndexOf>(plainIndexes, [tables]);
    for (const { name } of rows) await owner.query(`drop index ${owner.escapeIdentifier(name)}`);
    await work();
    await owner.query("set maintenance_work_mem = '1GB'; set statement_timeout = 0");
    for (const [index, { name, definition }] of rows.entries()) {
      process.stderr.write(`\rindex ${index + 1} of ${rows.length}: ${name}\x1b[K`);
      await owner.query(definition);
    }
    process.stderr.write("\n");
    for (const table of tables) await owner.query(`vacuum (analyze) ${owner.escapeIdentifier(table)}`);
  } finally {
    await owner.end();
  }
}

const plainIndexes = `
  select i.indexrelid::regclass::text as name, pg_get_indexdef(i.indexrelid) as definition
  from pg_index i join pg_class t on t.oid = i.indrelid join pg_namespace n on n.oid = t.relnamespace
  where n.nspname = 'public' and t.relname = any($1) and not i.indisunique
    and not exists (select from pg_constraint c where c.conindid = i.indexrelid)`;
