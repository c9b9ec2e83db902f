import { Client } from "pg";
import { readMigrationFiles } from "@/lib/db/migration-files";
import { checkClock } from "./check-clock";
import { checkHouse } from "./check-house";
import { type Finding, findings, sentenceOf } from "./finding";

const server = findings("postgres");
const roles = findings("roles");
const migrations = findings("migrations");

/** Everything about Postgres, over the connection that run time uses. */
export async function checkDatabase(databaseUrl: string): Promise<Finding[]> {
  const client = new Client({
    connectionString: databaseUrl,
    connectionTimeoutMillis: 3_000,
    statement_timeout: 20_000,
  });
  // A connection that breaks fails the query that is under way.
  client.on("error", () => undefined);
  try {
    await client.connect();
  } catch (error) {
    return [
      server.failure(
        `it lets nobody in: ${sentenceOf(error)}`,
        "check DATABASE_URL; if the migrations never ran, npm run up runs them",
      ),
    ];
  }
  try {
    const found = [
      await checkServer(client),
      await checkRoles(client),
      await checkClock("postgres", () => databaseTime(client)),
    ];
    const migrated = await checkMigrations(client);
    const migratedFully = migrated.status === "ok";
    return [...found, migrated, ...(migratedFully ? await checkHouse(client) : [])];
  } catch (error) {
    return [server.failure(`it fails to answer: ${sentenceOf(error)}`, "look into the log of the database server")];
  } finally {
    await client.end();
  }
}

async function checkServer(client: Client): Promise<Finding> {
  const { rows } = await client.query<{ number: number; name: string }>(
    "select current_setting('server_version_num')::int as number, current_setting('server_version') as name",
  );
  const [version] = rows;
  if (!version || version.number < 150_000)
    return server.failure(`version ${version?.name} is too old`, "use Postgres 15 or newer");
  return server.ok(`version ${version.name}`);
}

type RoleRow = { name: string; session: boolean; super: boolean; bypass: boolean; owner: boolean };

// Both: `current_user` decides now, and whoever gets at the connection can go back to `session_user`.
async function checkRoles(client: Client): Promise<Finding> {
  const { rows } = await client.query<RoleRow>(`
    select r.rolname as name, r.rolname = session_user as session, r.rolsuper as super, r.rolbypassrls as bypass,
      exists (select from pg_class c where c.relowner = r.oid and c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p')) as owner
    from pg_roles r where r.rolname in (current_user, session_user) order by r.rolname = current_user desc`);
  const [current, login = current] = rows;
  if (!current || !login) return roles.failure("the connection's role is not to be found", "check DATABASE_URL");
  const strong = (role: RoleRow) =>
    role.super
      ? "a superuser"
      : role.bypass
        ? "exempt from row-level security"
        : role.owner
          ? "the tables' owner"
          : null;
  const now = strong(current);
  if (now) {
    return roles.failure(
      `run time is ${current.name}, ${now}: nothing but the code separates the tenants`,
      "let DATABASE_URL name the login gatehouse_app, and DATABASE_MIGRATE_URL the owner",
    );
  }
  const before = strong(login);
  if (before) {
    return roles.warning(
      `run time is ${current.name}, but its login ${login.name} is ${before}: the separation is by role only`,
      "give run time a login of its own: set DATABASE_MIGRATE_URL to this one, and DATABASE_URL to gatehouse_app",
    );
  }
  return roles.ok(`run time is ${current.name}, neither superuser nor owner nor exempt from row-level security`);
}

async function checkMigrations(client: Client): Promise<Finding> {
  const mend = "run npm run up, which migrates";
  try {
    const files = await readMigrationFiles();
    const { rows } = await client.query<{ name: string; checksum: string; failed: boolean }>(
      "select migration_name as name, checksum, finished_at is null as failed from public._prisma_migrations where rolled_back_at is null",
    );
    const applied = new Map(rows.filter(({ failed }) => !failed).map(({ name, checksum }) => [name, checksum]));
    const missing = files.filter(({ name }) => !applied.has(name));
    const changed = files.filter(({ name, checksum }) => applied.has(name) && applied.get(name) !== checksum);
    const [newer] = [...applied.keys()].filter((name) => files.every((file) => file.name !== name));
    if (missing[0])
      return migrations.failure(`${missing.length} of ${files.length} are missing, first ${missing[0].name}`, mend);
    if (changed[0])
      return migrations.failure(
        `${changed[0].name} is not the one that was applied`,
        "install the version of Gatehouse that made this database, or a newer one",
      );
    if (newer)
      return migrations.failure(
        `the database is newer than this code: it has ${newer}`,
        "install the newer version of Gatehouse again",
      );
    return migrations.ok(`all ${files.length} are applied`);
  } catch (error) {
    return migrations.failure(`they cannot be read: ${sentenceOf(error)}`, mend);
  }
}

async function databaseTime(client: Client): Promise<number> {
  const { rows } = await client.query<{ at: string }>("select extract(epoch from clock_timestamp()) * 1000 as at");
  return Number(rows[0]?.at);
}
