import { Client } from "pg";

/** Where to seed: the run-time login's connection, and the owner's. */
export type SeedUrls = { databaseUrl: string; migrateUrl: string };

/** The two connections of a seed. */
export type SeedClients = {
  /** The owner: loads the tables, past row-level security. */
  owner: Client;
  /** The run-time login: reads what is there, and adds to the audit log, which is not even the owner's to write. */
  app: Client;
};

/** Runs `work` with both connections, and closes them. */
export async function withSeedClients<T>(
  { databaseUrl, migrateUrl }: SeedUrls,
  work: (clients: SeedClients) => Promise<T>,
): Promise<T> {
  const [owner, app] = [newClient(migrateUrl), newClient(databaseUrl)];
  try {
    await owner.connect();
    await app.connect();
    return await work({ owner, app });
  } finally {
    await Promise.allSettled([owner.end(), app.end()]);
  }
}

/** Runs `work` in a transaction of the run-time login that sees the whole installation. */
export async function asPlatform<T>(app: Client, work: () => Promise<T>): Promise<T> {
  await app.query("begin");
  try {
    await app.query("set local role gatehouse_platform");
    const result = await work();
    await app.query("commit");
    return result;
  } catch (error) {
    await app.query("rollback").catch(() => undefined);
    throw error;
  }
}

function newClient(connectionString: string): Client {
  const client = new Client({ connectionString, connectionTimeoutMillis: 5_000, statement_timeout: 0 });
  // A connection that breaks fails the query that is under way; without a listener it would end the process as well.
  client.on("error", () => undefined);
  return client;
}
