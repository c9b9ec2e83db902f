import { describe, expect, test } from "vitest";
import { insertMembership, insertSession, insertTenant, insertUser } from "@/tests/support/database-fixtures";
import { openTestDatabase } from "@/tests/support/open-test-database";

const { admin, app } = await openTestDatabase();

type Signed = { userId: string; tenantId: string; homeId: string; id: string; tokenHash: string };

// A member of one tenant with a home in another: every level of epochs has a part in this session.
async function signIn(options: { idleSeconds?: number } = {}): Promise<Signed> {
  const homeId = await insertTenant(admin);
  const tenantId = await insertTenant(admin);
  const userId = await insertUser(admin, { homeTenantId: homeId });
  await insertMembership(admin, { tenantId, userId });
  const session = await insertSession(app, { userId, activeTenantId: tenantId, ...options });
  return { userId, tenantId, homeId, ...session };
}

async function isAlive({ tokenHash }: { tokenHash: string }): Promise<boolean> {
  const { rows } = await app.query("select session_id from gatehouse.check_session($1)", [tokenHash]);
  const seen = await app.query("select from session where token_hash = $1", [tokenHash]);
  expect(seen.rowCount, "the check and row-level security agree").toBe(rows.length);
  const living = await admin.query(
    "select from gatehouse.living_sessions(array(select id from session where token_hash = $1))",
    [tokenHash],
  );
  expect(living.rowCount, "one by one and in one go is the same").toBe(rows.length);
  return rows.length === 1;
}

describe("a session is alive while nothing has ended it", () => {
  test("a new session is alive and its check tells whose it is", async () => {
    const session = await signIn();
    const { rows } = await app.query("select * from gatehouse.check_session($1)", [session.tokenHash]);
    expect(rows).toHaveLength(1);
    expect(rows[0]).toMatchObject({
      session_id: session.id,
      user_id: session.userId,
      active_tenant_id: session.tenantId,
      home_tenant_id: session.homeId,
      method: "password",
    });
  });

  test("an unknown token answers nothing", async () => {
    expect(await isAlive({ tokenHash: "0".repeat(64) })).toBe(false);
  });
});

const ends: Record<string, (session: Signed) => [sql: string, values: unknown[]]> = {
  "the user's epoch": (s) => ['update "user" set session_epoch = session_epoch + 1 where id = $1', [s.userId]],
  "the active tenant's epoch": (s) => [
    "update tenant set session_epoch = session_epoch + 1 where id = $1",
    [s.tenantId],
  ],
  "the home tenant's epoch": (s) => ["update tenant set session_epoch = session_epoch + 1 where id = $1", [s.homeId]],
  "the membership's epoch": (s) => [
    "update membership set session_epoch = session_epoch + 1 where user_id = $1 and tenant_id = $2",
    [s.userId, s.tenantId],
  ],
  "the removal of the membership": (s) => [
    "delete from membership where user_id = $1 and tenant_id = $2",
    [s.userId, s.tenantId],
  ],
  "a lock": (s) => ['update "user" set locked_at = now() where id = $1', [s.userId]],
  "a suspension of the active tenant": (s) => ["update tenant set suspended_at = now() where id = $1", [s.tenantId]],
  "a mark": (s) => ["insert into session_ending (session_id, receipt_id) values ($1, gen_random_uuid())", [s.id]],
  "the absolute limit": (s) => ["update session set expires_at = now() - interval '1 second' where id = $1", [s.id]],
  "the idle limit": (s) => [
    `with gone as (update platform set activity_resumed_at = now() - interval '1 day', activity_lost_at = now() - interval '1 day'),
       unused as (update session_activity set last_seen_at = now() - interval '2 hours' where session_id = $1)
     update session set created_at = now() - interval '2 hours' where id = $1`,
    [s.id],
  ],
};

describe("each level ends a session by itself, whatever the others say", () => {
  test.each(Object.entries(ends))("%s ends it, and no other session", async (_name, end) => {
    const session = await signIn();
    const other = await signIn();
    await admin.query(...end(session));
    expect(await isAlive(session)).toBe(false);
    expect(await isAlive(other)).toBe(true);
  });

  test("the platform's epoch ends every session", async () => {
    const session = await signIn();
    const lone = await insertSession(app, { userId: await insertUser(admin) });
    await admin.query("update platform set session_epoch = session_epoch + 1");
    expect(await isAlive(session)).toBe(false);
    expect(await isAlive(lone)).toBe(false);
    expect(await isAlive(await signIn())).toBe(true);
  });

  test("a raised epoch on one level is not outweighed by levels that were raised in between", async () => {
    const session = await signIn();
    await admin.query("update membership set session_epoch = session_epoch + 1 where user_id = $1", [session.userId]);
    const later = await insertSession(app, { userId: session.userId, activeTenantId: session.tenantId });
    expect(await isAlive(session)).toBe(false);
    expect(await isAlive(later)).toBe(true);
    await admin.query("update tenant set session_epoch = session_epoch + 1 where id = $1", [session.homeId]);
    expect(await isAlive(later)).toBe(false);
  });
});

describe("what was ended stays ended", () => {
  test("a lock that runs out does not bring sessions back", async () => {
    const session = await signIn();
    await admin.query(
      `update "user" set locked_at = now() - interval '2 hours', locked_until = now() - interval '1 hour' where id = $1`,
      [session.userId],
    );
    expect(await isAlive(session)).toBe(false);
  });

  test("a tenant that resumes does not bring sessions back", async () => {
    const session = await signIn();
    await admin.query("update tenant set suspended_at = now() where id = $1", [session.tenantId]);
    await admin.query("update tenant set suspended_at = null where id = $1", [session.tenantId]);
    expect(await isAlive(session)).toBe(false);
  });

  test("a member who comes back does not find the old session", async () => {
    const session = await signIn();
    await admin.query("delete from membership where user_id = $1", [session.userId]);
    await insertMembership(admin, session);
    expect(await isAlive(session)).toBe(false);
    const { rows } = await admin.query("select end_reason from session_history where id = $1", [session.id]);
    expect(rows).toEqual([{ end_reason: "removed" }]);
  });

  test("an epoch cannot be lowered", async () => {
    const { userId, tenantId } = await signIn();
    const lower = "set session_epoch = session_epoch - 1";
    await expect(admin.query(`update "user" ${lower} where id = $1`, [userId])).rejects.toMatchObject({
      code: "23514",
    });
    await expect(admin.query(`update tenant ${lower} where id = $1`, [tenantId])).rejects.toMatchObject({
      code: "23514",
    });
    await expect(admin.query(`update membership ${lower} where user_id = $1`, [userId])).rejects.toMatchObject({
      code: "23514",
    });
    await expect(admin.query(`update platform ${lower}`)).rejects.toMatchObject({ code: "23514" });
  });

  test("the login can neither revive, refresh nor see a dead session", async () => {
    const session = await signIn();
    await admin.query('update "user" set session_epoch = session_epoch + 1 where id = $1', [session.userId]);
    const refresh = await app.query("update session set expires_at = now() + interval '9 days' where token_hash = $1", [
      session.tokenHash,
    ]);
    const removal = await app.query("delete from session where token_hash = $1", [session.tokenHash]);
    expect([refresh.rowCount, removal.rowCount]).toEqual([0, 0]);
    await expect(app.query("update session set user_epoch = 1")).rejects.toMatchObject({ code: "42501" });
  });
});

describe("sessions follow their user's home", () => {
  test("a live session stays alive under the new home and ends with the new home's epoch", async () => {
    const session = await signIn();
    const newHome = await insertTenant(admin);
    await admin.query("update tenant set session_epoch = 7 where id = $1", [newHome]);
    await admin.query('update "user" set home_tenant_id = $1 where id = $2', [newHome, session.userId]);
    expect(await isAlive(session)).toBe(true);
    await admin.query("update tenant set session_epoch = session_epoch + 1 where id = $1", [newHome]);
    expect(await isAlive(session)).toBe(false);
  });

  test("a session that the former home had ended is not revived by the move", async () => {
    const session = await signIn();
    await admin.query("update tenant set session_epoch = session_epoch + 1 where id = $1", [session.homeId]);
    await admin.query('update "user" set home_tenant_id = null where id = $1', [session.userId]);
    expect(await isAlive(session)).toBe(false);
  });
});

describe("idle time is counted only while the collector can see", () => {
  async function setCollector(minutesAgo: { seen: number; lost: number; resumed: number }): Promise<void> {
    await admin.query(
      `update platform set activity_seen_at = now() - $1 * interval '1 minute',
         activity_lost_at = now() - $2 * interval '1 minute', activity_resumed_at = now() - $3 * interval '1 minute'`,
      [minutesAgo.seen, minutesAgo.lost, minutesAgo.resumed],
    );
  }
  async function lastUsed(minutesAgo: number, idleSeconds: number): Promise<Signed> {
    const session = await signIn({ idleSeconds });
    await admin.query(
      `with unused as (update session_activity set last_seen_at = now() - $1 * interval '1 minute' where session_id = $2)
       update session set created_at = now() - $1 * interval '1 minute' where id = $2`,
      [minutesAgo, session.id],
    );
    return session;
  }

  test("a gap ends nobody who was not idle when it began", async () => {
    await setCollector({ seen: 60, lost: 600, resumed: 600 });
    const inUse = await lastUsed(70, 1800);
    const idle = await lastUsed(100, 1800);
    const { rows } = await app.query("select gatehouse.record_collector_heartbeat(180) as gap");
    expect(rows).toEqual([{ gap: true }]);
    expect(await isAlive(inUse)).toBe(true);
    expect(await isAlive(idle)).toBe(false);
  });

  test("a heartbeat in time is no gap, and moves nothing but the time of the last one", async () => {
    await setCollector({ seen: 1, lost: 600, resumed: 600 });
    const idle = await lastUsed(40, 1800);
    const { rows } = await app.query("select gatehouse.record_collector_heartbeat(180) as gap");
    expect(rows).toEqual([{ gap: false }]);
    expect(await isAlive(idle)).toBe(false);
  });

  test("an activity moves the idle limit", async () => {
    await setCollector({ seen: 0, lost: 600, resumed: 600 });
    const session = await lastUsed(40, 1800);
    await admin.query(
      "update session_activity set last_seen_at = now() - interval '10 minutes' where session_id = $1",
      [session.id],
    );
    expect(await isAlive(session)).toBe(true);
  });
});
