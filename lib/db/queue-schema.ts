import { Logger, runMigrations as migrateQueue } from "graphile-worker";
import { type Client, Pool } from "pg";
import { withStartRole, workerRole } from "./connection-urls";
import { grantRole } from "./role-grants";

/**
 * Installs or updates the job queue's own schema as the role that owns it, and admits `gatehouse.enqueue_job` to it:
 * the queue's tables are under row security and know their owner only.
 */
export async function installQueueSchema(client: Client, migrateUrl: string): Promise<void> {
  const { rows } = await client.query<{ owner: string; installed: boolean }>(
    `select current_user as owner, exists (
       select from pg_catalog.pg_class where relname = 'migrations' and relnamespace = to_regnamespace('graphile_worker')
     ) as installed`,
  );
  const state = rows[0];
  if (!state) throw new Error("The database did not say who is connected.");
  await grantRole(client, workerRole, state.owner);
  if (state.installed) return updateQueueSchema(migrateUrl);
  await client.query(grantCreate("grant", "to"));
  try {
    await updateQueueSchema(migrateUrl);
  } finally {
    await client.query(grantCreate("revoke", "from"));
  }
}

async function updateQueueSchema(migrateUrl: string): Promise<void> {
  const pool = new Pool({ connectionString: withStartRole(migrateUrl, workerRole), max: 1 });
  // A connection that breaks while idle is noticed by the next query; without a listener it would end the process.
  pool.on("error", () => {});
  try {
    await migrateQueue({ pgPool: pool, logger: new Logger(() => () => {}) });
    await pool.query(admitEnqueueing);
  } finally {
    await pool.end();
  }
}

function grantCreate(verb: "grant" | "revoke", preposition: "to" | "from"): string {
  return `do $$ begin execute format('${verb} create on database %I ${preposition} ${workerRole}', current_database()); end $$`;
}

const admitEnqueueing = `
do $$
declare
  name text;
begin
  grant usage on schema graphile_worker to gatehouse_definer;
  foreach name in array array['_private_jobs', '_private_tasks', '_private_job_queues'] loop
    execute format('grant select, insert, update on graphile_worker.%I to gatehouse_definer', name);
    if not exists (
      select from pg_catalog.pg_policies where schemaname = 'graphile_worker' and tablename = name and policyname = 'gatehouse_enqueues'
    ) then
      execute format('create policy gatehouse_enqueues on graphile_worker.%I to gatehouse_definer using (true) with check (true)', name);
    end if;
  end loop;
end
$$`;
