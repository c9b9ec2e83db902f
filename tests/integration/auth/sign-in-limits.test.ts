import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { redisClient } from "@/lib/redis/redis-client";
import { auditEventsAbout, auditEventsOf } from "../../support/factories";
import { type AuthFixture, makeAccount, makeBrowser, password, startAuthFixture } from "./auth-fixture";

let fixture: AuthFixture;
const wrong = "not the right password";

beforeAll(async () => {
  fixture = await startAuthFixture();
});
afterAll(() => fixture.stop());

/** Statuses of attempts, one after the other, each from an address of its own. */
async function failFromAnywhere(email: string, times: number): Promise<number[]> {
  const statuses: number[] = [];
  for (let count = 0; count < times; count += 1) statuses.push((await makeBrowser().signIn(email, wrong)).status);
  return statuses;
}

describe("the limits of sign-in (ASVS V6.3.1)", () => {
  it("refuse an account after ten failures, the right password included, and say when to come back", async () => {
    const user = await makeAccount();
    expect(await failFromAnywhere(user.email, 10)).toEqual(Array(10).fill(401));
    const answer = await makeBrowser().signIn(user.email);
    expect([answer.status, answer.json.code]).toEqual([429, "RATE_LIMITED"]);
    const wait = Number(answer.headers.get("retry-after"));
    expect(wait).toBeGreaterThan(800);
    expect(wait).toBeLessThanOrEqual(900);
    expect(answer.headers.get("ratelimit-policy")).toBe('"sign-in-account";q=10;w=900');
    expect(answer.headers.getSetCookie()).toEqual([]);
  });

  it("refuse an address after ten failures, and no other address", async () => {
    const [user, ...others] = await Promise.all([makeAccount(), makeAccount(), makeAccount()]);
    const attacker = makeBrowser();
    for (let count = 0; count < 10; count += 1) {
      expect((await attacker.signIn(`guess-${count}-${user.id}@example.com`, wrong)).status).toBe(401);
    }
    expect((await attacker.signIn(user.email)).status).toBe(429);
    for (const { email } of others) expect((await makeBrowser().signIn(email)).status).toBe(200);
  });

  it("start afresh for the account when it signs in", async () => {
    const user = await makeAccount();
    for (let round = 0; round < 2; round += 1) {
      expect(await failFromAnywhere(user.email, 9)).toEqual(Array(9).fill(401));
      expect((await makeBrowser().signIn(user.email)).status).toBe(200);
    }
  });

  it("count no right password against its address", async () => {
    const user = await makeAccount();
    const browser = makeBrowser();
    for (let count = 0; count < 12; count += 1) expect((await browser.signIn(user.email)).status).toBe(200);
  });

  it("count a right password on a locked account like a wrong one, and forget nothing for it", async () => {
    const user = await makeAccount({ lockedAt: new Date(), lockedReason: "left" });
    expect(await failFromAnywhere(user.email, 5)).toEqual(Array(5).fill(401));
    for (let count = 0; count < 5; count += 1) expect((await makeBrowser().signIn(user.email)).status).toBe(401);
    expect((await makeBrowser().signIn(user.email)).status).toBe(429);
  });

  it("hold when attempts run side by side: never more than ten are tried", async () => {
    const user = await makeAccount();
    const statuses = await Promise.all(
      Array.from({ length: 25 }, async () => (await makeBrowser().signIn(user.email, wrong)).status),
    );
    expect(statuses.filter((status) => status === 401)).toHaveLength(10);
    expect(statuses.filter((status) => status === 429)).toHaveLength(15);
  });

  it("leave one event when they are reached, not one for every refusal", async () => {
    const user = await makeAccount();
    await failFromAnywhere(user.email, 10);
    const refused = [await makeBrowser().signIn(user.email), await makeBrowser().signIn(user.email)];
    const events = await Promise.all(refused.map(({ requestId }) => auditEventsOf(requestId)));
    expect(events.map((found) => found.map(({ details }) => details))).toEqual([
      [
        {
          method: "password",
          email: user.email,
          cause: "rate_limited",
          rule: "sign-in-account",
          blockId: expect.stringMatching(/^sign-in-account:[\w-]{16}$/),
        },
      ],
      [],
    ]);
    const actions = (await auditEventsAbout(user.id)).map(({ action }) => action);
    expect(actions).toEqual([...Array(10).fill("session.create"), "sign-in.lock", "session.create"]);
  });

  it("hold while Redis is away, and keep nobody else out (ASVS V16.5.3)", async () => {
    const user = await makeAccount();
    vi.spyOn(redisClient.get(), "sendCommand").mockRejectedValue(new Error("Redis is away"));
    expect(await failFromAnywhere(user.email, 11)).toEqual([...Array(10).fill(401), 429]);
    const other = await makeAccount();
    expect((await makeBrowser().signIn(other.email, password)).status).toBe(200);
  });
});
