import pg from "pg";
import { beforeAll, describe, expect, test } from "vitest";
import { newId } from "@/lib/db/new-id";
import { refusalOf } from "@/tests/support/database-fixtures";
import { openTestDatabase } from "@/tests/support/open-test-database";
import { functionProbes } from "./function-probes";
import { type FurnishedTenant, furnishTenant, tracesOf } from "./furnished-tenant";

// What a tenant's SQL can reach, asked of the database itself: whatever relation or function there is, it is tried here,
// and one of which a foreign tenant has no row, or for which there is no call, fails until somebody provides it.

/** Relations that hold nothing of any tenant: one row that concerns every list of sessions, and the rules for all. */
const ofEverybody = ["platform", "rate_limit_rule"];

const { admin, app } = await openTestDatabase();
let ours: FurnishedTenant;
let theirs: FurnishedTenant;

beforeAll(async () => {
  const sql = async <Row>(text: string, values?: unknown[]) => (await admin.query(text, values)).rows as Row[];
  ours = await furnishTenant(sql);
  theirs = await furnishTenant(sql);
});

type Relation = { name: string; columns: string; updatable: string[]; insertable: string[]; deletable: boolean };

/** Every relation, partition and view on which the tenant role has any right at all. */
async function reachableRelations(): Promise<Relation[]> {
  const { rows } = await admin.query<Relation>(`
    select x.oid::regclass::text as name,
      string_agg(quote_ident(a.attname), ', ' order by a.attnum) filter (where has_column_privilege('gatehouse_tenant', x.oid, a.attnum, 'select')) as columns,
      coalesce(array_agg(quote_ident(a.attname) order by a.attnum) filter (where has_column_privilege('gatehouse_tenant', x.oid, a.attnum, 'update')), '{}') as updatable,
      coalesce(array_agg(quote_ident(a.attname) order by a.attnum) filter (where has_column_privilege('gatehouse_tenant', x.oid, a.attnum, 'insert')), '{}') as insertable,
      has_table_privilege('gatehouse_tenant', x.oid, 'delete') as deletable
    from pg_class x join pg_attribute a on a.attrelid = x.oid and a.attnum > 0 and not a.attisdropped
    where x.relkind in ('r', 'p', 'v', 'm', 'f') and x.relnamespace::regnamespace::text not in ('pg_catalog', 'information_schema', 'pg_toast')
      and has_schema_privilege('gatehouse_tenant', x.relnamespace, 'usage')
      and (has_table_privilege('gatehouse_tenant', x.oid, 'select, insert, update, delete, truncate')
        or has_any_column_privilege('gatehouse_tenant', x.oid, 'select, insert, update'))
    group by x.oid order by 1`);
  return rows;
}

/** Rows of a relation, as text of the columns that the tenant role may read. */
async function readRows(relation: Relation, where = ""): Promise<string[]> {
  const { rows } = await admin.query<{ row: string }>(
    `select to_jsonb(r)::text as row from (select ${relation.columns} from ${relation.name} ${where}) r`,
  );
  return rows.map(({ row }) => row);
}

const namesAny = (text: string, traces: string[]) => traces.some((trace) => text.includes(trace));

/** Everything that the foreign tenant has, with the transaction that wrote it last. */
async function theirRows(): Promise<string[]> {
  const found: string[] = [];
  const { rows: tables } = await admin.query<{ name: string }>(
    `select x.oid::regclass::text as name from pg_class x where x.relkind = 'r' and not x.relispartition
       and x.relnamespace::regnamespace::text = 'public' union all select 'audit_event'`,
  );
  for (const { name } of tables) {
    const { rows } = await admin.query<{ row: string }>(`select r.xmin || ' ' || r::text as row from ${name} r`);
    found.push(...rows.map(({ row }) => `${name} ${row}`).filter((row) => namesAny(row, tracesOf(theirs))));
  }
  return found.sort();
}

type Context = string | null;
type Outcome = { error: string | null; text: string };

/**
 * Runs a statement as the tenant role in a context, looks what has become of the foreign tenant, and takes it all back.
 * By a superuser's connection, whose rights end with the role it takes on: only so can it look in the same transaction.
 */
async function attempt(
  context: Context,
  text: string,
  values: unknown[] = [],
): Promise<Outcome & { changed: boolean }> {
  const before = await theirRows();
  await admin.query("begin");
  try {
    await admin.query("select set_config('role', 'gatehouse_tenant', true)");
    if (context !== null) await admin.query("select set_config('app.tenant_id', $1, true)", [context]);
    const outcome = await run(text, values);
    await admin.query("reset role");
    return { ...outcome, changed: JSON.stringify(await theirRows()) !== JSON.stringify(before) };
  } finally {
    await admin.query("rollback");
  }
}

async function run(text: string, values: unknown[]): Promise<Outcome> {
  await admin.query("savepoint attempt");
  try {
    const { rows, rowCount } = await admin.query(text, values);
    return { error: null, text: `${rowCount} ${JSON.stringify(rows)}` };
  } catch (error) {
    if (!(error instanceof pg.DatabaseError)) throw error;
    await admin.query("rollback to savepoint attempt");
    return { error: error.code ?? "", text: [error.message, error.detail, error.hint, error.where].join(" | ") };
  }
}

const unknownTenant = "00000000-0000-7000-8000-00000000beef";
const garbled = ["garbage", "' or true --", "00000000", "*", "null"];

describe("reading as the tenant role", () => {
  test("every relation that it can read holds rows of the foreign tenant, which are there to be found", async () => {
    const empty: string[] = [];
    for (const relation of await reachableRelations()) {
      if (relation.columns === null || ofEverybody.includes(relation.name)) continue;
      const rows = await readRows(relation);
      if (!rows.some((row) => namesAny(row, tracesOf(theirs)))) empty.push(relation.name);
    }
    expect(empty).toEqual([]);
  });

  test.each([
    ["another tenant's context", () => ours.tenantId],
    ["no context", () => null],
    ["an empty context", () => ""],
    ["the context of a tenant that does not exist", () => unknownTenant],
  ])("with %s shows no row of the foreign tenant", async (_name, contextOf) => {
    for (const { name, columns } of await reachableRelations()) {
      if (columns === null) continue;
      const { error, text } = await attempt(contextOf(), `select ${columns} from ${name}`);
      expect(error, name).toBeNull();
      expect(namesAny(text, tracesOf(theirs)), name).toBe(false);
      if (contextOf() !== ours.tenantId) expect(namesAny(text, tracesOf(ours)), name).toBe(false);
    }
  });

  test.each(garbled)("with the garbled context %j is an error, which names nothing", async (context) => {
    for (const { name, columns } of await reachableRelations()) {
      if (columns === null || ofEverybody.includes(name)) continue;
      const { error, text } = await attempt(context, `select ${columns} from ${name}`);
      expect(error, name).toBe("22P02");
      expect(namesAny(text, [...tracesOf(ours), ...tracesOf(theirs)]), name).toBe(false);
    }
  });

  test("counts, and tells by its errors, nothing of what it may not see", async () => {
    for (const { name, columns } of await reachableRelations()) {
      if (columns === null || ofEverybody.includes(name)) continue;
      const [first = ""] = columns.split(", ");
      const leak = `select count(*) from ${name} r where (r.${first})::text::money is not null and r::text like '%${theirs.mark}%'`;
      const { error, text } = await attempt(ours.tenantId, leak);
      if (error === null) expect(text, name).toBe('1 [{"count":"0"}]');
      else expect(namesAny(text, tracesOf(theirs)), name).toBe(false);
    }
  });
});

describe("writing as the tenant role", () => {
  const contexts = () => [ours.tenantId, null, "", unknownTenant, "garbage"];

  test("an update of every row of every relation leaves the foreign tenant as it was", async () => {
    for (const { name, updatable } of await reachableRelations()) {
      for (const column of updatable) {
        const { changed } = await attempt(ours.tenantId, `update ${name} set ${column} = ${column}`);
        expect(changed, `${name}.${column}`).toBe(false);
      }
      const [first] = updatable;
      if (first === undefined) continue;
      for (const context of contexts()) {
        const { changed } = await attempt(context, `update ${name} set ${first} = ${first}`);
        expect(changed, `${name} with ${context}`).toBe(false);
      }
    }
  });

  test("a deletion of every row of every relation leaves the foreign tenant as it was", async () => {
    for (const { name, deletable } of await reachableRelations()) {
      if (!deletable) continue;
      for (const context of contexts()) {
        const { changed } = await attempt(context, `delete from ${name}`);
        expect(changed, `${name} with ${context}`).toBe(false);
      }
      // What is its own may stand in the way of the statement above: here nothing but the foreign rows is named.
      const { error, text, changed } = await attempt(
        ours.tenantId,
        `delete from ${name} r where r::text like '%${theirs.tenantId}%' returning 1`,
      );
      expect([error, text, changed], name).toEqual([null, "0 []", false]);
    }
  });

  test("no copy of a foreign row can be put in, and a foreign one is refused in the words of an absent one", async () => {
    for (const { name, insertable } of await reachableRelations()) {
      if (insertable.length === 0 || ofEverybody.includes(name)) continue;
      for (const row of await foreignRowsOf(name)) {
        const insert = `insert into ${name} (${insertable.join(", ")}) select ${insertable.join(", ")} from jsonb_populate_record(null::${name}, $1)`;
        const foreign = await attempt(ours.tenantId, insert, [row]);
        expect(foreign.error, `${name} ${row} ${foreign.text}`).toMatch(/^(42501|23503|23514)$/);
        expect(foreign.changed, name).toBe(false);
        const absent = await attempt(ours.tenantId, insert, [withOtherIds(row, tracesOf(theirs))]);
        expect(absent.error, name).toBe(foreign.error);
      }
    }
  });

  test("no row of its own can be made to point at something of the foreign tenant", async () => {
    const { rows: references } = await admin.query<{ name: string; target: string; column: string; key: string }>(`
      select c.conrelid::regclass::text as name, c.confrelid::regclass::text as target, a.attname as column, b.attname as key
      from pg_constraint c cross join unnest(c.conkey, c.confkey) as k (own, other)
      join pg_attribute a on a.attrelid = c.conrelid and a.attnum = k.own
      join pg_attribute b on b.attrelid = c.confrelid and b.attnum = k.other
      where c.contype = 'f' and a.attname <> 'tenant_id' and has_column_privilege('gatehouse_tenant', c.conrelid, a.attnum, 'insert')`);
    expect(references.length).toBeGreaterThan(5);
    for (const { name, target, column, key } of references) {
      const relation = (await reachableRelations()).find((one) => one.name === name);
      const columns = relation?.insertable.join(", ");
      const [own] = await rowsOf(name, ours);
      const { rows } = await admin.query(`select ${key} as id from ${target} r where r::text like $1 limit 1`, [
        `%${theirs.tenantId}%`,
      ]);
      const row = JSON.stringify({ ...JSON.parse(own ?? "{}"), [column]: rows[0].id });
      const insert = `insert into ${name} (${columns}) select ${columns} from jsonb_populate_record(null::${name}, $1)`;
      const { error, text } = await attempt(ours.tenantId, insert, [row]);
      expect(error, `${name}.${column}: ${text}`).toMatch(/^(42501|23503|23505|23514)$/);
    }
  });

  const foreignRowsOf = (name: string) => rowsOf(name, theirs);

  async function rowsOf(name: string, { tenantId }: FurnishedTenant): Promise<string[]> {
    const { rows } = await admin.query<{ row: string }>(
      `select (to_jsonb(r) || case when to_jsonb(r) ? 'id' then jsonb_build_object('id', gen_random_uuid()) else '{}' end)::text as row
       from ${name} r where r::text like $1 limit 3`,
      [`%${tenantId}%`],
    );
    expect(rows.length, name).toBeGreaterThan(0);
    return rows.map(({ row }) => row);
  }
});

// The same row as if nothing that it names had ever existed.
function withOtherIds(row: string, traces: string[]): string {
  const uuid = /^[0-9a-f]{8}-/;
  return traces.filter((trace) => uuid.test(trace)).reduce((text, trace) => text.replaceAll(trace, newId()), row);
}

describe("functions as the tenant role", () => {
  test("each that it may execute has its calls here", async () => {
    const { rows } = await admin.query<{ name: string }>(`
      select x.oid::regprocedure::text as name from pg_proc x
      where x.pronamespace::regnamespace::text not in ('pg_catalog', 'information_schema')
        and has_schema_privilege('gatehouse_tenant', x.pronamespace, 'usage') and has_function_privilege('gatehouse_tenant', x.oid, 'execute')
        and not exists (select from pg_depend d where d.objid = x.oid and d.deptype = 'e') order by 1`);
    const probed = functionProbes({ ours, theirs }).map(({ name }) => name);
    expect(rows.map(({ name }) => name.replace("gatehouse.", ""))).toEqual([...new Set(probed)].sort());
  });

  test("none changes, or tells apart from what does not exist, anything of the foreign tenant", async () => {
    for (const { name, call, foreign, absent } of functionProbes({ ours, theirs })) {
      for (const context of [ours.tenantId, null, "", unknownTenant, "garbage"]) {
        const asked = await attempt(context, call, foreign);
        expect(asked.changed, `${name} with ${context}: ${asked.text}`).toBe(false);
        // A garbled context is an error as soon as there is a row to judge by it, and tells nothing but itself.
        if (context === "garbage" && asked.error === "22P02") continue;
        const nobody = await attempt(context, call, absent);
        const strip = (text: string, values: unknown[]) =>
          values.reduce<string>((rest, value) => rest.replaceAll(String(value), "?"), text);
        expect([asked.error, strip(asked.text, foreign)], `${name} with ${context}`).toEqual([
          nobody.error,
          strip(nobody.text, absent),
        ]);
      }
    }
  });
});

describe("without a scope", () => {
  test("the login is refused every relation that carries a tenant, and every partition", async () => {
    const { rows } = await admin.query<{ name: string }>(`
      select distinct x.oid::regclass::text as name from pg_class x
      left join pg_attribute a on a.attrelid = x.oid and a.attname = 'tenant_id' and x.relname <> 'membership'
      where x.relkind in ('r', 'p', 'v', 'm', 'f') and x.relnamespace::regnamespace::text in ('public', 'gatehouse', 'gatehouse_audit')
        and (a.attnum is not null or x.relispartition or x.relname in ('tenant', 'session_history'))`);
    expect(rows.length).toBeGreaterThan(10);
    for (const { name } of rows) {
      expect(await refusalOf(() => app.query(`select from ${name}`)), name).toBe("42501");
      expect(await refusalOf(() => app.query(`delete from ${name}`)), name).toBe("42501");
    }
  });
});
