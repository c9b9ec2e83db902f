import { setTimeout as delay } from "node:timers/promises";
import { Client } from "pg";
import { applyMigrations } from "./apply-migrations";
import { appRole, loginOf, passwordOf, workerRole } from "./connection-urls";
import { MigrationError, sqlState } from "./migration-error";
import { readMigrationFiles } from "./migration-files";
import { installQueueSchema } from "./queue-schema";
import { grantRole, setRolePassword } from "./role-grants";
import { syncBuiltInRoles } from "./sync-built-in-roles";

/** The lock that Prisma's own tools take while they migrate. */
const migrationLock = 72_707_369;

const lockPollMilliseconds = 200;

/** Partitions of the audit log that exist ahead of time, besides this month's. */
const auditMonthsAhead = 3;

type MigrationOptions = {
  /** The database's owner, with CREATEROLE; connected directly, not through a transaction pooler. */
  migrateUrl: string;
  /** The URL that run time uses: a login other than `gatehouse_app` is granted that role, `gatehouse_app` its password. */
  runtimeUrl?: string;
  /** The password for the logins `gatehouse_app` and `gatehouse_worker`, where the caller has generated one. */
  appPassword?: string;
  onProgress?: (message: string) => void;
};

/**
 * Brings the database up to date: migrations, built-in roles, audit partitions, the job queue's schema and the run-time
 * logins. Several instances may do this at once; one works, the others wait. Throws `MigrationError`.
 */
export async function runMigrations(options: MigrationOptions): Promise<{ applied: string[] }> {
  const onProgress = options.onProgress ?? (() => {});
  const files = await readMigrationFiles();
  const client = await connect(options.migrateUrl);
  try {
    await client.query(
      "select set_config('client_min_messages', 'warning', false), set_config('statement_timeout', '0', false)",
    );
    await waitForLock(client, onProgress);
    const applied = await applyMigrations(client, files, onProgress);
    await syncBuiltInRoles(client);
    await client.query("select gatehouse.create_audit_partitions($1)", [auditMonthsAhead]);
    await installQueueSchema(client, options.migrateUrl);
    await prepareLogins(client, options);
    return { applied };
  } catch (error) {
    throw explain(error);
  } finally {
    // The lock goes with the connection.
    await client.end();
  }
}

async function connect(connectionString: string): Promise<Client> {
  const client = new Client({
    connectionString,
    connectionTimeoutMillis: 5_000,
    application_name: "gatehouse migrate",
  });
  // A server that stops ends the connection between two queries; the next query reports it.
  client.on("error", () => {});
  try {
    await client.connect();
  } catch (error) {
    throw new MigrationError(
      `The database cannot be reached for migrations: ${error instanceof Error ? error.message : String(error)}. Check DATABASE_MIGRATE_URL or DATABASE_URL.`,
      { cause: error },
    );
  }
  return client;
}

// Asked again and again: a statement that waits holds a snapshot, for whose end an index that is built concurrently by
// the other instance would wait in its turn, for ever.
async function waitForLock(client: Client, onProgress: (message: string) => void): Promise<void> {
  const isTaken = async () => {
    const { rows } = await client.query<{ taken: boolean }>("select pg_try_advisory_lock($1) as taken", [
      migrationLock,
    ]);
    return rows[0]?.taken === true;
  };
  if (await isTaken()) return;
  onProgress("Waiting for another instance that is migrating");
  while (!(await isTaken())) await delay(lockPollMilliseconds);
}

async function prepareLogins(client: Client, { appPassword, runtimeUrl }: MigrationOptions): Promise<void> {
  const login = runtimeUrl ? loginOf(runtimeUrl) : appRole;
  if (login !== appRole) {
    await grantRole(client, appRole, login);
    await grantRole(client, workerRole, login);
    return;
  }
  const password = appPassword ?? (runtimeUrl ? passwordOf(runtimeUrl) : undefined);
  if (password === undefined) return;
  const { host, port, database } = client;
  for (const role of [appRole, workerRole]) {
    if (await canLogIn({ host, port, database, user: role, password })) continue;
    await setRolePassword(client, role, password);
  }
}

// Asked first, so that a start changes nothing where the password is right, also where it is the operator's to set.
async function canLogIn(config: {
  host: string;
  port: number;
  database?: string;
  user: string;
  password: string;
}): Promise<boolean> {
  const probe = new Client({ ...config, connectionTimeoutMillis: 5_000 });
  probe.on("error", () => {});
  try {
    await probe.connect();
    return true;
  } catch {
    return false;
  } finally {
    await probe.end().catch(() => {});
  }
}

function explain(error: unknown): unknown {
  if (sqlState(error) !== "42501") return error;
  return new MigrationError(
    `The migrating login lacks a privilege: ${error instanceof Error ? error.message : String(error)}. It must own the database, have CREATEROLE, and hold the gatehouse_* roles with admin option. See DATABASE_MIGRATE_URL.`,
    { cause: error },
  );
}
