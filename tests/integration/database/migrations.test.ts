import { randomBytes } from "node:crypto";
import type { Client } from "pg";
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import { builtInRoles } from "@/lib/authorization/built-in-roles";
import { toWorkerUrl, withStartRole } from "@/lib/db/connection-urls";
import { runMigrations } from "@/lib/db/migrate";
import { readMigrationFiles } from "@/lib/db/migration-files";
import { withDatabase } from "@/tests/support/copied-database";
import { connectTo, inScope, insertUser, refusalOf } from "@/tests/support/database-fixtures";

const servers = inject("testStores");
const made: string[] = [];
let server: Client;

beforeAll(async () => {
  server = await connectTo(withDatabase(servers.superuserUrl, "postgres"));
});

afterAll(async () => {
  for (const name of made) await server.query(`drop database if exists ${name} with (force)`);
  await server.end();
});

async function createEmptyDatabase(): Promise<string> {
  const name = `test_${randomBytes(8).toString("hex")}`;
  await server.query(`create database ${name} owner gatehouse_owner template template0`);
  made.push(name);
  return name;
}

async function withClient<T>(url: string, work: (client: Client) => Promise<T>): Promise<T> {
  const client = await connectTo(url);
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

const ownerOf = (name: string) => withDatabase(servers.migrateUrl, name);

describe("migrations", () => {
  test("bring an empty database up to date as an owner who is no superuser, and once only", async () => {
    const migrateUrl = ownerOf(await createEmptyDatabase());
    const files = await readMigrationFiles();
    const progress: string[] = [];
    const first = await runMigrations({ migrateUrl, onProgress: (message) => progress.push(message) });
    expect(first.applied).toEqual(files.map((file) => file.name));
    expect(progress).toHaveLength(files.length);
    expect(await runMigrations({ migrateUrl })).toEqual({ applied: [] });
    await withClient(migrateUrl, async (client) => {
      const { rows } = await client.query("select rolsuper from pg_roles where rolname = current_user");
      expect(rows).toEqual([{ rolsuper: false }]);
    });
  });

  test("of two instances that start at once, one migrates and both are served", async () => {
    const migrateUrl = ownerOf(await createEmptyDatabase());
    const results = await Promise.all([1, 2, 3].map(() => runMigrations({ migrateUrl })));
    expect(results.map(({ applied }) => applied.length > 0).sort()).toEqual([false, false, true]);
  });

  test("of several databases on one server run at once", async () => {
    const urls: string[] = [];
    for (const _ of [1, 2, 3]) urls.push(ownerOf(await createEmptyDatabase()));
    const results = await Promise.all(urls.map((migrateUrl) => runMigrations({ migrateUrl })));
    expect(new Set(results.map(({ applied }) => applied.length)).size).toBe(1);
  });

  test("work for a superuser too, whose database then looks the same", async () => {
    const name = await createEmptyDatabase();
    const migrateUrl = withDatabase(servers.superuserUrl, name);
    expect((await runMigrations({ migrateUrl, runtimeUrl: migrateUrl })).applied.length).toBeGreaterThan(0);
    expect(await runMigrations({ migrateUrl, runtimeUrl: migrateUrl })).toEqual({ applied: [] });
    await withClient(withStartRole(migrateUrl, "gatehouse_app"), async (client) => {
      expect(await refusalOf(() => client.query("select from tenant"))).toBe("42501");
    });
    await withClient(migrateUrl, async (client) => {
      const { rows } = await client.query(
        "select distinct proowner::regrole::text as owner from pg_proc where prosecdef and pronamespace = 'gatehouse'::regnamespace",
      );
      expect(rows).toEqual([{ owner: "gatehouse_definer" }]);
    });
  });

  test("are recorded as Prisma records them", async () => {
    const files = await readMigrationFiles();
    const migrateUrl = ownerOf(await createEmptyDatabase());
    await runMigrations({ migrateUrl });
    await withClient(migrateUrl, async (client) => {
      const { rows } = await client.query(
        `select migration_name as name, checksum, finished_at is not null as finished, rolled_back_at, applied_steps_count as steps
         from _prisma_migrations order by 1`,
      );
      expect(rows).toEqual(
        files.map(({ name, checksum }) => ({ name, checksum, finished: true, rolled_back_at: null, steps: 1 })),
      );
    });
  });

  test("write the built-in roles of the code", async () => {
    const migrateUrl = ownerOf(await createEmptyDatabase());
    await runMigrations({ migrateUrl });
    await withClient(migrateUrl, async (client) => {
      await client.query("update role set name = 'Outdated' where key = 'owner'");
      await runMigrations({ migrateUrl });
      const { rows } = await client.query("select id, scope, key, name, rank, built_in from role order by id");
      const expected = builtInRoles.map(({ id, scope, key, name, rank }) => ({
        id,
        scope,
        key,
        name,
        rank,
        built_in: true,
      }));
      expect(rows).toEqual(expected);
    });
  });

  test("keep a failed one from being half applied", async () => {
    const migrateUrl = ownerOf(await createEmptyDatabase());
    await withClient(migrateUrl, async (client) => {
      // In the way of the second migration, whose first statements succeed.
      await client.query("create table session_history (id int)");
      await expect(runMigrations({ migrateUrl })).rejects.toMatchObject({
        name: "MigrationError",
        message: expect.stringMatching(/_tables failed.*session_history.*already exists.*Nothing of it was kept/),
      });
      const { rows } = await client.query(
        "select to_regclass('role') as role, (select count(*)::int from _prisma_migrations) as applied",
      );
      expect(rows).toEqual([{ role: null, applied: 1 }]);
      await client.query("drop table session_history");
      expect((await runMigrations({ migrateUrl })).applied.length).toBeGreaterThan(0);
    });
  });

  test.each([
    [
      "a database that is newer than the code",
      "insert into _prisma_migrations (id, checksum, migration_name, finished_at) values ('x', 'x', '99999999999999_later', now())",
      /newer than this version/,
    ],
    [
      "one that failed half-way elsewhere",
      "insert into _prisma_migrations (id, checksum, migration_name) select 'x', 'x', migration_name from _prisma_migrations limit 1",
      /failed half-way/,
    ],
    [
      "a file that was changed after it had been applied",
      "update _prisma_migrations set checksum = 'x'",
      /was changed after/,
    ],
  ])("refuse %s with what to do", async (_name, damage, message) => {
    const migrateUrl = ownerOf(await createEmptyDatabase());
    await runMigrations({ migrateUrl });
    await withClient(migrateUrl, (client) => client.query(damage));
    await expect(runMigrations({ migrateUrl })).rejects.toMatchObject({
      name: "MigrationError",
      message: expect.stringMatching(message),
    });
  });

  test("refuse a login that may not migrate with what it lacks", async () => {
    const migrateUrl = withDatabase(servers.databaseUrl, await createEmptyDatabase());
    await expect(runMigrations({ migrateUrl })).rejects.toMatchObject({
      name: "MigrationError",
      message: expect.stringMatching(/permission denied.*own the database|own the database.*permission denied/s),
    });
  });

  test("name the variable when the server cannot be reached", async () => {
    await expect(runMigrations({ migrateUrl: "postgresql://x:y@127.0.0.1:1/z" })).rejects.toMatchObject({
      name: "MigrationError",
      message: expect.stringContaining("DATABASE_MIGRATE_URL"),
    });
  });
});

describe("run-time logins", () => {
  test("the login of the migrations' making has the given password, and its queue login too", async () => {
    const appUrl = withDatabase(servers.databaseUrl, "postgres");
    for (const url of [appUrl, toWorkerUrl(appUrl)]) {
      await withClient(url, async (client) => {
        const { rows } = await client.query("select current_user as login");
        expect(rows).toEqual([{ login: new URL(url).username }]);
      });
    }
  });

  test("a wrong password is replaced, without having been sent in clear", async () => {
    const login = `probe_${randomBytes(4).toString("hex")}`;
    await server.query(`create role ${login} login`);
    try {
      const { setRolePassword } = await import("@/lib/db/role-grants");
      await setRolePassword(server, login, "s3cret: '%$");
      const { rows } = await server.query("select rolpassword from pg_authid where rolname = $1", [login]);
      expect(rows[0].rolpassword).toMatch(/^SCRAM-SHA-256\$4096:/);
      const url = new URL(withDatabase(servers.databaseUrl, "postgres"));
      url.username = login;
      url.password = encodeURIComponent("s3cret: '%$");
      await withClient(url.href, (client) => client.query("select 1"));
    } finally {
      await server.query(`drop role ${login}`);
    }
  });

  test("with one URL only, that login takes on the roles and inherits none of them", async () => {
    const login = `single_${randomBytes(4).toString("hex")}`;
    await server.query(`create role ${login} login noinherit password 'pw'`);
    const name = await createEmptyDatabase();
    const url = new URL(ownerOf(name));
    url.username = login;
    url.password = "pw";
    try {
      await runMigrations({ migrateUrl: ownerOf(name), runtimeUrl: url.href });
      await withClient(url.href, async (client) => {
        expect(await refusalOf(() => client.query('select from "user"'))).toBe("42501");
        await client.query("set role gatehouse_app");
        expect(await refusalOf(() => client.query('select from "user"'))).toBeNull();
        expect(await refusalOf(() => client.query("select from tenant"))).toBe("42501");
        expect(
          await refusalOf(() =>
            inScope(client, { role: "gatehouse_platform" }, () => client.query("select from tenant")),
          ),
        ).toBeNull();
      });
      await withClient(toWorkerUrl(url.href), async (client) => {
        expect(await refusalOf(() => client.query("select from graphile_worker.jobs"))).toBeNull();
      });
    } finally {
      await server.query(`drop database ${name} with (force)`);
      await server.query(`drop role ${login}`);
    }
  });
});

describe("the job queue", () => {
  test("takes a task of the catalogue in the caller's transaction, from each scope, and no other task", async () => {
    const name = await createEmptyDatabase();
    await runMigrations({ migrateUrl: ownerOf(name) });
    const app = await connectTo(withDatabase(servers.databaseUrl, name));
    const worker = await connectTo(toWorkerUrl(withDatabase(servers.databaseUrl, name)));
    const enqueue = (task: string) =>
      app.query("select gatehouse.enqueue_job($1, $2)", [task, JSON.stringify({ receiptId: "r" })]);
    try {
      for (const role of ["gatehouse_app", "gatehouse_tenant", "gatehouse_platform"] as const) {
        await inScope(app, { role }, () => enqueue("finish-revocation"));
        expect(await refusalOf(() => inScope(app, { role }, () => enqueue("drop-everything")))).toBe("22023");
      }
      await app.query("begin");
      await enqueue("finish-revocation");
      await app.query("rollback");
      const { rows } = await worker.query("select count(*)::int as jobs from graphile_worker.jobs");
      expect(rows).toEqual([{ jobs: 3 }]);
      expect(await refusalOf(() => app.query("select from graphile_worker._private_jobs"))).toBe("42501");
      expect(await refusalOf(() => insertUser(worker))).toBe("42501");
    } finally {
      await app.end();
      await worker.end();
    }
  });

  test("leaves nobody the right to create schemas", async () => {
    const migrateUrl = ownerOf(await createEmptyDatabase());
    await runMigrations({ migrateUrl });
    await withClient(migrateUrl, async (client) => {
      const { rows } = await client.query(`select rolname from pg_roles
        where rolname in ('gatehouse_app', 'gatehouse_worker', 'gatehouse_definer', 'gatehouse_tenant', 'gatehouse_platform')
          and (has_database_privilege(rolname, current_database(), 'create') or has_schema_privilege(rolname, 'public', 'create')
            or has_schema_privilege(rolname, 'gatehouse', 'create'))`);
      expect(rows).toEqual([]);
    });
  });
});
