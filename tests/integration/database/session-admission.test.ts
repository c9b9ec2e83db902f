import { describe, expect, test } from "vitest";
import {
  connectTo,
  insertMembership,
  insertSession,
  insertTenant,
  insertUser,
  refusalOf,
} from "@/tests/support/database-fixtures";
import { openTestDatabase } from "@/tests/support/open-test-database";

const { database, admin, app } = await openTestDatabase();

describe("a session is admitted by the state at its commit, not by what the caller believed", () => {
  test("a proof older than the last end of all sessions makes no session", async () => {
    const userId = await insertUser(admin);
    await admin.query('update "user" set session_epoch = 3 where id = $1', [userId]);
    expect(await refusalOf(() => insertSession(app, { userId, userEpoch: 2 }))).toBe("GH001");
    expect(await refusalOf(() => insertSession(app, { userId, userEpoch: 3 }))).toBeNull();
  });

  test("a sign-in that waits for a revocation is refused by it", async () => {
    const userId = await insertUser(admin);
    await admin.query("begin");
    await admin.query('update "user" set session_epoch = session_epoch + 1 where id = $1', [userId]);
    const signIn = refusalOf(() => insertSession(app, { userId, userEpoch: 0 }));
    await waitUntilBlocked();
    await admin.query("commit");
    expect(await signIn).toBe("GH001");
    expect((await admin.query("select from session where user_id = $1", [userId])).rowCount).toBe(0);
  });

  test("a revocation waits for a sign-in that came first, and ends it", async () => {
    const userId = await insertUser(admin);
    await app.query("begin");
    const { tokenHash } = await insertSession(app, { userId });
    const revocation = admin.query('update "user" set session_epoch = session_epoch + 1 where id = $1', [userId]);
    await app.query("commit");
    await revocation;
    expect((await app.query("select from gatehouse.check_session($1)", [tokenHash])).rowCount).toBe(0);
  });

  test("a sign-in that waits for an end of everybody's sessions belongs to the new epoch and is alive", async () => {
    const userId = await insertUser(admin);
    await admin.query("begin");
    await admin.query("update platform set session_epoch = session_epoch + 1");
    const signIn = insertSession(app, { userId });
    await waitUntilBlocked();
    await admin.query("commit");
    const { tokenHash } = await signIn;
    expect((await app.query("select from gatehouse.check_session($1)", [tokenHash])).rowCount).toBe(1);
  });

  test("a locked user cannot sign in; after the lock has run out they can", async () => {
    const userId = await insertUser(admin);
    await admin.query(`update "user" set locked_at = now() where id = $1`, [userId]);
    expect(await refusalOf(() => insertSession(app, { userId, userEpoch: 1 }))).toBe("GH002");
    await admin.query(`update "user" set locked_until = now() - interval '1 second' where id = $1`, [userId]);
    expect(await refusalOf(() => insertSession(app, { userId, userEpoch: 1 }))).toBeNull();
  });

  test("a user who does not exist cannot sign in", async () => {
    expect(await refusalOf(() => insertSession(app, { userId: "00000000-0000-7000-8000-00000000dead" }))).toBe("GH001");
  });

  test("a tenant is entered by its members only, and not while it is suspended", async () => {
    const userId = await insertUser(admin);
    const tenantId = await insertTenant(admin);
    const suspended = await insertTenant(admin);
    await insertMembership(admin, { tenantId: suspended, userId });
    await admin.query("update tenant set suspended_at = now() where id = $1", [suspended]);
    expect(await refusalOf(() => insertSession(app, { userId, activeTenantId: tenantId }))).toBe("GH003");
    expect(await refusalOf(() => insertSession(app, { userId, activeTenantId: suspended }))).toBe("GH003");
    const { id } = await insertSession(app, { userId });
    const enter = (to: string) => app.query("update session set active_tenant_id = $1 where id = $2", [to, id]);
    expect(await refusalOf(() => enter(tenantId))).toBe("GH003");
    await insertMembership(admin, { tenantId, userId });
    expect(await refusalOf(() => enter(tenantId))).toBeNull();
  });

  test("a tenant that is entered later gives its own epochs, and leaving it takes them away", async () => {
    const userId = await insertUser(admin);
    const tenantId = await insertTenant(admin);
    await insertMembership(admin, { tenantId, userId });
    await admin.query("update tenant set session_epoch = 4 where id = $1", [tenantId]);
    await admin.query("update membership set session_epoch = 5 where tenant_id = $1", [tenantId]);
    const { id } = await insertSession(app, { userId });
    const epochs = "tenant_epoch, membership_epoch";
    const entered = await app.query(`update session set active_tenant_id = $1 where id = $2 returning ${epochs}`, [
      tenantId,
      id,
    ]);
    expect(entered.rows).toEqual([{ tenant_epoch: 4, membership_epoch: 5 }]);
    const left = await app.query(`update session set active_tenant_id = null where id = $1 returning ${epochs}`, [id]);
    expect(left.rows).toEqual([{ tenant_epoch: null, membership_epoch: null }]);
  });

  test("V7.2.3: a raw token does not fit into the table", async () => {
    const userId = await insertUser(admin);
    const insert = `insert into session (id, user_id, token_hash, expires_at, idle_seconds, user_epoch, platform_epoch)
      values (gen_random_uuid(), $1, 'Vb0PqfXc3w1yQhJm5sT7uA9dK2eR4gZi', now(), 60, 0, 0)`;
    expect(await refusalOf(() => app.query(insert, [userId]))).toBe("23514");
  });
});

async function waitUntilBlocked(): Promise<void> {
  const watcher = await connectTo(database.superuserUrl);
  try {
    for (;;) {
      const { rowCount } = await watcher.query(
        "select from pg_stat_activity where datname = current_database() and usename = 'gatehouse_app' and wait_event_type = 'Lock'",
      );
      if (rowCount) return;
    }
  } finally {
    await watcher.end();
  }
}
