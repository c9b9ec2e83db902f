import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { auth } from "@/lib/auth/auth";
import type { EndedSessions } from "@/lib/auth/session-end-listener";
import { auditEventsAbout, auditEventsOf, makeUser } from "../../support/factories";
import {
  type AuthFixture,
  authWith,
  mailedToken,
  mailTo,
  makeAccount,
  makeBrowser,
  origin,
  password,
  startAuthFixture,
} from "./auth-fixture";

let fixture: AuthFixture;
const newPassword = "another heron over green water";

beforeAll(async () => {
  fixture = await startAuthFixture();
});
afterAll(() => fixture.stop());

const forgot = (email: string) => makeBrowser().send("/request-password-reset", { body: { email } });
const reset = (token: string, chosen = newPassword) =>
  makeBrowser().send("/reset-password", { body: { token, newPassword: chosen } });

describe("asking for a reset", () => {
  it("answers an unknown address like a known one, and mails the known one alone", async () => {
    const user = await makeAccount();
    const known = await forgot(user.email);
    const unknown = await forgot(`nobody-${user.id}@example.com`);
    expect([unknown.status, unknown.text]).toEqual([known.status, known.text]);
    expect([...unknown.headers.keys()]).toEqual([...known.headers.keys()]);
    await auth.get().settle();
    const mails = await mailTo(user.email);
    expect(mails).toHaveLength(1);
    expect(mails[0]?.text).toContain(`${origin}/reset-password?token=`);
    expect(await mailTo(`nobody-${user.id}@example.com`)).toEqual([]);
  });

  it("leaves one event, by nobody in particular, about the person", async () => {
    const user = await makeAccount();
    const { requestId } = await forgot(user.email);
    expect(await auditEventsOf(requestId)).toMatchObject([
      { action: "password.request-reset", actorType: "anonymous", targetId: user.id },
    ]);
  });

  it("keeps the token out of the database's tables but the mail itself", async () => {
    const user = await makeAccount();
    await forgot(user.email);
    const token = await mailedToken(user.email);
    for (const table of ["verification", "audit_event", "account", '"user"', "session"]) {
      const found = await fixture.sql.query(`select 1 from ${table} t where strpos(t::text, $1) > 0`, [token]);
      expect([table, found.rowCount]).toEqual([table, 0]);
    }
  });

  it("stops mailing somebody who has had five in an hour, without saying so", async () => {
    const user = await makeAccount();
    const answers = await Promise.all(Array.from({ length: 7 }, () => forgot(user.email)));
    await auth.get().settle();
    expect(new Set(answers.map(({ status, text }) => `${status} ${text}`)).size).toBe(1);
    expect(await mailTo(user.email)).toHaveLength(5);
  });

  it("sends the link to our own page whatever the request says", async () => {
    const user = await makeAccount();
    const body = { email: user.email, redirectTo: "https://evil.example/steal" };
    const foreign = await makeBrowser().send("/request-password-reset", { body });
    expect(foreign.status).toBe(403);
    await auth.get().settle();
    expect(await mailTo(user.email)).toEqual([]);
  });
});

describe("a reset", () => {
  it("changes the password, ends every session and leaves one event", async () => {
    const user = await makeAccount();
    const browsers = [makeBrowser(), makeBrowser()];
    for (const browser of browsers) await browser.signIn(user.email);
    await forgot(user.email);
    const answer = await reset(await mailedToken(user.email));
    expect([answer.status, answer.json]).toEqual([200, { status: true }]);
    for (const browser of browsers) expect((await browser.session()).json).toBeNull();
    expect((await makeBrowser().signIn(user.email)).status).toBe(401);
    expect((await makeBrowser().signIn(user.email, newPassword)).status).toBe(200);
    const { rows } = await fixture.sql.query(
      "select end_reason, ended_by_id from session_history where user_id = $1 order by created_at",
      [user.id],
    );
    expect(rows).toEqual(Array(2).fill({ end_reason: "password_change", ended_by_id: user.id }));
    const events = await auditEventsOf(answer.requestId);
    expect(events.filter(({ action }) => action === "password.reset")).toMatchObject([
      { actorId: user.id, targetId: user.id, changes: null },
    ]);
    const text = JSON.stringify(await auditEventsAbout(user.id));
    for (const secret of [password, newPassword, "$argon2"]) expect(text).not.toContain(secret);
  });

  it("works once, and takes the other links of the person with it", async () => {
    const user = await makeAccount();
    await forgot(user.email);
    const first = await mailedToken(user.email);
    await forgot(user.email);
    const second = await mailedToken(user.email);
    expect((await reset(second)).status).toBe(200);
    for (const token of [first, second, "never-issued"]) {
      const answer = await reset(token, "a third heron over no water");
      expect([answer.status, answer.json.code, answer.json.errors[0].path]).toEqual([400, "INVALID_INPUT", "token"]);
    }
    expect((await makeBrowser().signIn(user.email, newPassword)).status).toBe(200);
  });

  it("used twice at once succeeds once", async () => {
    const user = await makeAccount();
    await forgot(user.email);
    const token = await mailedToken(user.email);
    const tried = Array.from({ length: 4 }, (_, index) => `${newPassword} ${index}`);
    const statuses = await Promise.all(tried.map(async (chosen) => (await reset(token, chosen)).status));
    expect(statuses.filter((status) => status === 200)).toHaveLength(1);
    const works = await Promise.all(
      tried.map(async (chosen) => (await makeBrowser().signIn(user.email, chosen)).status),
    );
    expect(works.map((status) => status === 200)).toEqual(statuses.map((status) => status === 200));
  });

  it("that has run out does nothing", async () => {
    const user = await makeAccount();
    await forgot(user.email);
    const token = await mailedToken(user.email);
    await fixture.sql.query("update verification set expires_at = now() - interval '1 second' where value = $1", [
      user.id,
    ]);
    expect((await reset(token)).status).toBe(400);
    expect((await makeBrowser().signIn(user.email)).status).toBe(200);
  });

  it("holds the new password to the policy, and the link still works (ASVS V6.2)", async () => {
    const user = await makeAccount({ name: "Philippa Montgomery" });
    await forgot(user.email);
    const token = await mailedToken(user.email);
    for (const weak of ["short", "password1234", "PhilippaMontgomery1", "x".repeat(129)]) {
      const answer = await reset(token, weak);
      expect([weak, answer.status, answer.json.errors?.[0].path]).toEqual([weak, 400, "newPassword"]);
    }
    expect((await reset(token)).status).toBe(200);
  });

  it("gives a first password to somebody who was invited, by a link that lasts for days", async () => {
    const user = await makeUser({ invitedAt: new Date() });
    await auth.get().sendSetUpLink(user.email);
    const token = await mailedToken(user.email);
    const { rows } = await fixture.sql.query(
      "select expires_at > now() + interval '71 hours' as long from verification where value = $1",
      [user.id],
    );
    expect(rows).toEqual([{ long: true }]);
    expect((await reset(token)).status).toBe(200);
    expect((await makeBrowser().signIn(user.email, newPassword)).status).toBe(200);
    const { rows: users } = await fixture.sql.query('select invited_at from "user" where id = $1', [user.id]);
    expect(users).toEqual([{ invited_at: null }]);
  });

  it("tells the caches about all of the user's sessions, before the commit and after it", async () => {
    const heard: [string, EndedSessions][] = [];
    const instance = authWith({
      onSessionsEnded: {
        before: async (ended) => void heard.push(["before", ended]),
        after: async (ended) => void heard.push(["after", ended]),
      },
    });
    const user = await makeAccount();
    await forgot(user.email);
    const body = { token: await mailedToken(user.email), newPassword };
    await makeBrowser(() => instance).send("/reset-password", { body });
    expect(heard).toEqual([
      ["before", { userId: user.id }],
      ["after", { userId: user.id }],
    ]);
  });
});

describe("a sign-in with the old password beside a reset", () => {
  it("never leaves a session, whichever comes first", async () => {
    for (let round = 0; round < 3; round += 1) {
      const user = await makeAccount();
      await forgot(user.email);
      const token = await mailedToken(user.email);
      const browsers = Array.from({ length: 4 }, () => makeBrowser());
      const signIns = browsers.map((browser) => browser.signIn(user.email));
      const answer = await reset(token);
      const statuses = (await Promise.all(signIns)).map(({ status }) => status);
      expect(answer.status).toBe(200);
      expect(statuses.every((status) => status === 200 || status === 401)).toBe(true);
      for (const browser of browsers) expect((await browser.session()).json).toBeNull();
    }
  });

  it("is refused when its password was verified before the change and its session comes after", async () => {
    const user = await makeAccount();
    await forgot(user.email);
    const token = await mailedToken(user.email);
    // A new session's limits follow from the roles: whoever waits for them has verified the password already.
    await fixture.sql.query("begin; lock table platform_role_assignment in access exclusive mode");
    const browser = makeBrowser();
    const signIn = browser.signIn(user.email);
    const waiting =
      "select count(*)::int as count from pg_locks where relation = 'platform_role_assignment'::regclass and not granted";
    await expect.poll(async () => (await fixture.sql.query(waiting)).rows[0].count, { timeout: 10_000 }).toBe(1);
    expect((await reset(token)).status).toBe(200);
    await fixture.sql.query("commit");
    expect((await signIn).status).toBe(401);
    expect((await browser.session()).json).toBeNull();
  });

  it("is refused when the epoch rises between the reading of the user and the insert", async () => {
    const user = await makeAccount();
    // The trigger of the admission runs after the proof: raise the epoch from another connection just before it.
    await fixture.sql.query(`create function raise_first() returns trigger language plpgsql security definer as $$
      begin update "user" set session_epoch = session_epoch + 1 where id = new.user_id; return new; end $$`);
    await fixture.sql.query(
      `create trigger a_raise_first before insert on session for each row when (new.user_id = '${user.id}') execute function raise_first()`,
    );
    try {
      const answer = await makeBrowser().signIn(user.email);
      expect([answer.status, answer.json.code]).toEqual([401, "UNAUTHENTICATED"]);
      expect(await auditEventsOf(answer.requestId)).toMatchObject([
        { outcome: "failure", details: { cause: "refused" } },
      ]);
    } finally {
      await fixture.sql.query("drop function raise_first cascade");
    }
  });
});
