import pg from "pg";
import { ConfigurationError } from "@/lib/config/configuration-error";
import { superuserName } from "./postgres-cluster";
import type { StoreCredentials } from "./store-credentials";

/** Owns the database and runs migrations; no superuser, so that nothing works by accident. */
export const ownerName = "gatehouse_owner";
/** The embedded installation's database. */
export const databaseName = "gatehouse";

type LoginAddress = { user: string; password: string; port: number; database?: string };

/** A connection URL of the embedded Postgres. */
export function embeddedPostgresUrl({ user, password, port, database = databaseName }: LoginAddress): string {
  return `postgresql://${user}:${encodeURIComponent(password)}@127.0.0.1:${port}/${database}`;
}

/** Makes the owner role and the database, where they are missing. Throws a ConfigurationError if the password is wrong. */
export async function ensureOwnerAndDatabase(port: number, credentials: StoreCredentials): Promise<void> {
  const url = embeddedPostgresUrl({
    user: superuserName,
    password: credentials.superuserPassword,
    port,
    database: "postgres",
  });
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000 });
  client.on("error", () => undefined);
  try {
    await client.connect();
    await ensureOwner(client, credentials.ownerPassword);
    await ensureDatabase(client);
  } catch (cause) {
    throw isWrongPassword(cause) ? wrongPassword(cause) : cause;
  } finally {
    await client.end();
  }
}

// Always with the password of the credentials file: the superuser's has just been proved, so the file is the right one.
async function ensureOwner(client: pg.Client, password: string): Promise<void> {
  const { rowCount } = await client.query("select from pg_roles where rolname = $1", [ownerName]);
  const attributes = "login nosuperuser createrole nocreatedb nobypassrls password";
  await client.query(
    `${rowCount ? "alter" : "create"} role ${ownerName} ${attributes} ${client.escapeLiteral(password)}`,
  );
}

async function ensureDatabase(client: pg.Client): Promise<void> {
  const { rowCount } = await client.query("select from pg_database where datname = $1", [databaseName]);
  if (!rowCount) await client.query(`create database ${databaseName} owner ${ownerName}`);
}

function isWrongPassword(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "28P01";
}

function wrongPassword(cause: unknown): ConfigurationError {
  return new ConfigurationError({
    subject: "embedded Postgres",
    problem: "it refuses the password in store-credentials.json; the database itself is untouched",
    mend: "restore store-credentials.json from the same backup as the database, or set GATEHOUSE_DATA_DIR to a new directory",
    cause,
  });
}
