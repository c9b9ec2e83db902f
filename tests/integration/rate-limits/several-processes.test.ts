import { randomBytes } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { runOperation } from "@/lib/operations/run-operation";
import { createRateLimitBlock } from "@/lib/rate-limit-monitor/create-rate-limit-block";
import { deleteRateLimitBlock } from "@/lib/rate-limit-monitor/delete-rate-limit-block";
import type { Charge, Decision } from "@/lib/rate-limits/decide";
import { ruleCatalogue } from "@/lib/rate-limits/rule-catalogue";
import { again, platformCaller } from "@/tests/support/people";
import { startTestRuntime, type TestRuntime } from "@/tests/support/test-runtime";
import { until } from "@/tests/support/until";
import { type LimiterProcess, startLimiterProcess } from "./limiter-process";

const hour = 3_600_000;
const facts = { tenantId: null, path: "/sign-in/email", address: null };
const { limit, windowSeconds } = ruleCatalogue["sign-in-account"];

let runtime: TestRuntime;
let one: LimiterProcess;
let other: LimiterProcess;
const start = (clockSkew = 0) => startLimiterProcess({ ...runtime.database, clockSkew, patient: true });

beforeAll(async () => {
  runtime = await startTestRuntime();
  one = await start();
  // An hour ahead of the other, which is an hour behind.
  other = await start(hour);
});
afterAll(async () => {
  await one.kill();
  await other.kill();
  await runtime.stop();
});

const account = (): Charge[] => [{ rule: "sign-in-account", subject: `${randomBytes(8).toString("hex")}@example.com` }];
const allowed = (decisions: Decision[]) => decisions.filter((decision) => decision.allowed).length;

describe("a limit that several processes share", () => {
  it("is never exceeded by 64 clients at once, nor after one of the processes has been killed and replaced", async () => {
    const charges = account();
    const both = await Promise.all([one.decide(charges, facts, 32), other.decide(charges, facts, 32)]);
    expect(allowed(both.flat())).toBe(limit);
    await other.kill();
    other = await start(hour);
    const again = await Promise.all([one.decide(charges, facts, 32), other.decide(charges, facts, 32)]);
    expect(allowed(again.flat())).toBe(0);
  });

  it("is the same for a process whose clock is wrong by an hour, whichever comes first", async () => {
    for (const [first, second] of [
      [one, other],
      [other, one],
    ] as const) {
      const charges = account();
      expect(allowed(await first.decide(charges, facts, limit - 1))).toBe(limit - 1);
      expect(allowed(await second.decide(charges, facts, 5))).toBe(1);
      for (const process of [first, second]) {
        const [refused] = await process.decide(charges, facts, 1);
        if (!refused || refused.allowed) throw new Error("It is full.");
        expect(refused.retryAfterSeconds).toBeLessThanOrEqual(windowSeconds);
        expect(refused.retryAfterSeconds).toBeGreaterThan(windowSeconds - 120);
      }
    }
  });

  it("is the same for a rate, by the one clock of Redis", async () => {
    const caller: Charge[] = [{ rule: "invitation-mail-tenant", subject: randomBytes(8).toString("hex"), cost: 100 }];
    const both = await Promise.all([one.decide(caller, facts, 32), other.decide(caller, facts, 32)]);
    expect(allowed(both.flat())).toBe(ruleCatalogue["invitation-mail-tenant"].limit / 100);
  });

  it("holds as it was changed in every process, without anybody telling them", async () => {
    const charges = (): Charge[] => [{ rule: "unlock-link", subject: `10.${randomBytes(3).join(".")}` }];
    await one.decide(charges(), facts, 1);
    await runtime.asSuperuser(
      `insert into rate_limit_rule (rule, limit_count, window_seconds, updated_by_type, updated_by_name)
       values ('unlock-link', 7, 900, 'user', 'Somebody')`,
    );
    for (const process of [one, other])
      await until(async () => (await process.decide(charges(), facts, 1))[0]?.limit === 7, 10_000);
    expect(allowed(await other.decide(charges(), facts, 20))).toBe(7);
  });

  it("is none for whom an operator blocks through one process: another refuses as well, until the block goes", async () => {
    const operator = await platformCaller("support");
    const subject = `10.${randomBytes(3).join(".")}`;
    const ask = async () => (await other.decide([{ rule: "auth-address", subject }], facts, 1))[0];
    expect(await ask()).toMatchObject({ allowed: true });
    const end = new Date(Date.now() + 3_600_000).toISOString();
    const wanted = { dimension: "address", subject, until: end, reason: "an attack" };
    const block = await runOperation(createRateLimitBlock, operator, wanted);
    await until(async () => (await ask())?.allowed === false, 10_000);
    expect(await ask()).toMatchObject({ allowed: false, rule: "auth-address", blockId: block.id });
    await runOperation(deleteRateLimitBlock, again(operator), { blockId: block.id, reason: "over" });
    await until(async () => (await ask())?.allowed === true, 10_000);
  });
});
