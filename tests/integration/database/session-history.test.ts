import { describe, expect, test } from "vitest";
import { inScope, insertSession, insertTenant, insertUser } from "@/tests/support/database-fixtures";
import { openTestDatabase } from "@/tests/support/open-test-database";

const { admin, app } = await openTestDatabase();
const platform = { role: "gatehouse_platform" } as const;

async function historyOf(userId: string): Promise<Record<string, unknown>[]> {
  const { rows } = await admin.query("select * from session_history where user_id = $1", [userId]);
  return rows;
}

describe("a session that goes leaves its history", () => {
  test("with the reason, the actor, the receipt and the time that the transaction states", async () => {
    const userId = await insertUser(admin);
    const { id } = await insertSession(app, { userId });
    await admin.query("update session_activity set last_seen_at = '2026-01-02T03:04:05Z' where session_id = $1", [id]);
    await inScope(app, platform, async () => {
      await app.query(`select set_config('app.end_reason', 'revoked', true), set_config('app.ended_by_type', 'user', true),
        set_config('app.ended_by_id', '42', true), set_config('app.ended_by_name', 'ops@example.com', true),
        set_config('app.receipt_id', '00000000-0000-7000-8000-000000000042', true),
        set_config('app.ended_at', '2026-02-03T04:05:06.789Z', true)`);
      await app.query("delete from session where id = $1", [id]);
    });
    expect(await historyOf(userId)).toMatchObject([
      {
        id,
        end_reason: "revoked",
        ended_by_type: "user",
        ended_by_id: "42",
        ended_by_name: "ops@example.com",
        receipt_id: "00000000-0000-7000-8000-000000000042",
        ended_at: new Date("2026-02-03T04:05:06.789Z"),
        last_seen_at: new Date("2026-01-02T03:04:05Z"),
      },
    ]);
  });

  test("the reason of one transaction does not reach the next on the same connection", async () => {
    const first = await insertUser(admin);
    const second = await insertUser(admin);
    const a = await insertSession(app, { userId: first });
    const b = await insertSession(app, { userId: second });
    await inScope(app, platform, async () => {
      await app.query("select set_config('app.end_reason', 'revoked', true)");
      await app.query("delete from session where id = $1", [a.id]);
    });
    await inScope(app, platform, () => app.query("delete from session where id = $1", [b.id]));
    expect(await historyOf(first)).toMatchObject([{ end_reason: "revoked" }]);
    expect(await historyOf(second)).toMatchObject([{ end_reason: "unknown" }]);
  });

  test("behind the deletion of its user, which is the reason unless another is stated", async () => {
    const users = [await insertUser(admin), await insertUser(admin)] as const;
    for (const userId of users) {
      await insertSession(app, { userId });
      await insertSession(app, { userId });
    }
    const remove = (userId: string) => app.query('delete from "user" where id = $1', [userId]);
    await inScope(app, platform, () => remove(users[0]));
    await inScope(app, platform, async () => {
      await app.query("select set_config('app.end_reason', 'merged', true)");
      await remove(users[1]);
    });
    expect((await historyOf(users[0])).map((row) => row.end_reason)).toEqual(["deletion", "deletion"]);
    expect((await historyOf(users[1])).map((row) => row.end_reason)).toEqual(["merged", "merged"]);
  });

  test("behind a deletion by the user's home tenant", async () => {
    const homeTenantId = await insertTenant(admin);
    const userId = await insertUser(admin, { homeTenantId });
    await insertSession(app, { userId });
    const scope = { role: "gatehouse_tenant", tenantId: homeTenantId } as const;
    const { rowCount } = await inScope(app, scope, () => app.query('delete from "user" where id = $1', [userId]));
    expect(rowCount).toBe(1);
    expect(await historyOf(userId)).toMatchObject([{ end_reason: "deletion", home_tenant_id: homeTenantId }]);
  });

  test("behind a deletion by the login", async () => {
    const userId = await insertUser(admin);
    await insertSession(app, { userId });
    await app.query('delete from "user" where id = $1', [userId]);
    expect(await historyOf(userId)).toMatchObject([{ end_reason: "deletion" }]);
  });

  test("not when the deletion is rolled back", async () => {
    const userId = await insertUser(admin);
    const { tokenHash } = await insertSession(app, { userId });
    await app.query("begin");
    await app.query("delete from session where token_hash = $1", [tokenHash]);
    await app.query("rollback");
    expect(await historyOf(userId)).toEqual([]);
  });

  test("nobody can write, change or remove history by hand", async () => {
    for (const statement of [
      "insert into session_history (id, user_id, created_at, expires_at, ended_at, end_reason, method) values (gen_random_uuid(), gen_random_uuid(), now(), now(), now(), 'x', 'x')",
      "update session_history set end_reason = 'x'",
      "delete from session_history",
    ]) {
      for (const role of ["gatehouse_app", "gatehouse_platform", "gatehouse_tenant"] as const) {
        await expect(inScope(app, { role }, () => app.query(statement))).rejects.toMatchObject({ code: "42501" });
      }
    }
  });
});
