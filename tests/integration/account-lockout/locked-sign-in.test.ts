import { createHash } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { auth } from "@/lib/auth/auth";
import { knownDeviceCookie } from "@/lib/auth/known-device";
import { newId } from "@/lib/db/new-id";
import { prismaClient } from "@/lib/db/prisma-client";
import { runOperation } from "@/lib/operations/run-operation";
import { createRateLimitExemption } from "@/lib/rate-limit-monitor/create-rate-limit-exemption";
import { clearSignInCounters } from "@/lib/rate-limits/clear-sign-in-counters";
import { startSignInAttempt } from "@/lib/rate-limits/sign-in-attempts";
import { redisClient } from "@/lib/redis/redis-client";
import { auditEventsAbout, auditEventsOf } from "../../support/factories";
import { platformCaller } from "../../support/people";
import {
  type AuthFixture,
  mailedToken,
  mailTo,
  makeAccount,
  makeBrowser,
  password,
  startAuthFixture,
} from "../auth/auth-fixture";

let fixture: AuthFixture;
const wrong = "not the right password";
const mailSubject = "Sign-in to your Gatehouse account is locked";

beforeAll(async () => {
  fixture = await startAuthFixture();
});
afterAll(() => fixture.stop());

const sha256 = (text: string) => createHash("sha256").update(text).digest();

/** Puts an address where so many strangers' failures in a row would have brought it; the limiter knows nothing of them. */
async function haveFailed(email: string, failures: number, { locked = false, forGood = false } = {}): Promise<void> {
  await fixture.sql.query(
    `insert into account_lockout (account_digest, stranger_claims, locked_until, locked_for_good, last_tried_at)
     values ($1, $2, case when $3 then now() + interval '15 minutes' end, $4, now())`,
    [sha256(email), failures, locked, forGood],
  );
}

/** A browser that has signed in as the user before. */
function makeKnownBrowser(userId: string) {
  const browser = makeBrowser();
  const cookie = knownDeviceCookie(null, userId).setCookie.split(";")[0] ?? "";
  const signIn = (email: string, tried: string) =>
    browser.send("/sign-in/email", { body: { email, password: tried }, headers: { cookie } });
  return { ...browser, signIn };
}

/** Attempts with a wrong password from an address each: how many of them were tried. */
async function attackFrom(addresses: readonly string[], email: string): Promise<number> {
  let tried = 0;
  const one = async (clientAddress: string) => {
    const attempt = await startSignInAttempt({ email, clientAddress, provedAt: () => null });
    try {
      await attempt.assertOpen();
      await attempt.claim();
    } catch {
      return;
    }
    tried += 1;
    await prismaClient.get().$transaction((tx) => attempt.fail(tx));
  };
  for (let start = 0; start < addresses.length; start += 64) {
    await Promise.all(addresses.slice(start, start + 64).map(one));
  }
  return tried;
}

describe("an account whose password was wrong too often", () => {
  it("is tried ninety times by a thousand addresses, however the limiter forgets, and its holder signs in all the while", async () => {
    const user = await makeAccount();
    const holder = makeKnownBrowser(user.id);
    const addresses = Array.from({ length: 1_000 }, (_, index) => `198.18.${index >> 8}.${index & 255}`);
    let tried = 0;
    for (let round = 0; round < 11; round += 1) {
      tried += await attackFrom(addresses.slice(round * 90, round * 90 + 100), user.email);
      expect((await holder.signIn(user.email, password)).status).toBe(200);
      await redisClient.get().flushdb();
      // What a quarter of an hour does to the limiter, and a day to every lock that ends.
      await clearSignInCounters(user.email);
      await fixture.sql.query(
        "update account_lockout set locked_until = now() where account_digest = $1 and locked_until is not null",
        [sha256(user.email)],
      );
    }
    expect(tried).toBe(90);
    expect((await makeBrowser().signIn(user.email)).status).toBe(429);
  });

  it("stays locked over a flush of Redis, and for the right password", async () => {
    const user = await makeAccount();
    for (let count = 0; count < 10; count += 1) await makeBrowser().signIn(user.email, wrong);
    await redisClient.get().flushdb();
    const answer = await makeBrowser().signIn(user.email);
    expect([answer.status, answer.json.code]).toEqual([429, "RATE_LIMITED"]);
    expect(Number(answer.headers.get("retry-after"))).toBeGreaterThan(800);
    expect(answer.headers.get("ratelimit-policy")).toBe('"sign-in-account";q=10;w=900');
    expect(answer.json.detail).toContain("reset mail");
  });
});

describe("a browser that says it is known", () => {
  it("is let through with a proof of its own and a right password, and counts apart with a wrong one", async () => {
    const user = await makeAccount();
    await haveFailed(user.email, 90, { forGood: true });
    const holder = makeKnownBrowser(user.id);
    expect((await holder.signIn(user.email, wrong)).status).toBe(401);
    expect((await holder.signIn(user.email, password)).status).toBe(200);
    expect((await makeBrowser().signIn(user.email)).status).toBe(429);
  });

  it("gains nothing by a cookie that is forged, another person's, too old, or disowned", async () => {
    const [user, stranger] = [await makeAccount(), await makeAccount()];
    await haveFailed(user.email, 90, { forGood: true });
    const own = knownDeviceCookie(null, user.id).setCookie.split(";")[0] ?? "";
    const cookies = [
      own.replace(/.$/, (last) => (last === "A" ? "B" : "A")),
      knownDeviceCookie(null, stranger.id).setCookie.split(";")[0] ?? "",
      "gatehouse.device=junk",
    ];
    const longAgo = vi.spyOn(Date, "now").mockReturnValue(Date.now() - 366 * 24 * 3_600_000);
    cookies.push(knownDeviceCookie(null, user.id).setCookie.split(";")[0] ?? "");
    longAgo.mockRestore();
    const signIn = (cookie: string) =>
      makeBrowser().send("/sign-in/email", {
        body: { email: user.email, password },
        headers: { cookie },
      });
    for (const cookie of cookies) expect([cookie, (await signIn(cookie)).status]).toEqual([cookie, 429]);
    await fixture.sql.query(
      `insert into new_device_link (token_hash, user_id, device_id, session_ids, expires_at, redeemed_at)
       values ($1, $2, 'x', array[gen_random_uuid()], now(), now() + interval '1 second')`,
      [sha256(user.id).toString("hex"), user.id],
    );
    expect((await signIn(own)).status).toBe(429);
  });

  it("is believed in an allow-listed network, and gets the known browsers' ten there and not more", async () => {
    const user = await makeAccount();
    await haveFailed(user.email, 90, { forGood: true });
    const office = makeBrowser();
    expect((await office.signIn(user.email)).status).toBe(429);
    const exemption = {
      cidr: `${office.address}/32`,
      reason: "the office",
      expiresAt: new Date(Date.now() + 3_600_000).toISOString(),
    };
    await runOperation(createRateLimitExemption, await platformCaller("owner"), exemption);
    await expect.poll(async () => (await office.signIn(user.email)).status, { timeout: 10_000 }).toBe(200);
    const statuses = [];
    for (let count = 0; count < 12; count += 1) statuses.push((await office.signIn(user.email, wrong)).status);
    expect(statuses).toEqual([...Array(10).fill(401), 429, 429]);
  });

  it("is kept out by no stranger who comes from its network address, nor keeps strangers out", async () => {
    const [user, other] = [await makeAccount(), await makeAccount()];
    const shared = makeBrowser();
    for (let count = 0; count < 10; count += 1) await shared.signIn(`${newId()}@example.com`, wrong);
    expect((await shared.signIn(other.email)).status).toBe(429);
    const cookie = knownDeviceCookie(null, user.id).setCookie.split(";")[0] ?? "";
    const fromThere = (tried: string) =>
      shared.send("/sign-in/email", { body: { email: user.email, password: tried }, headers: { cookie } });
    expect((await fromThere(password)).status).toBe(200);
    for (let count = 0; count < 10; count += 1) expect((await fromThere(wrong)).status).toBe(401);
    expect((await fromThere(password)).status).toBe(429);
    expect((await makeBrowser().signIn(user.email)).status).toBe(200);
  });
});

describe("what others learn of a lock (OWASP ASVS 5.0 V6.3.8)", () => {
  const withoutTimes = (headers: Headers) =>
    [...headers]
      .map(([name, value]) => [name, value.replace(/t=\d+|^\d+$/, "#")])
      .filter(([name]) => name !== "x-request-id");

  async function answers(email: string) {
    const seen = [];
    for (let count = 0; count < 12; count += 1) {
      const { status, headers, text, requestId } = await makeBrowser().signIn(email, wrong);
      seen.push({ status, headers: withoutTimes(headers), body: text.replace(requestId, "#") });
    }
    return seen;
  }

  it("is the same byte for byte for an address with an account and for one without", async () => {
    const user = await makeAccount();
    const [known, unknown] = [await answers(user.email), await answers(`${newId()}@example.com`)];
    expect(known.map(({ status }) => status)).toEqual([...Array(10).fill(401), 429, 429]);
    expect(unknown).toEqual(known);
    await redisClient.get().flushdb();
    const later = [await answers(user.email), await answers(`${newId()}@example.com`)];
    expect(later[0]?.[0]?.status).toBe(429);
  });

  it("is the same for a lock that lasts", async () => {
    const [user, nobody] = [await makeAccount(), `${newId()}@example.com`];
    for (const email of [user.email, nobody]) await haveFailed(email, 90, { forGood: true });
    const [known, unknown] = [await answers(user.email), await answers(nobody)];
    expect(new Set(known.map(({ status }) => status))).toEqual(new Set([429]));
    expect(unknown).toEqual(known);
    expect(known[0]?.body).toContain("ask an administrator");
  });
});

describe("the mail about a lock", () => {
  it("goes to the holder with device, place, time and a link, after the answer, and to nobody for an unknown address", async () => {
    const user = await makeAccount();
    await haveFailed(user.email, 9);
    const attacker = makeBrowser();
    const answer = await attacker.signIn(user.email, wrong);
    await auth.get().settle();
    const mails = await mailTo(user.email);
    expect(mails.map(({ subject }) => subject)).toEqual([mailSubject]);
    expect(mails[0]?.text).toContain("wrong 10 times in a row");
    expect(mails[0]?.text).toContain(`Place: ${attacker.address}`);
    expect(mails[0]?.text).toMatch(/Time: \d{1,2} \w+ \d{4} at \d\d:\d\d UTC/);
    expect(mails[0]?.text).toContain("/unlock?token=");
    expect(answer.text).not.toContain(await mailedToken(user.email));
  });

  it("is not sent again while the row of failures goes on, until it locks for good; three a day at most", async () => {
    const [slow, often] = [await makeAccount(), await makeAccount()];
    await haveFailed(slow.email, 19);
    await makeBrowser().signIn(slow.email, wrong);
    await auth.get().settle();
    expect(await mailTo(slow.email)).toEqual([]);
    for (let times = 0; times < 5; times += 1) {
      await fixture.sql.query("delete from account_lockout where account_digest = $1", [sha256(often.email)]);
      await haveFailed(often.email, 89);
      await redisClient.get().flushdb();
      await makeBrowser().signIn(often.email, wrong);
      await auth.get().settle();
    }
    const mails = await mailTo(often.email);
    expect(mails).toHaveLength(3);
    expect(mails[0]?.text).toContain("until you unlock it");
  });

  it("leaves one event for the lock, with the attempt that made it, known account or not", async () => {
    const [user, nobody] = [await makeAccount(), `${newId()}@example.com`];
    for (const email of [user.email, nobody]) {
      await haveFailed(email, 9);
      const { requestId } = await makeBrowser().signIn(email, wrong);
      const events = await auditEventsOf(requestId);
      expect(events.map(({ action }) => action)).toEqual(["session.create", "sign-in.lock"]);
      expect(events[1]).toMatchObject({
        outcome: "success",
        actorType: "anonymous",
        targetId: email === nobody ? null : user.id,
        details: { email, failures: 10, until: expect.stringMatching(/Z$/) },
      });
    }
  });
});

describe("a new password", () => {
  it("chosen by the link of a reset mail unlocks at once, with one event", async () => {
    const user = await makeAccount();
    await haveFailed(user.email, 90, { forGood: true });
    await makeBrowser().send("/request-password-reset", { body: { email: user.email } });
    const token = await mailedToken(user.email);
    const fresh = "another phrase of quite some length";
    const reset = await makeBrowser().send("/reset-password", { body: { token, newPassword: fresh } });
    expect(reset.status).toBe(200);
    expect((await makeBrowser().signIn(user.email, fresh)).status).toBe(200);
    const unlocks = (await auditEventsAbout(user.id)).filter(({ action }) => action === "sign-in.unlock");
    expect(unlocks).toMatchObject([{ actorId: user.id, details: { failures: 90, by: "password" } }]);
  });
});
