import type { Client } from "pg";
import { afterAll } from "vitest";
import { connectTo } from "./database-fixtures";
import { createTestDatabase, type TestDatabase } from "./test-database";

/** A database of one test file: `admin` is a superuser's connection, `app` the login role's. */
export type OpenTestDatabase = { database: TestDatabase; admin: Client; app: Client };

/** Makes a migrated database and connects to it; everything goes when the file's tests are over. */
export async function openTestDatabase(): Promise<OpenTestDatabase> {
  const database = await createTestDatabase();
  const admin = await connectTo(database.superuserUrl);
  const app = await connectTo(database.databaseUrl);
  afterAll(async () => {
    await admin.end();
    await app.end();
    await database.drop();
  });
  return { database, admin, app };
}
