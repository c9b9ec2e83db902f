import { beforeEach, describe, expect, test } from "vitest";
import { inScope, insertSession, insertTenant, insertUser, refusalOf } from "@/tests/support/database-fixtures";
import { openTestDatabase } from "@/tests/support/open-test-database";

const { admin, app } = await openTestDatabase();
let own: string;
let other: string;

beforeEach(async () => {
  await admin.query("delete from policy");
  [own, other] = [await insertTenant(admin), await insertTenant(admin)];
  for (const tenantId of [null, own, other]) {
    await admin.query("insert into policy (id, tenant_id, session_idle_seconds) values (gen_random_uuid(), $1, 3600)", [
      tenantId,
    ]);
  }
});
const asTenant = <T>(tenantId: string | null, work: () => Promise<T>) =>
  inScope(app, { role: "gatehouse_tenant", tenantId }, work);
const insertFor = (tenantId: string | null) =>
  app.query("insert into policy (id, tenant_id) values (gen_random_uuid(), $1)", [tenantId]);

describe("the rules of the platform and of tenants", () => {
  test("a tenant reads its own and the platform's, and changes its own alone", async () => {
    await asTenant(own, async () => {
      const { rows } = await app.query<{ tenant_id: string | null }>(
        "select tenant_id from policy order by tenant_id nulls first",
      );
      expect(rows.map((row) => row.tenant_id)).toEqual([null, own]);
      expect((await app.query("update policy set session_idle_seconds = 60")).rowCount).toBe(1);
    });
    const { rows } = await admin.query("select tenant_id from policy where session_idle_seconds = 60");
    expect(rows).toEqual([{ tenant_id: own }]);
  });

  test("a tenant adds none to the platform or to another, nor moves or removes its own", async () => {
    await admin.query("delete from policy");
    for (const tenantId of [null, other]) {
      expect(await refusalOf(() => asTenant(own, () => insertFor(tenantId)))).toBe("42501");
    }
    await asTenant(own, () => insertFor(own));
    for (const sql of ["update policy set tenant_id = null", "delete from policy"]) {
      expect(await refusalOf(() => asTenant(own, () => app.query(sql))), sql).toBe("42501");
    }
  });

  test("without a tenant the tenant's role changes no rules and shortens no session", async () => {
    const session = await insertSession(admin, { userId: await insertUser(admin), idleSeconds: 60 });
    await admin.query("update session set idle_seconds = 7200 where id = $1", [session.id]);
    await asTenant(null, async () => {
      expect((await app.query("update policy set session_idle_seconds = 60")).rowCount).toBe(0);
      expect((await app.query("select gatehouse.tighten_sessions(1000) as count")).rows).toEqual([{ count: 0 }]);
    });
    await asTenant(own, async () => {
      expect((await app.query("select gatehouse.tighten_sessions(1000) as count")).rows).toEqual([{ count: 0 }]);
    });
  });

  test("exist once for each tenant and once for the platform, with nothing in them that nobody understands", async () => {
    for (const tenantId of [null, own]) {
      const again = () => admin.query("insert into policy (id, tenant_id) values (gen_random_uuid(), $1)", [tenantId]);
      expect(await refusalOf(again)).toBe("23505");
    }
    const odd = [
      "session_idle_seconds = 0",
      "concurrent_sessions_mode = 'whatever'",
      "password_composition = '{emoji}'",
      "allowed_addresses = '{somewhere}'",
    ];
    const refusals = [];
    for (const change of odd) refusals.push(await refusalOf(() => admin.query(`update policy set ${change}`)));
    expect(refusals).toEqual(["23514", "23514", "23514", "22P02"]);
  });

  test("no tenant and no unscoped login removes a tenant", async () => {
    const purge = () => app.query("select gatehouse.purge_tenant($1, 1)", [own]);
    expect(await refusalOf(purge)).toBe("42501");
    expect(await refusalOf(() => asTenant(own, purge))).toBe("42501");
  });
});
