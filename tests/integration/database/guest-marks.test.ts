import { describe, expect, test } from "vitest";
import { inScope, insertMembership, insertTenant, insertUser } from "@/tests/support/database-fixtures";
import { openTestDatabase } from "@/tests/support/open-test-database";

const { admin, app } = await openTestDatabase();
const createdAt = new Date("2024-02-03T04:05:06.789Z");

/** A user at home in one tenant and a member of two. */
async function furnish(): Promise<{ userId: string; home: string; away: string }> {
  const [home, away] = [await insertTenant(admin), await insertTenant(admin)];
  const userId = await insertUser(admin, { homeTenantId: home, createdAt });
  for (const tenantId of [home, away]) await insertMembership(admin, { tenantId, userId });
  return { userId, home, away };
}

async function marksOf(userId: string): Promise<Record<string, Date | null>> {
  const { rows } = await admin.query("select tenant_id, guest_account_at from membership where user_id = $1", [userId]);
  return Object.fromEntries(rows.map((row) => [row.tenant_id, row.guest_account_at]));
}

describe("the mark of a guest", () => {
  test("is the account's time, and absent where the member is at home", async () => {
    const { userId, home, away } = await furnish();
    expect(await marksOf(userId)).toEqual({ [home]: null, [away]: createdAt });
  });

  test("cannot be chosen by whoever writes the membership", async () => {
    const [tenantId, userId] = [await insertTenant(admin), await insertUser(admin, { createdAt })];
    await admin.query(
      "insert into membership (id, tenant_id, user_id, guest_account_at) values (gen_random_uuid(), $1, $2, null)",
      [tenantId, userId],
    );
    expect(await marksOf(userId)).toEqual({ [tenantId]: createdAt });
  });

  test("follows the user to another home, and to none", async () => {
    const { userId, home, away } = await furnish();
    const move = (to: string | null) =>
      inScope(app, { role: "gatehouse_platform" }, () =>
        app.query('update "user" set home_tenant_id = $2 where id = $1', [userId, to]),
      );
    await move(away);
    expect(await marksOf(userId)).toEqual({ [home]: createdAt, [away]: null });
    await move(null);
    expect(await marksOf(userId)).toEqual({ [home]: createdAt, [away]: createdAt });
  });

  test("stays where it is when the home removes its member", async () => {
    const { userId, home, away } = await furnish();
    await inScope(app, { role: "gatehouse_tenant", tenantId: home }, () =>
      app.query("delete from membership where user_id = $1", [userId]),
    );
    expect(await marksOf(userId)).toEqual({ [away]: createdAt });
  });

  test("is right for who joins while the home is being moved", async () => {
    const [home, userId] = [await insertTenant(admin), await insertUser(admin, { createdAt })];
    await app.query("begin");
    await app.query("set local role gatehouse_platform");
    await app.query('update "user" set home_tenant_id = $2 where id = $1', [userId, home]);
    const joined = insertMembership(admin, { tenantId: home, userId });
    await expect.poll(waitsForLock).toBe(true);
    await app.query("commit");
    await joined;
    expect(await marksOf(userId)).toEqual({ [home]: null });
  });
});

async function waitsForLock(): Promise<boolean> {
  const { rows } = await app.query("select exists (select from pg_locks where not granted) as waits");
  return rows[0].waits;
}
