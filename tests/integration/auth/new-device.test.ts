import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { findNewDeviceLink } from "@/lib/account/find-new-device-link";
import { auth } from "@/lib/auth/auth";
import { findCaller } from "@/lib/auth/authenticate-request";
import { knownDeviceCookie } from "@/lib/auth/known-device";
import { apiRoute } from "@/lib/http/api-route";
import { startImpersonation } from "@/lib/impersonation/start-impersonation";
import { sweepVerifications } from "@/lib/jobs/maintenance-tasks";
import { type Mailer, mailer } from "@/lib/mail/mailer";
import { callRoute } from "../../support/callers";
import { auditEventsAbout, auditEventsOf, makeUser } from "../../support/factories";
import { type AuthFixture, mailTo, makeAccount, makeBrowser, password, startAuthFixture } from "./auth-fixture";

let fixture: AuthFixture;

beforeAll(async () => {
  fixture = await startAuthFixture();
});
afterAll(() => fixture.stop());

const start = apiRoute(startImpersonation, { status: 201 });
const subject = "New sign-in to your Gatehouse account";
const chrome =
  "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36";

/** A browser that keeps the cookie by which it is known, too. */
function makeDevice() {
  const browser = makeBrowser();
  let device: string | null = null;
  const signIn = async (email: string, { withSession = false } = {}) => {
    const cookies = [withSession ? browser.cookie() : null, device].filter((cookie) => cookie !== null);
    const answer = await browser.send("/sign-in/email", {
      body: { email, password },
      headers: { cookie: cookies.length > 0 ? cookies.join("; ") : null, "user-agent": chrome },
    });
    device = answer.headers.getSetCookie()[1]?.split(";")[0] ?? device;
    await auth.get().settle();
    return answer;
  };
  const presentDevice = (cookie: string | null) => {
    device = cookie;
  };
  return { ...browser, signIn, presentDevice };
}

async function newDeviceMails(email: string) {
  return (await mailTo(email)).filter((mail) => mail.subject === subject);
}

async function mailedLink(email: string): Promise<string> {
  const token = /\/not-me\?token=([\w-]{43})\b/.exec((await newDeviceMails(email)).at(-1)?.text ?? "")?.[1];
  if (!token) throw new Error(`No mail about a new device went to ${email}.`);
  return token;
}

const disown = (token: string) => makeBrowser().send("/disown-session", { body: { token } });
const isAlive = async (cookie: string | null) => (await findCaller(cookie)) !== null;

/** Somebody who is signed in on a browser of theirs, and then on another one, which the mail is about. */
async function intrudedUpon() {
  const user = await makeAccount();
  const own = makeDevice();
  await own.signIn(user.email);
  const other = makeDevice();
  await other.signIn(user.email);
  return { user, own, other, token: await mailedLink(user.email) };
}

describe("a sign-in from a browser that is not known", () => {
  it("is told by mail: device, place, time, installation and the link", async () => {
    const { user, other } = await intrudedUpon();
    const [mail, ...more] = await newDeviceMails(user.email);
    expect(more).toEqual([]);
    expect(mail?.text).toContain("Device: Chrome 140 on Windows (computer)");
    expect(mail?.text).toContain(`Place: ${other.address}`);
    expect(mail?.text).toMatch(/Time: \d{1,2} \w+ \d{4} at \d\d:\d\d UTC/);
    expect(mail?.text).toContain("localhost:3000");
    expect(mail?.html).not.toMatch(/<img|<script/);
  });

  it("is not told of the first sign-in ever", async () => {
    const user = await makeAccount();
    await makeDevice().signIn(user.email);
    expect(await mailTo(user.email)).toEqual([]);
  });

  it("is told to somebody whose sessions have all ended, and to one whose history is gone", async () => {
    const [user, forgotten] = [await makeAccount(), await makeAccount({ lastSeenAt: new Date(Date.now() - 9e9) })];
    const before = makeDevice();
    await before.signIn(user.email);
    await before.signOut();
    await makeDevice().signIn(user.email);
    await makeDevice().signIn(forgotten.email);
    expect([(await newDeviceMails(user.email)).length, (await newDeviceMails(forgotten.email)).length]).toEqual([1, 1]);
  });

  it("is not told of a browser that has signed in before, even after a sign-out", async () => {
    const user = await makeAccount();
    const browser = makeDevice();
    await browser.signIn(user.email);
    await browser.signOut();
    await browser.signIn(user.email);
    expect(await newDeviceMails(user.email)).toEqual([]);
  });

  it("is not told of a fresh proof in a browser whose session is older than its cookie of known devices", async () => {
    const user = await makeAccount();
    const browser = makeDevice();
    await browser.signIn(user.email);
    browser.presentDevice(null);
    expect((await browser.signIn(user.email, { withSession: true })).status).toBe(200);
    expect(await newDeviceMails(user.email)).toEqual([]);
  });

  it("is not told of an impersonation, and having been acted as is not having been here", async () => {
    const admin = await makeAccount({ platformRole: "admin" });
    const target = await makeAccount();
    const browser = makeDevice();
    await browser.signIn(admin.email);
    const call = { method: "POST", params: { userId: target.id }, body: { reason: "r" } };
    expect((await callRoute(start, { cookie: browser.cookie() ?? "" }, call)).status).toBe(201);
    await auth.get().settle();
    await makeDevice().signIn(target.email);
    expect(await newDeviceMails(target.email)).toEqual([]);
  });

  it("counts a proof of another person, a foreign installation or another browser as none", async () => {
    const [user, stranger] = [await makeAccount(), await makeUser()];
    await makeDevice().signIn(user.email);
    const cookieOf = (userId: string) => knownDeviceCookie(null, userId).setCookie.split(";")[0] ?? "";
    const [mine = "", theirs = ""] = [cookieOf(user.id), cookieOf(stranger.id)];
    const swapped = `${theirs.split(".").slice(0, 2).join(".")}.${mine.split(".").slice(2).join(".")}`;
    const forged = mine.replace(/.$/, (last) => (last === "A" ? "B" : "A"));
    for (const [told, cookie] of [theirs, swapped, forged, "gatehouse.device=junk"].entries()) {
      const browser = makeDevice();
      browser.presentDevice(cookie);
      await browser.signIn(user.email);
      expect([cookie, (await newDeviceMails(user.email)).length]).toEqual([cookie, told + 1]);
    }
  });

  it("serves several people in one browser", async () => {
    const people = [await makeAccount(), await makeAccount()];
    const browser = makeDevice();
    for (let round = 0; round < 2; round += 1) {
      for (const { email } of people) await browser.signIn(email);
    }
    for (const { email } of people) expect(await newDeviceMails(email)).toEqual([]);
  });

  it("leaves the one event of the sign-in", async () => {
    const user = await makeAccount();
    await makeDevice().signIn(user.email);
    const { requestId } = await makeDevice().signIn(user.email);
    expect((await auditEventsOf(requestId)).map(({ action }) => action)).toEqual(["session.create"]);
  });

  it("works when no mail can be sent, and when the link cannot be written", async () => {
    const user = await makeAccount();
    await makeDevice().signIn(user.email);
    const working: Mailer = mailer.get();
    mailer.set({ ...working, deliver: () => Promise.reject(new Error("no mail today")) });
    expect((await makeDevice().signIn(user.email)).status).toBe(200);
    mailer.set(working);
    await fixture.sql.query("alter table new_device_link rename to new_device_link_gone");
    expect((await makeDevice().signIn(user.email)).status).toBe(200);
    await fixture.sql.query("alter table new_device_link_gone rename to new_device_link");
    expect(await newDeviceMails(user.email)).toEqual([]);
  });

  it("buries no mailbox: mails to one address are few within an hour", async () => {
    const user = await makeAccount();
    for (let times = 0; times < 12; times += 1) await makeDevice().signIn(user.email);
    expect(await newDeviceMails(user.email)).toHaveLength(10);
  });
});

describe("the link of the mail", () => {
  it("shows what it is about and changes nothing when it is opened, however often", async () => {
    const { user, other, token } = await intrudedUpon();
    for (let times = 0; times < 3; times += 1) {
      expect(await findNewDeviceLink(token)).toMatchObject({
        state: "open",
        email: user.email,
        browser: "Chrome 140",
        ipAddress: other.address,
      });
    }
    expect(await isAlive(other.cookie())).toBe(true);
    expect(await auditEventsAbout(user.id)).toHaveLength(2);
  });

  it("ends exactly that sign-in at once, under a receipt, and mails a reset", async () => {
    const { user, own, other, token } = await intrudedUpon();
    const ended = (await findCaller(other.cookie()))?.session.sessionId ?? "";
    const answer = await disown(token);
    expect([answer.status, answer.json]).toEqual([200, { ended: 1, resetSent: true, email: user.email }]);
    expect(await isAlive(other.cookie())).toBe(false);
    expect(await isAlive(own.cookie())).toBe(true);
    const { rows } = await fixture.sql.query(
      `select h.id, h.end_reason, h.ended_by_type, h.ended_by_id, r.ended, r.kind, r.redis_status
       from session_history h join revocation_receipt r on r.id = h.receipt_id where h.user_id = $1`,
      [user.id],
    );
    const by = { ended_by_type: "user", ended_by_id: user.id };
    const receipt = { ended: 1, kind: "session", redis_status: "fenced" };
    expect(rows).toEqual([{ id: ended, end_reason: "revoked", ...by, ...receipt }]);
    await auth.get().settle();
    expect((await mailTo(user.email)).at(-1)?.subject).toBe("Reset your Gatehouse password");
  });

  it("leaves one event for the sign-in and one for the reset, with no token anywhere", async () => {
    const { user, token } = await intrudedUpon();
    const { requestId, text } = await disown(token);
    const events = await auditEventsOf(requestId);
    expect(events).toMatchObject([
      { action: "session.disown", outcome: "success", actorType: "user", actorId: user.id, source: "auth" },
      { action: "password.request-reset", targetId: user.id },
    ]);
    expect(events[0]?.details).toMatchObject({ userId: user.id, matched: 1, receiptId: expect.any(String) });
    expect(text).not.toContain(token);
    const tables = [
      "new_device_link",
      "verification",
      "audit_event",
      "revocation_receipt",
      "session_history",
      "session",
    ];
    for (const table of tables) {
      const found = await fixture.sql.query(`select 1 from ${table} t where strpos(t::text, $1) > 0`, [token]);
      expect([table, found.rowCount]).toEqual([table, 0]);
    }
  });

  it("starts the reset all the same when the session has ended already", async () => {
    const { user, own, other, token } = await intrudedUpon();
    await other.signOut();
    expect((await disown(token)).json).toEqual({ ended: 0, resetSent: true, email: user.email });
    await auth.get().settle();
    expect((await mailTo(user.email)).at(-1)?.subject).toBe("Reset your Gatehouse password");
    expect(await isAlive(own.cookie())).toBe(true);
  });

  it("follows the intruder who signs in again in the same browser, with the old session or beside it", async () => {
    const { own, other, token } = await intrudedUpon();
    await other.signIn((await findNewDeviceLink(token))?.email ?? "", { withSession: true });
    const replacement = other.cookie();
    await other.signIn((await findNewDeviceLink(token))?.email ?? "");
    const beside = other.cookie();
    expect([await isAlive(replacement), await isAlive(beside)]).toEqual([true, true]);
    expect((await disown(token)).json.ended).toBe(2);
    expect([await isAlive(replacement), await isAlive(beside)]).toEqual([false, false]);
    expect(await isAlive(own.cookie())).toBe(true);
  });

  it("takes the disowned browser's word no more: its next sign-in is told again", async () => {
    const { user, other, token } = await intrudedUpon();
    await disown(token);
    await other.signIn(user.email);
    expect(await newDeviceMails(user.email)).toHaveLength(2);
  });

  it("works once: of several at the same time one ends the session, the others are told that it is used", async () => {
    const { user, token } = await intrudedUpon();
    const answers = await Promise.all([disown(token), disown(token), disown(token)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 400, 400]);
    expect((await disown(token)).json).toMatchObject({ code: "INVALID_INPUT", errors: [{ path: "token" }] });
    expect((await findNewDeviceLink(token))?.state).toBe("used");
    await auth.get().settle();
    expect((await mailTo(user.email)).filter((mail) => mail.subject !== subject)).toHaveLength(1);
  });

  it("is refused when it is unknown, too old, or not sent from our own pages, and then ends nothing", async () => {
    const { user, other, token } = await intrudedUpon();
    expect((await disown("x".repeat(43))).json).toMatchObject({ code: "INVALID_INPUT", errors: [{ path: "token" }] });
    const foreign = { body: { token }, headers: { origin: "https://evil.example" } };
    expect((await makeBrowser().send("/disown-session", foreign)).status).toBe(403);
    expect((await makeBrowser().send("/disown-session")).status).toBe(405);
    await fixture.sql.query("update new_device_link set expires_at = now() where user_id = $1", [user.id]);
    expect((await findNewDeviceLink(token))?.state).toBe("expired");
    expect((await disown(token)).json).toMatchObject({ code: "INVALID_INPUT", errors: [{ path: "token" }] });
    expect(await isAlive(other.cookie())).toBe(true);
  });

  it("is limited by the place that tries links", async () => {
    const browser = makeBrowser();
    const tries = await Promise.all(
      Array.from({ length: 31 }, () => browser.send("/disown-session", { body: { token: "x".repeat(43) } })),
    );
    const refused = tries.filter(({ status }) => status === 429);
    expect(refused).toHaveLength(1);
    expect(refused[0]?.headers.get("retry-after")).toMatch(/^\d+$/);
  });

  it("goes with its account, and is swept when nothing depends on it any more", async () => {
    const [gone, swept, kept] = [await intrudedUpon(), await intrudedUpon(), await intrudedUpon()];
    await fixture.sql.query('delete from "user" where id = $1', [gone.user.id]);
    expect(await findNewDeviceLink(gone.token)).toBeNull();
    await disown(kept.token);
    const age = "update new_device_link set expires_at = now() - interval '31 days' where user_id = any ($1)";
    await fixture.sql.query(age, [[swept.user.id, kept.user.id]]);
    await sweepVerifications();
    expect([await findNewDeviceLink(swept.token), (await findNewDeviceLink(kept.token))?.state]).toEqual([
      null,
      "used",
    ]);
  });
});
