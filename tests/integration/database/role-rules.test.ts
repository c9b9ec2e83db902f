import type { Client } from "pg";
import { describe, expect, test } from "vitest";
import { builtInRoleId, builtInRoles } from "@/lib/authorization/built-in-roles";
import { newId } from "@/lib/db/new-id";
import {
  connectTo,
  inScope,
  insertMembership,
  insertTenant,
  insertUser,
  refusalOf,
} from "@/tests/support/database-fixtures";
import { openTestDatabase } from "@/tests/support/open-test-database";

const { database, admin, app } = await openTestDatabase();

const insufficientPrivilege = "42501";
const checkViolation = "23514";
const lastOwner = "GH004";
const tenantOwner = builtInRoleId("tenant", "owner");

const inTenant = (tenantId: string, sql: string, values: unknown[] = []) =>
  inScope(app, { role: "gatehouse_tenant", tenantId }, () => app.query(sql, values));
const onPlatform = (sql: string, values: unknown[] = []) =>
  inScope(app, { role: "gatehouse_platform" }, () => app.query(sql, values));

type Wishes = { tenantId?: string | null; scope?: string; key?: string; rank?: number };

function insertion({ tenantId = null, scope = "tenant", key = "custom", rank = 15 }: Wishes): [string, unknown[]] {
  return [
    "insert into role (id, tenant_id, scope, key, name, rank, permissions) values ($1, $2, $3, $4, 'Custom', $5, '{}')",
    [newId(), tenantId, scope, key, rank],
  ];
}

async function makeRole(tenantId: string | null, scope = "tenant"): Promise<string> {
  const [sql, values] = insertion({ tenantId, scope, key: `k-${newId()}` });
  await admin.query(sql, values);
  return String(values[0]);
}

describe("a tenant's roles, in SQL as the tenant role", () => {
  test("it makes, changes and deletes its own", async () => {
    const tenantId = await insertTenant(admin);
    const [sql, values] = insertion({ tenantId });
    expect((await inTenant(tenantId, sql, values)).rowCount).toBe(1);
    const change = "update role set key = 'other', name = 'N', rank = 3, permissions = '{users.read}' where id = $1";
    expect((await inTenant(tenantId, change, [values[0]])).rowCount).toBe(1);
    expect((await inTenant(tenantId, "delete from role where id = $1", [values[0]])).rowCount).toBe(1);
  });

  test("it makes none of another tenant, of the platform, of everybody, or built in", async () => {
    const [ours, theirs] = [await insertTenant(admin), await insertTenant(admin)];
    const wishes = [
      { tenantId: theirs },
      { tenantId: null },
      { tenantId: null, scope: "platform" },
      { tenantId: ours, scope: "platform" },
    ];
    for (const wish of wishes) {
      expect(await refusalOf(() => inTenant(ours, ...insertion(wish)))).toMatch(/^(?:42501|23514)$/);
    }
    const builtIn = `insert into role (id, tenant_id, scope, key, name, rank, permissions, built_in)
      values (gen_random_uuid(), null, 'tenant', 'mine', 'Mine', 50, '{}', true)`;
    expect(await refusalOf(() => inTenant(ours, builtIn))).toBe(insufficientPrivilege);
  });

  test("it changes and deletes none of another tenant, of the platform, or built in", async () => {
    const [ours, theirs] = [await insertTenant(admin), await insertTenant(admin)];
    const foreign = [await makeRole(theirs), await makeRole(null, "platform"), ...builtInRoles.map(({ id }) => id)];
    for (const id of foreign) {
      expect((await inTenant(ours, "update role set rank = 1 where id = $1", [id])).rowCount).toBe(0);
      expect((await inTenant(ours, "delete from role where id = $1", [id])).rowCount).toBe(0);
    }
    expect((await inTenant(ours, "update role set rank = 1")).rowCount).toBe(0);
  });

  test("nobody moves a role to another tenant or scope, or makes it built in", async () => {
    const tenantId = await insertTenant(admin);
    const id = await makeRole(tenantId);
    for (const change of ["tenant_id = null", "scope = 'platform'", "built_in = true", "id = gen_random_uuid()"]) {
      const sql = `update role set ${change} where id = $1`;
      expect(await refusalOf(() => inTenant(tenantId, sql, [id]))).toBe(insufficientPrivilege);
      expect(await refusalOf(() => onPlatform(sql, [id]))).toBe(insufficientPrivilege);
    }
  });
});

describe("roles in SQL as the platform role", () => {
  test("it writes custom roles everywhere and built-in ones nowhere", async () => {
    const tenantId = await insertTenant(admin);
    for (const id of [await makeRole(tenantId), await makeRole(null, "platform")]) {
      expect((await onPlatform("update role set rank = 2 where id = $1", [id])).rowCount).toBe(1);
      expect((await onPlatform("delete from role where id = $1", [id])).rowCount).toBe(1);
    }
    expect((await onPlatform("update role set rank = 1 where built_in")).rowCount).toBe(0);
    expect((await onPlatform("delete from role where built_in")).rowCount).toBe(0);
  });
});

describe("a custom role", () => {
  test("ranks below the owner of its scope, has a tenant, and bears no built-in key", async () => {
    const tenantId = await insertTenant(admin);
    const wrong: Wishes[] = [
      { tenantId, rank: 50 },
      { scope: "platform", rank: 100 },
      { tenantId: null },
      { tenantId, key: "owner" },
      { scope: "platform", key: "moderator" },
    ];
    for (const wishes of wrong) {
      expect(await refusalOf(() => admin.query(...insertion(wishes))), JSON.stringify(wishes)).toBe(checkViolation);
    }
    await admin.query(...insertion({ tenantId, rank: 49, key: "highest" }));
    await admin.query(...insertion({ scope: "platform", rank: 99, key: "highest" }));
  });
});

describe("the last owner", () => {
  async function makeOwner(tenantId: string): Promise<{ userId: string; membershipId: string }> {
    const userId = await insertUser(admin);
    return { userId, membershipId: await insertMembership(admin, { tenantId, userId, roleId: tenantOwner }) };
  }

  test("of a tenant goes by no statement: neither the role, the membership nor the user", async () => {
    const tenantId = await insertTenant(admin);
    const { userId, membershipId } = await makeOwner(tenantId);
    const statements: [string, string][] = [
      ["delete from membership_role where membership_id = $1", membershipId],
      ["delete from membership where id = $1", membershipId],
    ];
    for (const [sql, value] of statements) {
      expect(await refusalOf(() => inTenant(tenantId, sql, [value]))).toBe(lastOwner);
      expect(await refusalOf(() => onPlatform(sql, [value]))).toBe(lastOwner);
    }
    expect(await refusalOf(() => onPlatform('delete from "user" where id = $1', [userId]))).toBe(lastOwner);
    expect(await refusalOf(() => admin.query('delete from "user" where id = $1', [userId]))).toBe(lastOwner);
  });

  test("is the last one also where all go in one statement", async () => {
    const tenantId = await insertTenant(admin);
    await makeOwner(tenantId);
    await makeOwner(tenantId);
    const all = "delete from membership_role where tenant_id = $1";
    expect(await refusalOf(() => inTenant(tenantId, all, [tenantId]))).toBe(lastOwner);
  });

  test("is the last one also beside others who are locked, or own another tenant", async () => {
    const [tenantId, other] = [await insertTenant(admin), await insertTenant(admin)];
    const { membershipId } = await makeOwner(tenantId);
    await makeOwner(other);
    const locked = await makeOwner(tenantId);
    await admin.query(`update "user" set locked_at = now() where id = $1`, [locked.userId]);
    const remove = "delete from membership where id = $1";
    expect(await refusalOf(() => inTenant(tenantId, remove, [membershipId]))).toBe(lastOwner);
    await admin.query(`update "user" set locked_until = now() where id = $1`, [locked.userId]);
    expect(await refusalOf(() => inTenant(tenantId, remove, [membershipId]))).toBeNull();
  });

  test("of two who go at the same moment one waits for the other, and stays", async () => {
    const tenantId = await insertTenant(admin);
    const [one, two] = [await makeOwner(tenantId), await makeOwner(tenantId)];
    const second = await connectTo(database.databaseUrl);
    try {
      const remove = (client: Client, membershipId: string) =>
        refusalOf(() =>
          inScope(client, { role: "gatehouse_tenant", tenantId }, () =>
            client.query("delete from membership where id = $1", [membershipId]),
          ),
        );
      const outcomes = await Promise.all([remove(app, one.membershipId), remove(second, two.membershipId)]);
      expect(outcomes.sort()).toEqual([lastOwner, null].sort());
    } finally {
      await second.end();
    }
  });

  test("of the platform goes by no statement", async () => {
    const userId = await insertUser(admin);
    const roleId = builtInRoleId("platform", "owner");
    await admin.query("insert into platform_role_assignment (user_id, role_id) values ($1, $2)", [userId, roleId]);
    for (const sql of ["delete from platform_role_assignment where user_id = $1", 'delete from "user" where id = $1']) {
      expect(await refusalOf(() => onPlatform(sql, [userId]))).toBe(lastOwner);
    }
  });

  test("does not keep a tenant from being deleted, nor other roles from being taken", async () => {
    const tenantId = await insertTenant(admin);
    const { membershipId } = await makeOwner(tenantId);
    const member = builtInRoleId("tenant", "member");
    await admin.query("insert into membership_role (tenant_id, membership_id, role_id) values ($1, $2, $3)", [
      tenantId,
      membershipId,
      member,
    ]);
    const take = "delete from membership_role where membership_id = $1 and role_id = $2";
    expect((await inTenant(tenantId, take, [membershipId, member])).rowCount).toBe(1);
    expect((await admin.query("delete from tenant where id = $1", [tenantId])).rowCount).toBe(1);
  });
});
