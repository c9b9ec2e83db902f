import { createHash } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { findUnlockLink } from "@/lib/account-lockout/find-unlock-link";
import { newId } from "@/lib/db/new-id";
import { sweepAccountLockouts } from "@/lib/jobs/maintenance-tasks";
import { auditEventsAbout, auditEventsOf } from "../../support/factories";
import {
  type AuthFixture,
  mailedToken,
  makeAccount,
  makeBrowser,
  password,
  startAuthFixture,
} from "../auth/auth-fixture";

let fixture: AuthFixture;
const wrong = "not the right password";

beforeAll(async () => {
  fixture = await startAuthFixture();
});
afterAll(() => fixture.stop());

const digestOf = (email: string) => createHash("sha256").update(email).digest();
const unlock = (token: string, browser = makeBrowser()) => browser.send("/unlock", { body: { token } });

/** Somebody whose account has just been locked for good, and the link that was mailed about it. */
async function lockedOut() {
  const user = await makeAccount();
  await fixture.sql.query(
    "insert into account_lockout (account_digest, stranger_claims, last_tried_at) values ($1, 89, now())",
    [digestOf(user.email)],
  );
  const attacker = makeBrowser();
  expect((await attacker.signIn(user.email, wrong)).status).toBe(401);
  return { user, attacker, token: await mailedToken(user.email) };
}

const isLocked = async (email: string) => (await makeBrowser().signIn(email)).status === 429;

describe("the link of the mail about a lock", () => {
  it("shows what it is about and changes nothing when it is opened, however often", async () => {
    const { user, attacker, token } = await lockedOut();
    const before = await auditEventsAbout(user.id);
    for (let times = 0; times < 3; times += 1) {
      const shown = { state: "open", email: user.email, ipAddress: attacker.address };
      expect(await findUnlockLink(token)).toMatchObject(shown);
    }
    expect(await isLocked(user.email)).toBe(true);
    expect((await auditEventsAbout(user.id)).length).toBe(before.length);
    expect((await makeBrowser().send("/unlock")).status).toBe(405);
  });

  it("unlocks without a sign-in, with one event of the holder's, and no token anywhere", async () => {
    const { user, token } = await lockedOut();
    const answer = await unlock(token);
    expect([answer.status, answer.json]).toEqual([200, { email: user.email }]);
    const events = await auditEventsOf(answer.requestId);
    expect(events).toMatchObject([
      {
        action: "sign-in.unlock",
        outcome: "success",
        actorType: "user",
        actorId: user.id,
        targetId: user.id,
        source: "auth",
        details: { failures: 90, deviceFailures: 0, by: "link" },
      },
    ]);
    expect(await isLocked(user.email)).toBe(false);
    for (const table of ["unlock_link", "account_lockout", "audit_event", "session"]) {
      const found = await fixture.sql.query(`select 1 from ${table} t where strpos(t::text, $1) > 0`, [token]);
      expect([table, found.rowCount]).toEqual([table, 0]);
    }
  });

  it("lets its browser sign in although attempts go on and lock again", async () => {
    const { user, token } = await lockedOut();
    const answer = await unlock(token);
    const [device = "", ...more] = answer.headers.getSetCookie();
    expect([device, more]).toEqual([expect.stringMatching(/^gatehouse\.device=.*; HttpOnly; SameSite=Lax$/), []]);
    for (let count = 0; count < 10; count += 1) await makeBrowser().signIn(user.email, wrong);
    expect(await isLocked(user.email)).toBe(true);
    const cookie = device.split(";")[0] ?? "";
    const body = { email: user.email, password };
    expect((await makeBrowser().send("/sign-in/email", { body, headers: { cookie } })).status).toBe(200);
  });

  it("works once: of several at the same time one unlocks", async () => {
    const { token } = await lockedOut();
    const answers = await Promise.all([unlock(token), unlock(token), unlock(token)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 400, 400]);
    expect((await unlock(token)).json).toMatchObject({ code: "INVALID_INPUT", errors: [{ path: "token" }] });
    expect((await findUnlockLink(token))?.state).toBe("used");
  });

  it("unlocks the account that it was mailed to, and no other", async () => {
    const [mine, theirs] = [await lockedOut(), await lockedOut()];
    await unlock(mine.token);
    expect([await isLocked(mine.user.email), await isLocked(theirs.user.email)]).toEqual([false, true]);
  });

  it("is refused when it is unknown, too old, or not sent from our own pages, and then unlocks nothing", async () => {
    const { user, token } = await lockedOut();
    expect((await unlock("x".repeat(43))).json).toMatchObject({ code: "INVALID_INPUT", errors: [{ path: "token" }] });
    const foreign = { body: { token }, headers: { origin: "https://evil.example" } };
    expect((await makeBrowser().send("/unlock", foreign)).status).toBe(403);
    await fixture.sql.query("update unlock_link set expires_at = now() where user_id = $1", [user.id]);
    expect((await findUnlockLink(token))?.state).toBe("expired");
    const refused = await unlock(token);
    expect(refused.json).toMatchObject({ code: "INVALID_INPUT", errors: [{ path: "token" }] });
    expect(refused.headers.getSetCookie()).toEqual([]);
    expect(await isLocked(user.email)).toBe(true);
  });

  it("is limited by the place that tries links", async () => {
    const browser = makeBrowser();
    const tries = await Promise.all(Array.from({ length: 31 }, () => unlock("x".repeat(43), browser)));
    expect(tries.filter(({ status }) => status === 429)).toHaveLength(1);
  });

  it("is not mailed to somebody whom an administrator has locked, whom it would not help", async () => {
    const user = await makeAccount({ lockedAt: new Date() });
    for (let count = 0; count < 10; count += 1) await makeBrowser().signIn(user.email, wrong);
    await expect(mailedToken(user.email)).rejects.toThrow();
  });

  it("goes with its account, and is swept when it has been dead for a month", async () => {
    const [gone, swept] = [await lockedOut(), await lockedOut()];
    await fixture.sql.query('delete from "user" where id = $1', [gone.user.id]);
    await fixture.sql.query("update unlock_link set expires_at = now() - interval '31 days' where user_id = $1", [
      swept.user.id,
    ]);
    await sweepAccountLockouts();
    expect([await findUnlockLink(gone.token), await findUnlockLink(swept.token)]).toEqual([null, null]);
    expect(await findUnlockLink(newId())).toBeNull();
  });
});
