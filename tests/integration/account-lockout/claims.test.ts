import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startAccountAttempt } from "@/lib/account-lockout/account-attempt";
import { forgetFailures } from "@/lib/account-lockout/forget-failures";
import type { ProvedDevice } from "@/lib/account-lockout/recognise-device";
import { newId } from "@/lib/db/new-id";
import { prismaClient } from "@/lib/db/prisma-client";
import { sweepAccountLockouts } from "@/lib/jobs/maintenance-tasks";
import { makeUser } from "../../support/factories";
import { startTestRuntime, type TestRuntime } from "../../support/test-runtime";
import { type Attempt, attempt, type LockoutModel, pass } from "./lockout-model";

// Claims by themselves, without the limiter before them and without a password behind them.

let runtime: TestRuntime;

beforeAll(async () => {
  runtime = await startTestRuntime();
});
afterAll(() => runtime.stop());

const digest = "account_digest = sha256(convert_to($1, 'UTF8'))";
const someAddress = () => `${newId()}@example.com`;

/** Lets so many seconds pass for one address. */
async function wait(email: string, seconds: number): Promise<void> {
  await runtime.asSuperuser(
    `update account_lockout set locked_until = locked_until - $2 * interval '1 second',
       last_tried_at = last_tried_at - $2 * interval '1 second' where ${digest}`,
    [email, seconds],
  );
}

type Row = { failures: number; device_failures: number; carried: number; locked_for_good: boolean };

async function rowOf(email: string): Promise<Row | undefined> {
  const rows = await runtime.asSuperuser<Row>(
    `select stranger_claims - stranger_cleared as failures, device_claims - device_cleared as device_failures, carried,
       locked_for_good from account_lockout where ${digest}`,
    [email],
  );
  return rows[0];
}

/** An attempt with a wrong password: the seconds to wait where it was refused, else the lock that it made. */
async function fail(email: string, proved: ProvedDevice | null = null) {
  const wrong = startAccountAttempt(email, proved);
  const refused = await wrong.claim();
  if (refused) return { refused: refused.retryAfterSeconds, lock: null };
  return { refused: null, lock: await prismaClient.get().$transaction((tx) => wrong.fail(tx)) };
}

/** An attempt with the right password: whether it was let through. */
async function succeed(email: string, proved: ProvedDevice | null = null): Promise<boolean> {
  const right = startAccountAttempt(email, proved);
  if (await right.claim()) return false;
  await right.succeed();
  return true;
}

/** Fails until strangers are kept out for good, and lets the time of every lock pass. */
async function exhaust(email: string): Promise<number> {
  let tried = 0;
  for (;;) {
    const { refused, lock } = await fail(email);
    if (refused !== null) return tried;
    tried += 1;
    if (lock) await wait(email, 24 * 3600);
  }
}

async function knownDevice(): Promise<ProvedDevice & { email: string }> {
  const { id: userId, email } = await makeUser();
  return { userId, email, provedAt: new Date() };
}

describe("claims before a password is tried", () => {
  it("of sixty-four at once admit ten, and all others wait", async () => {
    const email = someAddress();
    const answers = await Promise.all(Array.from({ length: 64 }, () => fail(email)));
    expect(answers.filter(({ refused }) => refused === null)).toHaveLength(10);
    expect(answers.filter(({ lock }) => lock !== null)).toHaveLength(1);
    expect((await rowOf(email))?.failures).toBe(10);
  });

  it("admit ninety in a row and never one more, whatever time passes", async () => {
    const email = someAddress();
    expect(await exhaust(email)).toBe(90);
    await wait(email, 400 * 24 * 3600);
    const answers = await Promise.all(Array.from({ length: 20 }, () => fail(email)));
    expect(answers.map(({ refused }) => refused)).toEqual(Array(20).fill(7 * 24 * 3600));
  });

  it("keep ten for browsers that the account knows, after which these are strangers: a hundred in all", async () => {
    const { email, ...proved } = await knownDevice();
    expect(await exhaust(email)).toBe(90);
    const answers = await Promise.all(Array.from({ length: 64 }, () => fail(email, proved)));
    expect(answers.filter(({ refused }) => refused === null)).toHaveLength(10);
    expect(await rowOf(email)).toMatchObject({ failures: 90, device_failures: 10, locked_for_good: true });
    expect((await fail(email)).refused).not.toBeNull();
  });

  it("let a known browser that has used its ten up go on among the strangers while these are not locked", async () => {
    const { email, ...proved } = await knownDevice();
    const answers = [];
    for (let count = 0; count < 21; count += 1) answers.push((await fail(email, proved)).refused === null);
    expect(answers).toEqual([...Array(20).fill(true), false]);
  });

  it("take nobody's word for being known: another user's proof, an older one than was disowned, one for no account", async () => {
    const [{ email, ...proved }, other] = [await knownDevice(), await knownDevice()];
    await exhaust(email);
    expect((await fail(email, { userId: other.userId, provedAt: new Date() })).refused).not.toBeNull();
    const unknown = someAddress();
    await exhaust(unknown);
    expect((await fail(unknown, proved)).refused).not.toBeNull();
    await runtime.asSuperuser(
      `insert into new_device_link (token_hash, user_id, device_id, session_ids, expires_at, redeemed_at)
       values ($2, $1, 'x', array[gen_random_uuid()], now(), now())`,
      [proved.userId, "ab".repeat(32)],
    );
    expect((await fail(email, proved)).refused).not.toBeNull();
    expect((await fail(email, { ...proved, provedAt: new Date(Date.now() + 5_000) })).refused).toBeNull();
  });

  it("are forgotten with a success, as far as they were begun before it", async () => {
    const email = someAddress();
    for (let count = 0; count < 4; count += 1) await fail(email);
    const right = startAccountAttempt(email, null);
    await right.claim();
    // Begun after the right one, and failed before that is known.
    for (let count = 0; count < 3; count += 1) await fail(email);
    await right.succeed();
    expect((await rowOf(email))?.failures).toBe(3);
  });

  it("lock nobody where the tenth of a row was right, nor where it came to nothing", async () => {
    for (const end of ["succeed", "withdraw"] as const) {
      const email = someAddress();
      for (let count = 0; count < 9; count += 1) await fail(email);
      const tenth = startAccountAttempt(email, null);
      expect([await tenth.claim(), tenth.fills()]).toEqual([null, true]);
      expect((await fail(email)).refused).toBe(60);
      await tenth[end]();
      expect(await rowOf(email)).toMatchObject({ failures: end === "succeed" ? 0 : 9 });
      expect((await fail(email)).refused).toBeNull();
    }
  });

  it("leave strangers locked out while the holder signs in from a known browser", async () => {
    const { email, ...proved } = await knownDevice();
    for (let count = 0; count < 10; count += 1) await fail(email);
    expect(await succeed(email, proved)).toBe(true);
    expect((await fail(email)).refused).toBeGreaterThan(800);
    await wait(email, 900);
    expect(await succeed(email, proved)).toBe(true);
    expect(await rowOf(email)).toMatchObject({ failures: 0 });
  });
});

describe("forgetting", () => {
  it("frees strangers and known browsers at once, and says what there was", async () => {
    const { email, ...proved } = await knownDevice();
    await exhaust(email);
    await fail(email, proved);
    expect(await forgetFailures(prismaClient.get(), email)).toEqual({
      failures: 90,
      deviceFailures: 1,
      lockedUntil: null,
      lockedForGood: true,
    });
    expect(await forgetFailures(prismaClient.get(), email)).toBeNull();
    expect([await exhaust(email)]).toEqual([90]);
  });

  it("does not undo what is tried meanwhile: an attempt from before it clears nothing that came after", async () => {
    const email = someAddress();
    const before = startAccountAttempt(email, null);
    await before.claim();
    await forgetFailures(prismaClient.get(), email);
    for (let count = 0; count < 5; count += 1) await fail(email);
    await before.succeed();
    expect((await rowOf(email))?.failures).toBe(5);
  });

  it("happens by itself after thirty quiet days; an account's failures go on counting towards the bound alone", async () => {
    const [known, unknown, locked, quiet] = [(await makeUser()).email, someAddress(), someAddress(), someAddress()];
    for (const email of [known, unknown]) for (let count = 0; count < 9; count += 1) await fail(email);
    await exhaust(locked);
    await fail(quiet);
    for (const email of [known, unknown, locked]) await wait(email, 31 * 24 * 3600);
    await sweepAccountLockouts();
    expect(await Promise.all([known, unknown, locked, quiet].map(rowOf))).toMatchObject([
      { failures: 0, carried: 9 },
      undefined,
      { failures: 90, locked_for_good: true },
      { failures: 1 },
    ]);
    // To whoever tries both are alike again, until the known one comes to its bound.
    for (const email of [known, unknown]) {
      const waits = [];
      for (let count = 0; count < 10; count += 1) waits.push((await fail(email)).lock?.firstInRow ?? null);
      expect(waits).toEqual([...Array(9).fill(null), true]);
      await wait(email, 24 * 3600);
    }
    expect([await exhaust(known), await exhaust(unknown)]).toEqual([90 - 19, 80]);
  });
});

describe("the schedule", () => {
  const act = fc.oneof(
    { weight: 8, arbitrary: fc.constant<Attempt>("stranger") },
    { weight: 3, arbitrary: fc.constant<Attempt>("device") },
    { weight: 1, arbitrary: fc.constantFrom<Attempt>("stranger-right", "device-right") },
    { weight: 2, arbitrary: fc.integer({ min: 60, max: 90_000 }) },
  );

  it("is what the database keeps to, over any sequence of failures, successes and pauses", async () => {
    const sequence = fc.asyncProperty(fc.array(act, { minLength: 10, maxLength: 60 }), async (acts) => {
      const { email, ...proved } = await knownDevice();
      const model: LockoutModel = { strangers: 0, devices: 0, waits: 0 };
      for (const one of acts) {
        if (typeof one === "number") {
          await wait(email, one);
          pass(model, one);
        } else {
          const tried = await isTried(email, one, one.startsWith("device") ? proved : null);
          expect([one, tried]).toEqual([one, attempt(model, one)]);
        }
      }
      const row = await rowOf(email);
      expect([row?.failures ?? 0, row?.device_failures ?? 0]).toEqual([model.strangers, model.devices]);
    });
    await fc.assert(sequence, { numRuns: 25 });
  });
});

async function isTried(email: string, act: Attempt, proved: ProvedDevice | null): Promise<boolean> {
  return act.endsWith("right") ? succeed(email, proved) : (await fail(email, proved)).refused === null;
}
