import { beforeAll, describe, expect, test } from "vitest";
import { builtInRoleId } from "@/lib/authorization/built-in-roles";
import { newId } from "@/lib/db/new-id";
import {
  inScope,
  insertMembership,
  insertSession,
  insertTenant,
  insertUser,
  refusalOf,
} from "@/tests/support/database-fixtures";
import { openTestDatabase } from "@/tests/support/open-test-database";

type Side = {
  tenantId: string;
  userId: string;
  membershipId: string;
  sessionId: string;
  ended: string;
  receiptId: string;
  eventId: string;
};

const { admin, app } = await openTestDatabase();
let ours: Side;
let theirs: Side;

beforeAll(async () => {
  ours = await furnish();
  theirs = await furnish();
});

// A tenant with one row in every table that can hold one for it.
async function furnish(): Promise<Side> {
  const tenantId = await insertTenant(admin);
  const userId = await insertUser(admin, { homeTenantId: tenantId });
  const roleId = builtInRoleId("tenant", "member");
  const membershipId = await insertMembership(admin, { tenantId, userId, roleId });
  const session = await insertSession(app, { userId, activeTenantId: tenantId });
  const ended = await insertSession(app, { userId, activeTenantId: tenantId });
  await admin.query("delete from session where id = $1", [ended.id]);
  await admin.query("insert into user_activity values ($1, now())", [userId]);
  await admin.query(
    "insert into role (id, tenant_id, scope, key, name, rank, permissions) values ($1, $2, 'tenant', 'own', 'Own', 15, '{}')",
    [newId(), tenantId],
  );
  const receiptId = newId();
  const eventId = newId();
  await admin.query(
    `insert into revocation_receipt (id, tenant_id, kind, request, actor_type, actor_name, request_id)
     values ($1, $2, 'user', '{}', 'user', 'x', 'r')`,
    [receiptId, tenantId],
  );
  await admin.query(
    `insert into audit_event (id, tenant_id, action, outcome, actor_type, actor_name, request_id, source)
     values ($1, $2, 'user.lock', 'success', 'user', 'x', 'r', 'api')`,
    [eventId, tenantId],
  );
  return { tenantId, userId, membershipId, sessionId: session.id, ended: ended.id, receiptId, eventId };
}

const ownRows: Record<string, string> = {
  tenant: "id",
  user: "home_tenant_id",
  user_activity: '(select home_tenant_id from "user" u where u.id = user_id)',
  membership: "tenant_id",
  membership_role: "tenant_id",
  role: "coalesce(tenant_id, (select gatehouse.current_tenant_id()))",
  session: "active_tenant_id",
  session_activity: "active_tenant_id",
  session_history: "active_tenant_id",
  revocation_receipt: "tenant_id",
  audit_event: "tenant_id",
};

const tenantScope = (tenantId: string | null) => ({ role: "gatehouse_tenant", tenantId }) as const;

describe("the tenant role reads its own tenant's rows and no other", () => {
  test.each(Object.entries(ownRows))("%s", async (table, tenantOf) => {
    const { rows } = await inScope(app, tenantScope(ours.tenantId), () =>
      app.query(`select distinct ${tenantOf} as tenant from "${table}"`),
    );
    expect(rows).toEqual([{ tenant: ours.tenantId }]);
  });

  test("of the roles, only its own and the built-in ones for tenants", async () => {
    const { rows } = await inScope(app, tenantScope(ours.tenantId), () =>
      app.query("select distinct scope, tenant_id from role"),
    );
    expect(new Set(rows.map((row) => `${row.scope} ${row.tenant_id}`))).toEqual(
      new Set([`tenant ${ours.tenantId}`, "tenant null"]),
    );
  });

  test("a guest is read by the tenant of the membership, and by the home", async () => {
    const guest = await insertUser(admin, { homeTenantId: theirs.tenantId });
    await insertMembership(admin, { tenantId: ours.tenantId, userId: guest });
    for (const side of [ours, theirs]) {
      const seen = await inScope(app, tenantScope(side.tenantId), () =>
        app.query('select from "user" where id = $1', [guest]),
      );
      expect(seen.rowCount).toBe(1);
    }
    const changed = await inScope(app, tenantScope(ours.tenantId), () =>
      app.query(`update "user" set name = 'Mine' where id = $1`, [guest]),
    );
    expect(changed.rowCount).toBe(0);
    await admin.query("delete from membership where user_id = $1", [guest]);
  });
});

describe("wrong, missing and garbled contexts open nothing", () => {
  const readable = Object.keys(ownRows).filter((table) => table !== "role");
  test.each([
    ["no setting", null],
    ["an empty setting", ""],
    ["an unknown tenant", "00000000-0000-7000-8000-00000000beef"],
  ])("%s reads no row of any table", async (_name, tenantId) => {
    for (const table of readable) {
      const { rowCount } = await inScope(app, tenantScope(tenantId), () => app.query(`select from "${table}"`));
      expect(rowCount, table).toBe(0);
    }
  });

  test.each(["garbage", "null", "' or true --", "00000000", "*"])(
    "the setting %j is an error on every table",
    async (tenantId) => {
      for (const table of readable) {
        const refusal = await refusalOf(() =>
          inScope(app, tenantScope(tenantId), () => app.query(`select from "${table}"`)),
        );
        expect(refusal, table).toBe("22P02");
      }
    },
  );

  test("after the transaction the login is unscoped again", async () => {
    await inScope(app, tenantScope(ours.tenantId), () => app.query("select from tenant"));
    expect(await refusalOf(() => app.query("select from tenant"))).toBe("42501");
    const { rows } = await app.query("select gatehouse.current_tenant_id() as tenant");
    expect(rows).toEqual([{ tenant: null }]);
  });
});

describe("the tenant role changes nothing of another tenant", () => {
  test("updates and deletes of foreign rows touch none", async () => {
    const attempts: [string, string][] = [
      [`update "user" set name = 'Taken' where id = $1`, theirs.userId],
      ['update "user" set session_epoch = session_epoch + 1 where id = $1', theirs.userId],
      ['delete from "user" where id = $1', theirs.userId],
      ["update membership set session_epoch = session_epoch + 1 where id = $1", theirs.membershipId],
      ["delete from membership where id = $1", theirs.membershipId],
      ["delete from membership_role where membership_id = $1", theirs.membershipId],
      ["delete from session where id = $1", theirs.sessionId],
      ["update revocation_receipt set ended = 1 where id = $1", theirs.receiptId],
    ];
    for (const [sql, id] of attempts) {
      const { rowCount } = await inScope(app, tenantScope(ours.tenantId), () => app.query(sql, [id]));
      expect(rowCount, sql).toBe(0);
    }
  });

  test("rows cannot be put into, or moved to, another tenant", async () => {
    const attempts: [string, unknown[]][] = [
      [
        `insert into "user" (id, name, email, home_tenant_id) values ($1, 'X', 'x1@example.com', $2)`,
        [newId(), theirs.tenantId],
      ],
      [`insert into "user" (id, name, email) values ($1, 'X', 'x2@example.com')`, [newId()]],
      ['update "user" set home_tenant_id = $2 where id = $1', [ours.userId, theirs.tenantId]],
      ["insert into membership (id, tenant_id, user_id) values ($1, $2, $3)", [newId(), theirs.tenantId, ours.userId]],
      [
        "insert into membership_role (tenant_id, membership_id, role_id) values ($1, $2, $3)",
        [theirs.tenantId, theirs.membershipId, builtInRoleId("tenant", "owner")],
      ],
      ["update membership set tenant_id = $2 where id = $1", [ours.membershipId, theirs.tenantId]],
      [
        `insert into revocation_receipt (id, tenant_id, kind, request, actor_type, actor_name, request_id)
        values ($1, $2, 'user', '{}', 'user', 'x', 'r')`,
        [newId(), theirs.tenantId],
      ],
      [
        `insert into audit_event (id, tenant_id, action, outcome, actor_type, actor_name, request_id, source)
        values ($1, $2, 'user.lock', 'success', 'user', 'x', 'r', 'api')`,
        [newId(), theirs.tenantId],
      ],
      [
        `insert into audit_event (id, tenant_id, action, outcome, actor_type, actor_name, request_id, source)
        values ($1, null, 'user.lock', 'success', 'user', 'x', 'r', 'api')`,
        [newId()],
      ],
    ];
    for (const [sql, values] of attempts) {
      expect(await refusalOf(() => inScope(app, tenantScope(ours.tenantId), () => app.query(sql, values))), sql).toBe(
        "42501",
      );
    }
  });

  test("a stranger cannot be made a member, which would make them readable", async () => {
    const add = () => app.query("insert into membership (id, user_id) values ($1, $2)", [newId(), theirs.userId]);
    expect(await refusalOf(() => inScope(app, tenantScope(ours.tenantId), add))).toBe("42501");
  });

  test("a membership of another tenant cannot carry a role, even by its id", async () => {
    const assign = () =>
      app.query("insert into membership_role (membership_id, role_id) values ($1, $2)", [
        theirs.membershipId,
        builtInRoleId("tenant", "owner"),
      ]);
    expect(await refusalOf(() => inScope(app, tenantScope(ours.tenantId), assign))).toBe("23503");
  });

  test("what it creates belongs to it without being told", async () => {
    const id = newId();
    await inScope(app, tenantScope(ours.tenantId), async () => {
      const user = newId();
      await app.query('insert into "user" (id, name, email, home_tenant_id) values ($1, $2, $3, $4) returning id', [
        user,
        "New",
        "new@example.com",
        ours.tenantId,
      ]);
      const { rows } = await app.query("insert into membership (id, user_id) values ($1, $2) returning tenant_id", [
        id,
        user,
      ]);
      expect(rows).toEqual([{ tenant_id: ours.tenantId }]);
    });
  });
});

describe("roles stay where they belong, under either scope", () => {
  const assignTo = (membershipId: string, tenantId: string, roleId: string) =>
    app.query("insert into membership_role (tenant_id, membership_id, role_id) values ($1, $2, $3)", [
      tenantId,
      membershipId,
      roleId,
    ]);

  test("a platform role is no tenant role and the other way round", async () => {
    const platform = { role: "gatehouse_platform" } as const;
    const asTenantRole = () => assignTo(ours.membershipId, ours.tenantId, builtInRoleId("platform", "support"));
    const asPlatformRole = () =>
      app.query("insert into platform_role_assignment (user_id, role_id) values ($1, $2)", [
        ours.userId,
        builtInRoleId("tenant", "owner"),
      ]);
    expect(await refusalOf(() => inScope(app, platform, asTenantRole))).toBe("23514");
    expect(await refusalOf(() => inScope(app, platform, asPlatformRole))).toBe("23514");
    expect(await refusalOf(() => inScope(app, tenantScope(ours.tenantId), asTenantRole))).toBe("23514");
    expect(await refusalOf(() => inScope(app, tenantScope(ours.tenantId), asPlatformRole))).toBe("42501");
  });

  test("a tenant's own role cannot be assigned in another tenant", async () => {
    const { rows } = await admin.query("select id from role where tenant_id = $1", [theirs.tenantId]);
    for (const scope of [{ role: "gatehouse_platform" } as const, tenantScope(ours.tenantId)]) {
      const assign = () => assignTo(ours.membershipId, ours.tenantId, rows[0].id);
      expect(await refusalOf(() => inScope(app, scope, assign))).toBe("23514");
    }
  });

  test("a home tenant can neither change nor delete somebody who holds a platform role", async () => {
    const userId = await insertUser(admin, { homeTenantId: ours.tenantId });
    await admin.query("insert into platform_role_assignment (user_id, role_id) values ($1, $2)", [
      userId,
      builtInRoleId("platform", "owner"),
    ]);
    await inScope(app, tenantScope(ours.tenantId), async () => {
      expect((await app.query(`update "user" set locked_at = now() where id = $1`, [userId])).rowCount).toBe(0);
      expect((await app.query('delete from "user" where id = $1', [userId])).rowCount).toBe(0);
      const { rows } = await app.query("select gatehouse.holds_platform_role($1) as holds", [userId]);
      expect(rows).toEqual([{ holds: true }]);
    });
  });
});

describe("functions tell and do nothing across tenants", () => {
  test("a made-up session row of another tenant is never alive", async () => {
    const { rows } = await admin.query("select s::text as made_up, * from session s where id = $1", [theirs.sessionId]);
    const ask = (row: string) =>
      inScope(app, tenantScope(ours.tenantId), async () => {
        const answer = await app.query("select gatehouse.session_is_alive($1::session) as alive", [row]);
        return answer.rows[0].alive;
      });
    expect(await ask(rows[0].made_up)).toBe(false);
    expect(await ask(rows[0].made_up.replaceAll(theirs.tenantId, ours.tenantId))).toBe(false);
  });

  test("a foreign user is nobody: not at home, not managed, of no platform role, and gets no password", async () => {
    const foreign = await insertUser(admin, { homeTenantId: theirs.tenantId });
    await admin.query("insert into platform_role_assignment (user_id, role_id) values ($1, $2)", [
      foreign,
      builtInRoleId("platform", "support"),
    ]);
    await inScope(app, tenantScope(ours.tenantId), async () => {
      const { rows } = await app.query(
        "select gatehouse.is_at_home($1) as home, gatehouse.manages_user($1) as manages, gatehouse.holds_platform_role($1) as holds",
        [foreign],
      );
      expect(rows).toEqual([{ home: false, manages: false, holds: false }]);
    });
    const give = () => app.query("select gatehouse.set_password_hash($1, '$argon2id$v=19$x')", [foreign]);
    expect(await refusalOf(() => inScope(app, tenantScope(ours.tenantId), give))).toBe("42501");
    expect(await refusalOf(() => inScope(app, tenantScope(null), give))).toBe("42501");
  });

  test("V6.4.6: a password is given once, by whoever manages the user, and never replaced", async () => {
    const userId = await insertUser(admin, { homeTenantId: ours.tenantId });
    const give = () => app.query("select gatehouse.set_password_hash($1, '$argon2id$v=19$x')", [userId]);
    expect(await refusalOf(() => app.query("select gatehouse.set_password_hash($1, 'x')", [userId]))).toBe("42501");
    await inScope(app, tenantScope(ours.tenantId), give);
    expect(await refusalOf(() => inScope(app, tenantScope(ours.tenantId), give))).toBe("23505");
    expect(await refusalOf(() => inScope(app, { role: "gatehouse_platform" }, give))).toBe("23505");
    expect((await app.query("select account_id, provider_id from account where user_id = $1", [userId])).rows).toEqual([
      { account_id: userId, provider_id: "credential" },
    ]);
  });

  test("the functions of the login are not for the scopes", async () => {
    for (const call of [
      "check_session('x')",
      `load_grants('${theirs.userId}', '${theirs.tenantId}')`,
      `find_tenant_for('${theirs.userId}', 'x')`,
      "check_api_key('x', null)",
    ]) {
      const ask = () => inScope(app, tenantScope(ours.tenantId), () => app.query(`select * from gatehouse.${call}`));
      expect(await refusalOf(ask), call).toBe("42501");
    }
  });

  test("a search finds nobody of another tenant, whatever the context", async () => {
    const find = async (tenantId: string | null) => {
      const { rows } = await inScope(app, tenantScope(tenantId), () =>
        app.query("select id from gatehouse.search_users('example')"),
      );
      return rows.map((row) => row.id);
    };
    expect(await find(ours.tenantId)).toContain(ours.userId);
    expect(await find(ours.tenantId)).not.toContain(theirs.userId);
    expect(await find(null)).toEqual([]);
    expect(await find("")).toEqual([]);
    expect(await refusalOf(() => find("garbage"))).toBe("22P02");
    expect(await refusalOf(() => app.query("select id from gatehouse.search_users('example')"))).toBe("42501");
  });

  test("audit partitions are made by the platform alone, and a partition is out of everybody's reach", async () => {
    const make = () => app.query("select gatehouse.create_audit_partitions(1)");
    expect(await refusalOf(() => inScope(app, tenantScope(ours.tenantId), make))).toBe("42501");
    for (const role of ["gatehouse_app", "gatehouse_tenant", "gatehouse_platform"] as const) {
      const read = () =>
        inScope(app, { role, tenantId: ours.tenantId }, () =>
          app.query("select from gatehouse_audit.audit_event_default"),
        );
      expect(await refusalOf(read)).toBe("42501");
    }
  });
});
