import type { Client } from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { connectTo } from "@/tests/support/database-fixtures";
import { prismaSchemaSql } from "@/tests/support/prisma-schema-sql";
import { createTestDatabase, type TestDatabase } from "@/tests/support/test-database";

let ours: TestDatabase;
let other: TestDatabase;
let migrated: Client;
let described: Client;

beforeAll(async () => {
  ours = await createTestDatabase();
  other = await createTestDatabase();
  migrated = await connectTo(ours.superuserUrl);
  described = await connectTo(other.superuserUrl);
  await described.query("drop schema public cascade");
  await described.query("create schema public");
  await described.query(await prismaSchemaSql(other.superuserUrl));
});

afterAll(async () => {
  await described.end();
  await migrated.end();
  await other.drop();
  await ours.drop();
});

async function bothSay(sql: string): Promise<{ migrated: unknown[]; described: unknown[] }> {
  return { migrated: (await migrated.query(sql)).rows, described: (await described.query(sql)).rows };
}

// Bookkeeping is Prisma's own; recorded_xid is the sealing's and no part of the model; what Prisma cannot express
// (checks, expression, partial and BRIN indexes, triggers, policies) is left out on both sides.
describe("the migrated database is what prisma/schema describes", () => {
  test("the same columns, types, defaults and nullability", async () => {
    const both = await bothSay(`
      select c.table_name, c.column_name, format_type(a.atttypid, a.atttypmod) as type, c.is_nullable, c.column_default
      from information_schema.columns c join pg_attribute a on a.attrelid = format('public.%I', c.table_name)::regclass and a.attname = c.column_name
      where c.table_schema = 'public' and c.table_name <> '_prisma_migrations' and c.column_name <> 'recorded_xid'
        order by 1, 2`);
    expect(both.migrated.length).toBeGreaterThan(100);
    expect(both.migrated).toEqual(both.described);
  });

  test("the same primary keys, foreign keys and their actions", async () => {
    const both = await bothSay(`
      select conrelid::regclass::text as table, pg_get_constraintdef(oid) as definition from pg_constraint
      where connamespace = 'public'::regnamespace and contype in ('p', 'f') and conrelid::regclass::text <> '_prisma_migrations' order by 1, 2`);
    expect(both.migrated).toEqual(both.described);
  });

  test("the same indexes on plain columns", async () => {
    const both = await bothSay(`
      select i.indrelid::regclass::text as table, replace(replace(pg_get_indexdef(i.indexrelid), ' NULLS NOT DISTINCT', ''), ' ON ONLY ', ' ON ') as definition
      from pg_index i join pg_class c on c.oid = i.indexrelid join pg_am m on m.oid = c.relam
      where c.relnamespace = 'public'::regnamespace and i.indexprs is null and i.indpred is null and m.amname = 'btree'
        and i.indrelid::regclass::text not in ('_prisma_migrations', 'audit_event') order by 1, 2`);
    expect(both.migrated).toEqual(both.described);
  });
});
