import { Redis } from "ioredis";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { createTestDatabase, type TestDatabase } from "../../support/test-database";

let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase();
});

afterAll(() => database.drop());

async function query(connectionString: string, sql: string) {
  const client = new pg.Client({ connectionString });
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}

describe("a test's database", () => {
  it("is owned by a role that is no superuser and cannot bypass row security", async () => {
    const sql = "select rolsuper, rolbypassrls from pg_roles where rolname = current_user";
    expect(await query(database.migrateUrl, sql)).toEqual([{ rolsuper: false, rolbypassrls: false }]);
  });

  it("is entered at run time as gatehouse_app, with the password that the migrations set", async () => {
    expect(await query(database.databaseUrl, "select session_user::text as name")).toEqual([{ name: "gatehouse_app" }]);
  });

  it("shares neither tables nor Redis keys with another one", async () => {
    const other = await createTestDatabase();
    const [mine, theirs] = [new Redis(database.redisUrl), new Redis(other.redisUrl)];
    try {
      await query(database.migrateUrl, "create table only_here (id int)");
      await mine.set("only-here", "1");
      expect(await query(other.migrateUrl, "select to_regclass('only_here')::text as found")).toEqual([
        { found: null },
      ]);
      expect(await theirs.get("only-here")).toBeNull();
    } finally {
      mine.disconnect();
      theirs.disconnect();
      await other.drop();
    }
  });
});
