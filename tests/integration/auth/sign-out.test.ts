import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { EndedSessions } from "@/lib/auth/session-end-listener";
import { auditEventsOf } from "../../support/factories";
import { type AuthFixture, authWith, makeAccount, makeBrowser, startAuthFixture } from "./auth-fixture";

let fixture: AuthFixture;

beforeAll(async () => {
  fixture = await startAuthFixture();
});
afterAll(() => fixture.stop());

describe("a sign-out", () => {
  it("ends the session at once, with its history and exactly one event", async () => {
    const user = await makeAccount();
    const browser = makeBrowser();
    await browser.signIn(user.email);
    const cookie = browser.cookie();
    const session = (await browser.session()).json.session;
    const answer = await browser.signOut();
    expect([answer.status, answer.json.success, browser.cookie()]).toEqual([200, true, null]);
    browser.useCookie(cookie);
    expect((await browser.session()).json).toBeNull();
    expect(await historyOf(user.id)).toEqual([
      {
        id: session.id,
        end_reason: "signed_out",
        ended_by_type: "user",
        ended_by_id: user.id,
        ended_by_name: user.email,
      },
    ]);
    expect(await auditEventsOf(answer.requestId)).toMatchObject([
      {
        action: "session.end",
        actorId: user.id,
        targetId: session.id,
        details: { userId: user.id, reason: "signed_out" },
      },
    ]);
  });

  it("leaves the person's other sessions alone", async () => {
    const user = await makeAccount();
    const [here, there] = [makeBrowser(), makeBrowser()];
    await here.signIn(user.email);
    await there.signIn(user.email);
    await here.signOut();
    expect((await there.session()).json.user.id).toBe(user.id);
  });

  it("tells the caches before the commit and after it", async () => {
    const heard: [string, EndedSessions, number][] = [];
    const count = async () =>
      Number((await fixture.sql.query("select count(*) from session where user_id = $1", [user.id])).rows[0].count);
    const auth = authWith({
      onSessionsEnded: {
        before: async (ended) => void heard.push(["before", ended, await count()]),
        after: async (ended) => void heard.push(["after", ended, await count()]),
      },
    });
    const user = await makeAccount();
    const browser = makeBrowser(() => auth);
    await browser.signIn(user.email);
    const { rows } = await fixture.sql.query("select token_hash from session where user_id = $1", [user.id]);
    await browser.signOut();
    const ended = { tokenHash: rows[0].token_hash };
    expect(heard).toEqual([
      ["before", ended, 1],
      ["after", ended, 0],
    ]);
  });

  it("without a session succeeds and records nothing", async () => {
    const answer = await makeBrowser().signOut();
    expect([answer.status, await auditEventsOf(answer.requestId)]).toEqual([200, []]);
  });

  it("that could not be carried out is no success", async () => {
    const user = await makeAccount();
    const browser = makeBrowser();
    await browser.signIn(user.email);
    const cookie = browser.cookie();
    await fixture.sql.query("alter table session_history add constraint nothing_ends check (false) not valid");
    try {
      const answer = await browser.signOut();
      expect([answer.status, answer.headers.getSetCookie()]).toEqual([500, []]);
    } finally {
      await fixture.sql.query("alter table session_history drop constraint nothing_ends");
    }
    expect(browser.cookie()).toBe(cookie);
    expect((await browser.session()).json.user.id).toBe(user.id);
  });
});

async function historyOf(userId: string) {
  const { rows } = await fixture.sql.query(
    "select id, end_reason, ended_by_type, ended_by_id, ended_by_name from session_history where user_id = $1",
    [userId],
  );
  return rows;
}
