import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { auditEventsOf } from "../../support/factories";
import { type AuthFixture, makeAccount, makeBrowser, startAuthFixture } from "./auth-fixture";

let fixture: AuthFixture;

beforeAll(async () => {
  fixture = await startAuthFixture();
});
afterAll(() => fixture.stop());

const deaths: [string, string][] = [
  ["past its absolute limit", "update session set expires_at = now() - interval '1 second' where user_id = $1"],
  [
    "past its idle limit",
    `with unused as (update session_activity a set last_seen_at = now() - interval '2 days' from session s
       where s.id = a.session_id and s.user_id = $1)
     update session set created_at = now() - interval '2 days', idle_seconds = 3600 where user_id = $1`,
  ],
  ["of a user whose epoch was raised", 'update "user" set session_epoch = session_epoch + 1 where id = $1'],
  ["of a locked user", 'update "user" set locked_at = now() where id = $1'],
];

describe("a session that is dead but not moved yet", () => {
  it.each(deaths)("%s is absent: not read, not refreshed, its cookie cleared", async (_name, sql) => {
    const user = await makeAccount();
    const browser = makeBrowser();
    await browser.signIn(user.email);
    const cookie = browser.cookie();
    await fixture.sql.query("update platform set activity_resumed_at = now() - interval '3 days'");
    await fixture.sql.query(sql, [user.id]);
    const answer = await browser.session();
    expect([answer.status, answer.json, browser.cookie()]).toEqual([200, null, null]);
    browser.useCookie(cookie);
    const out = await browser.signOut();
    expect([out.status, await auditEventsOf(out.requestId)]).toEqual([200, []]);
    const { rows } = await fixture.sql.query("select 1 from session where user_id = $1", [user.id]);
    expect(rows).toHaveLength(1);
  });

  it("of everybody, when the platform's epoch was raised", async () => {
    const user = await makeAccount();
    const browser = makeBrowser();
    await browser.signIn(user.email);
    await fixture.sql.query("update platform set session_epoch = session_epoch + 1");
    expect((await browser.session()).json).toBeNull();
    await browser.signIn(user.email);
    expect((await browser.session()).json.user.id).toBe(user.id);
  });
});

describe("get-session", () => {
  it.each([
    ["no cookie", null],
    ["junk", "gatehouse.session=junk"],
    ["a token without a signature", "gatehouse.session=aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"],
    ["a forged signature", `gatehouse.session=${"a".repeat(32)}.${"b".repeat(43)}%3D`],
    ["undecodable text", "gatehouse.session=%E0%A4%A"],
  ])("answers null with %s", async (_name, cookie) => {
    const browser = makeBrowser();
    browser.useCookie(cookie);
    const answer = await browser.session();
    expect([answer.status, answer.json]).toEqual([200, null]);
  });

  it("writes nothing and extends nothing", async () => {
    const user = await makeAccount();
    const browser = makeBrowser();
    await browser.signIn(user.email);
    await fixture.sql.query("update session set expires_at = now() + interval '1 hour' where user_id = $1", [user.id]);
    const before = await fixture.sql.query("select * from session where user_id = $1", [user.id]);
    const answer = await browser.session();
    const after = await fixture.sql.query("select * from session where user_id = $1", [user.id]);
    expect(after.rows).toEqual(before.rows);
    expect(answer.headers.getSetCookie()).toEqual([]);
  });
});
