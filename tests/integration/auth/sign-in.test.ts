import { createHash, randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { auditEventsAbout, auditEventsOf, makeMembership, makeTenant, makeUser } from "../../support/factories";
import { type AuthFixture, makeAccount, makeBrowser, password, startAuthFixture } from "./auth-fixture";

let fixture: AuthFixture;

beforeAll(async () => {
  fixture = await startAuthFixture();
});
afterAll(() => fixture.stop());

describe("a sign-in", () => {
  it("opens a session that get-session knows, and its answers carry no token", async () => {
    const user = await makeAccount();
    const browser = makeBrowser();
    const answer = await browser.signIn(user.email.toUpperCase());
    expect([answer.status, answer.json.user.id]).toEqual([200, user.id]);
    const token = tokenOf(browser.cookie());
    expect(token.length).toBeGreaterThanOrEqual(32);
    const session = await browser.session();
    expect(session.json.user).toMatchObject({ id: user.id, email: user.email });
    expect(Object.keys(session.json.session).sort()).toEqual([
      "createdAt",
      "expiresAt",
      "id",
      "ipAddress",
      "updatedAt",
      "userAgent",
      "userId",
    ]);
    expect(Object.keys(session.json.user).sort()).toEqual([
      "createdAt",
      "email",
      "emailVerified",
      "id",
      "image",
      "name",
      "updatedAt",
    ]);
    for (const { text } of [answer, session]) expect(text).not.toContain(token);
    expect(answer.json).not.toHaveProperty("token");
  });

  it("finds an account by its address in either form of its domain", async () => {
    const name = randomUUID().slice(0, 8);
    const user = await makeAccount({ email: `${name}@xn--mller-kva.example` });
    for (const typed of [`${name}@müller.example`, ` ${name}@MU\u0308LLER.example`, user.email]) {
      expect((await makeBrowser().signIn(typed)).json).toMatchObject({ user: { id: user.id } });
    }
  });

  it("stores the token as its SHA-256 and nowhere else (ASVS V7.2.3)", async () => {
    const user = await makeAccount();
    const browser = makeBrowser();
    await browser.signIn(user.email);
    await browser.session();
    const token = tokenOf(browser.cookie());
    const { rows } = await fixture.sql.query("select token_hash from session where user_id = $1", [user.id]);
    expect(rows).toEqual([{ token_hash: createHash("sha256").update(token).digest("hex") }]);
    const { rows: tables } = await fixture.sql.query<{ name: string }>(
      "select quote_ident(table_schema) || '.' || quote_ident(table_name) as name from information_schema.tables where table_schema not in ('pg_catalog', 'information_schema') and table_type = 'BASE TABLE'",
    );
    for (const { name } of tables) {
      const found = await fixture.sql.query(`select 1 from ${name} t where strpos(t::text, $1) > 0 limit 1`, [token]);
      expect([name, found.rowCount]).toEqual([name, 0]);
    }
  });

  it("records the device, the address and one event that names the person", async () => {
    const user = await makeAccount();
    const browser = makeBrowser();
    const agent =
      "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.4 Safari/605.1.15";
    const answer = await browser.send("/sign-in/email", {
      body: { email: user.email, password },
      headers: { "user-agent": agent },
    });
    const session = await sessionOf(user.id);
    expect(session).toMatchObject({
      browser: "Safari 17",
      device: "desktop",
      ip_address: browser.address,
      method: "password",
    });
    expect(session.os).toContain("macOS");
    const events = await auditEventsOf(answer.requestId);
    expect(events).toMatchObject([
      {
        action: "session.create",
        outcome: "success",
        actorType: "user",
        actorId: user.id,
        actorName: user.email,
        targetType: "user",
        targetId: user.id,
        clientAddress: browser.address,
        userAgent: agent,
        source: "auth",
        details: { method: "password", sessionId: session.id },
      },
    ]);
  });

  it("of a tenant's user is in the log of that tenant", async () => {
    const tenant = await makeTenant();
    const user = await makeAccount({ homeTenantId: tenant.id });
    await makeBrowser().signIn(user.email);
    expect(await auditEventsAbout(user.id)).toMatchObject([{ action: "session.create", tenantId: tenant.id }]);
  });

  it("has the limits of the person's roles, from the row (ASVS V7.3.1, V7.3.2)", async () => {
    const day = 86_400;
    const tenant = await makeTenant();
    const member = await makeAccount();
    const moderator = await makeAccount();
    await makeMembership(tenant.id, member.id, "member");
    await makeMembership(tenant.id, moderator.id, "moderator");
    const auditor = await makeAccount({ platformRole: "auditor" });
    for (const [user, more, absolute, idle] of [
      [member, {}, 30 * day, 7 * day],
      [member, { rememberMe: false }, day, day],
      [moderator, {}, day / 2, 1_800],
      [auditor, { rememberMe: true }, day / 2, 1_800],
    ] as const) {
      const answer = await makeBrowser().signIn(user.email, password, more);
      expect(answer.status).toBe(200);
      const session = await sessionOf(user.id);
      expect([session.lifetime, session.idle_seconds, session.remember_me]).toEqual([
        absolute,
        idle,
        !("rememberMe" in more) || more.rememberMe,
      ]);
    }
  });

  it("sets the session's cookie, without a lifetime where the person asked not to be remembered, and the browser's", async () => {
    const user = await makeAccount();
    const device = expect.stringMatching(
      /^gatehouse\.device=[^;]+; Max-Age=31536000; Path=\/; HttpOnly; SameSite=Lax$/,
    );
    const kept = await makeBrowser().signIn(user.email);
    expect(kept.headers.getSetCookie()).toEqual([
      expect.stringMatching(/^gatehouse\.session=[^;]+; Max-Age=2592000; Path=\/; HttpOnly; SameSite=Lax$/),
      device,
    ]);
    const forgotten = await makeBrowser().signIn(user.email, password, { rememberMe: false });
    expect(forgotten.headers.getSetCookie()).toEqual([
      expect.stringMatching(/^gatehouse\.session=[^;]+; Path=\/; HttpOnly; SameSite=Lax$/),
      device,
    ]);
    expect(kept.headers.get("cache-control")).toBe("private, no-store");
  });

  it("gives a new token each time, and the one before is dead at once (ASVS V7.2.4)", async () => {
    const user = await makeAccount();
    const browser = makeBrowser();
    await browser.signIn(user.email);
    const before = browser.cookie();
    await browser.signIn(user.email);
    expect(browser.cookie()).not.toBe(before);
    expect((await browser.session()).json.user.id).toBe(user.id);
    browser.useCookie(before);
    expect((await browser.session()).json).toBeNull();
    const { rows } = await fixture.sql.query("select end_reason, ended_by_id from session_history where user_id = $1", [
      user.id,
    ]);
    expect(rows).toEqual([{ end_reason: "replaced", ended_by_id: user.id }]);
  });

  it("ends the state of being invited", async () => {
    const user = await makeAccount({ invitedAt: new Date() });
    await makeBrowser().signIn(user.email);
    const { rows } = await fixture.sql.query('select invited_at from "user" where id = $1', [user.id]);
    expect(rows).toEqual([{ invited_at: null }]);
  });

  it("is rolled back when its audit event cannot be written", async () => {
    const user = await makeAccount();
    await refuseAuditEvents(user.id, async () => {
      const answer = await makeBrowser().signIn(user.email);
      expect([answer.status, answer.json.code]).toEqual([500, "INTERNAL"]);
      expect(answer.headers.getSetCookie()).toEqual([]);
    });
    const { rows } = await fixture.sql.query("select 1 from session where user_id = $1", [user.id]);
    expect(rows).toEqual([]);
    expect(await auditEventsAbout(user.id)).toEqual([]);
  });

  it("takes no column from the body", async () => {
    const user = await makeAccount();
    const browser = makeBrowser();
    for (const more of [
      { activeTenantId: user.id },
      { userId: user.id },
      { expiresAt: "2999-01-01" },
      { callbackURL: "/x" },
    ]) {
      const answer = await browser.signIn(user.email, password, more);
      expect([answer.status, answer.json.code]).toEqual([400, "INVALID_INPUT"]);
    }
    const { rows } = await fixture.sql.query("select 1 from session where user_id = $1", [user.id]);
    expect(rows).toEqual([]);
  });
});

describe("a failed sign-in", () => {
  it("answers alike for an unknown address, a wrong password, no password and a locked user (ASVS V6.3.8)", async () => {
    const known = await makeAccount();
    const locked = await makeAccount({ lockedAt: new Date() });
    const invited = await makeUser();
    const browser = makeBrowser();
    const answers = [
      await browser.signIn(`nobody-${known.id}@example.com`),
      await browser.signIn(known.email, "not the right password"),
      await browser.signIn(locked.email),
      await browser.signIn(invited.email),
    ];
    const shapes = answers.map(({ status, json, headers }) => ({
      status,
      json: { ...json, requestId: "" },
      headers: [...headers.keys()].sort(),
    }));
    expect(shapes[0]).toMatchObject({ status: 401, json: { code: "UNAUTHENTICATED" } });
    for (const shape of shapes) expect(shape).toEqual(shapes[0]);
    const causes = await Promise.all(answers.map(({ requestId }) => auditEventsOf(requestId)));
    expect(causes.map((events) => events.map(({ details }) => details))).toMatchObject([
      [{ cause: "unknown_user" }],
      [{ cause: "wrong_password" }],
      [{ cause: "refused" }],
      [{ cause: "no_password" }],
    ]);
    expect(causes[1]).toMatchObject([
      { outcome: "failure", actorType: "anonymous", actorId: null, targetId: known.id },
    ]);
  });
});

function tokenOf(cookie: string | null): string {
  return decodeURIComponent(cookie?.split("=")[1] ?? "").split(".")[0] ?? "";
}

async function sessionOf(userId: string) {
  const { rows } = await fixture.sql.query(
    `select *, host(ip_address) as ip_address, extract(epoch from expires_at - created_at)::int as lifetime
     from session where user_id = $1 order by created_at desc, id desc limit 1`,
    [userId],
  );
  return rows[0];
}

/** While `work` runs, the database refuses every event about this target. */
async function refuseAuditEvents(targetId: string, work: () => Promise<void>): Promise<void> {
  const name = `refuse_${targetId.replaceAll("-", "_")}`;
  await fixture.sql.query(
    `alter table audit_event add constraint ${name} check (target_id <> '${targetId}') not valid`,
  );
  try {
    await work();
  } finally {
    await fixture.sql.query(`alter table audit_event drop constraint ${name}`);
  }
}
