import { createHash } from "node:crypto";
import { setTimeout as delay } from "node:timers/promises";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { checkHistory } from "./checker/check-history";
import { createDealer, oneOf, someAddress } from "./clients/chance";
import { revocationOf, revoke, toCredentials } from "./clients/revocation-ways";
import { namingWays, warmUp } from "./clients/storm";
import { check } from "./clients/uses";
import type { Held } from "./clients/world";
import { type GatedBed, openGatedBed } from "./faults/gated-bed";
import { runFault } from "./faults/run-fault";
import { storeFaults } from "./faults/store-faults";
import { commits, fillsEntry, standsFence } from "./faults/wire-texts";
import { historySize } from "./history-size";
import { startRun } from "./run";

let bed: GatedBed;
beforeAll(async () => {
  bed = await openGatedBed();
  await warmUp(bed.driving);
}, historySize.patience);
afterAll(() => bed?.close());
beforeEach(async () => {
  // Fences for all would keep the cache out, and with it everything that could go wrong.
  await flush();
  await bed.driving.world.renewOperators();
});
afterEach(() => {
  for (const { postgres, redis } of bed.gates) for (const gate of [postgres, redis]) gate.open();
});

/** The instance that revokes, and the one that goes on reading. */
const [revoker, reader] = [0, 1];

async function someSession(): Promise<Held> {
  const person = oneOf(bed.driving.world.people);
  const [held] = await bed.driving.world.seed([{ person, tenantId: null, address: someAddress() }]);
  if (!held) throw new Error("No session was made.");
  return held;
}

function revokeSession(held: Held) {
  const call = { method: "DELETE", path: `/api/v1/sessions/${held.credential.sessionId}` };
  return revoke(bed.driving, revoker, { way: "revoke-one", coverage: toCredentials([held]), call });
}

const flush = () => bed.stores.withRedis((client) => client.flushall());

/** Scripts that Redis has run, as those that fill are. */
async function countScripts(): Promise<number> {
  const statistics = await bed.stores.withRedis((client) => client.info("commandstats"));
  return Number(/^cmdstat_eval:calls=(\d+)/m.exec(statistics)?.[1] ?? 0);
}

const everywhere = (held: Held) => Promise.all([revoker, reader].map((instance) => check(bed.driving, held, instance)));

test("Redis flushed between the fence and the commit: whoever cached the session meanwhile does not believe it after the answer", async () => {
  const held = await someSession();
  await everywhere(held);
  const { postgres, redis } = bed.gates[revoker] ?? unreachable();
  const fenced = redis.seen(standsFence);
  const hold = postgres.holdFrom(commits);
  const revoked = revokeSession(held);
  await reached(Promise.all([fenced, hold.held]), revoked);
  await flush();
  // Not committed yet, so it is alive, and with the fence gone it may be cached.
  expect(await check(bed.driving, held, reader)).toBe("accepted");
  expect(await check(bed.driving, held, reader)).toBe("accepted");
  hold.release();
  await revoked;
  await everywhere(held);
  expect(checkHistory(bed.driving.world.recorder)).toEqual([]);
});

test("Redis flushed right after the answer, fences and all: nobody is revived", async () => {
  for (let time = 0; time < 20; time += 1) {
    const held = await someSession();
    await everywhere(held);
    const { outcome } = await revokeSession(held);
    await flush();
    const answers = await Promise.all([everywhere(held), everywhere(held)]);
    expect(outcome === "done" ? answers.flat() : ["refused"]).not.toContain("accepted");
  }
  expect(checkHistory(bed.driving.world.recorder)).toEqual([]);
});

test("Redis started from a snapshot in which sessions are cached that have been revoked since: they stay dead", async () => {
  const sessions = await Promise.all(Array.from({ length: 10 }, someSession));
  for (const held of sessions) await everywhere(held);
  expect(await cachedEntries(sessions)).toHaveLength(sessions.length);
  await bed.stores.redis.snapshot();
  for (const held of sessions) await revokeSession(held);
  const mend = bed.driving.world.recorder.disturb("Redis started from a snapshot");
  await bed.stores.redis.kill();
  await bed.stores.redis.start("snapshot");
  expect(await cachedEntries(sessions)).toHaveLength(sessions.length);
  for (const instance of [revoker, reader]) await vi.waitUntil(() => isReady(instance), { timeout: 60_000 });
  mend();
  for (const held of sessions) expect(await everywhere(held)).toEqual(["refused", "refused"]);
  expect(checkHistory(bed.driving.world.recorder)).toEqual([]);
});

test.each([
  ["and the fence still stands", async () => {}],
  ["and Redis has been flushed", () => flush()],
  ["and the lease has run out", () => delay(5_500)],
])(
  "a reader that pauses between look-up and fill until the session has been revoked, %s, caches nothing",
  async (_, meanwhile) => {
    const held = await someSession();
    const { redis } = bed.gates[reader] ?? unreachable();
    const hold = redis.holdFrom(fillsEntry);
    const looked = check(bed.driving, held, reader);
    await hold.held;
    await revokeSession(held);
    await meanwhile();
    const before = await countScripts();
    hold.release();
    await looked;
    await vi.waitUntil(async () => (await countScripts()) > before, { timeout: 10_000 });
    expect(await everywhere(held)).toEqual(["refused", "refused"]);
    expect(await cachedEntries([held])).toEqual([]);
    expect(checkHistory(bed.driving.world.recorder)).toEqual([]);
  },
);

test("an instance killed between the commit and the second fence: the other one finishes its receipt within the stated time", async () => {
  const { recorder } = bed.driving.world;
  const held = await someSession();
  await everywhere(held);
  const { redis, postgres } = bed.gates[revoker] ?? unreachable();
  const invoked = performance.now();
  const { coverage, call } = revocationOf(held.person);
  const fenced = redis.seen(standsFence);
  const revoked = revoke(bed.driving, revoker, { way: "revoke-user", coverage, call });
  await reached(fenced, revoked);
  await reached(postgres.seen(commits), revoked);
  const hold = redis.holdFrom(standsFence);
  await reached(hold.held, revoked);
  const mend = recorder.disturb("an instance killed between commit and fence");
  await bed.instances.kill(revoker);
  expect((await revoked).outcome).toBe("unknown");
  hold.release();
  const committed = performance.now();
  const receipt = await finishedReceipt(held.person.id);
  const finished = performance.now();
  process.stdout.write(
    `${JSON.stringify({ finishedByTheOtherAfterSeconds: (finished - committed) / 1_000, ...receipt })}\n`,
  );
  recorder.addEnd({
    ...{ way: "finished by the other instance", coverage, except: [], pinned: invoked, invoked, returned: finished },
    ...{ outcome: "done", window: 0, requestId: null },
  });
  expect(await check(bed.driving, held, reader)).toBe("refused");
  await bed.instances.restart(revoker);
  mend();
  await everywhere(held);
  expect(checkHistory(recorder)).toEqual([]);
});

/** Seconds that no request may take, whatever is broken: five times what is promised, for busy machines. */
const hangingSeconds = 10;

test(
  "through every fault of the stores and the death of an instance: A to E hold, and nothing hangs",
  async () => {
    const run = await startRun("faults", bed.driving, { promised: { ...historySize.faults, ways: namingWays } });
    const nextKind = createDealer(namingWays);
    const nextFault = createDealer(storeFaults.map((fault) => [fault, 1] as const));
    for (let count = 0; count < storeFaults.length || run.isShort(); count += 1) {
      const fault = nextFault();
      const figures = await runFault(bed, fault, nextKind);
      process.stdout.write(`${JSON.stringify(figures)}\n`);
      expect(figures.slowest, fault.name).toBeLessThan(hangingSeconds * 1_000);
    }
    expect(await run.finish()).toEqual([]);
  },
  historySize.patience,
);

// A request that is over without having come to its place proves nothing.
async function reached(place: Promise<unknown>, request: Promise<unknown>): Promise<void> {
  const missed = request.then((answer) => {
    throw new Error(`The request was answered before: ${JSON.stringify(answer)}`);
  });
  await Promise.race([place, missed]);
}

type Finished = { redisStatus: string; worstCaseSeconds: number };

/** Milliseconds for which the other instance's job is waited for; its promise is stated by the receipt. */
const jobPatience = 90_000;

async function finishedReceipt(userId: string): Promise<Finished> {
  const deadline = Date.now() + jobPatience;
  for (;;) {
    const [found] = await bed.stores.asSuperuser<Finished>(
      `select redis_status as "redisStatus", worst_case_seconds as "worstCaseSeconds" from revocation_receipt
       where target_id = $1 and completed_at is not null order by requested_at desc limit 1`,
      [userId],
    );
    if (found) return found;
    if (Date.now() > deadline) throw new Error("The receipt was not finished.");
    await delay(100);
  }
}

const isReady = async (instance: number) => (await bed.instances.readiness(instance)) === 200;

async function cachedEntries(sessions: readonly Held[]): Promise<string[]> {
  const keys = await bed.stores.withRedis((client) => client.keys("*:s:*"));
  const hashes = sessions.map(hashOf);
  return keys.filter((key) => hashes.some((hash) => key.endsWith(hash)));
}

function hashOf({ cookie }: Held): string {
  const token = decodeURIComponent(cookie.slice(cookie.indexOf("=") + 1)).split(".")[0] ?? "";
  return createHash("sha256").update(token).digest("hex");
}

function unreachable(): never {
  throw new Error("There is no such instance.");
}
