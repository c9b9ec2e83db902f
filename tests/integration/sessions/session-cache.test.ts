import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { withScope } from "@/lib/db/scoped-transaction";
import { runOperation } from "@/lib/operations/run-operation";
import { redisClient } from "@/lib/redis/redis-client";
import { entryKey, leaseKey } from "@/lib/redis/redis-keys";
import { redisRun } from "@/lib/redis/redis-run";
import { checkSession, tryToken } from "@/lib/sessions/check-session";
import { encodeCheckedSession } from "@/lib/sessions/checked-session";
import { revokeSession } from "@/lib/sessions/revoke-session";
import { revokeUserSessions } from "@/lib/sessions/revoke-user-sessions";
import { fillCache, readCache, takeLease } from "@/lib/sessions/session-cache";
import { standFences } from "@/lib/sessions/session-fences";
import { findAliveSession } from "@/lib/sessions/session-store";
import { platformContext } from "@/tests/support/contexts";
import { makeUser } from "@/tests/support/factories";
import { until } from "@/tests/support/until";
import { startOwnRedis } from "./own-redis";
import { makeSession, makeSessions, openSessionBed } from "./session-bed";

let redis: Awaited<ReturnType<typeof startOwnRedis>>;
let bed: Awaited<ReturnType<typeof openSessionBed>>;
beforeAll(async () => {
  redis = await startOwnRedis();
  bed = await openSessionBed({ redisUrl: redis.redisUrl });
});
afterAll(async () => {
  await bed.close();
  await redis.remove();
});
beforeEach(() => until(() => redisRun.get().current() !== null));

const owner = () => platformContext("owner");

/** A check, stopped in the middle: Postgres has answered, the cache has not been filled. */
async function pausedReader(tokenHash: string) {
  const cached = await readCache(tokenHash);
  const nonce = await takeLease(tokenHash);
  const found = await findAliveSession(tokenHash);
  if (!cached || nonce === null || !found) throw new Error("The reader was to find a live session.");
  const { session, remainingMilliseconds } = found;
  const entry = encodeCheckedSession(session);
  return () => fillCache({ run: cached.run, tokenHash, nonce, entry, remainingMilliseconds });
}

async function cachedEntry(tokenHash: string): Promise<string | null> {
  return redisClient.get().get(entryKey(redisRun.get().current() ?? "", tokenHash));
}

describe("a reader that was paused between Postgres and the cache", () => {
  test("fills when nothing has happened meanwhile", async () => {
    const { tokenHash } = await makeSession((await makeUser()).id);
    const resume = await pausedReader(tokenHash);
    expect(await resume()).toBe(true);
    expect(await cachedEntry(tokenHash)).not.toBeNull();
  });

  test("never fills after a revocation", async () => {
    const { id, tokenHash } = await makeSession((await makeUser()).id);
    const resume = await pausedReader(tokenHash);
    await runOperation(revokeSession, owner(), { sessionId: id });
    expect(await resume()).toBe(false);
    expect(await cachedEntry(tokenHash)).toBeNull();
    expect(await tryToken(tokenHash)).toBeNull();
  });

  test("never fills after a revocation whose fences were flushed away", async () => {
    const { id, tokenHash } = await makeSession((await makeUser()).id);
    const resume = await pausedReader(tokenHash);
    await runOperation(revokeSession, owner(), { sessionId: id });
    await redisClient.get().flushall();
    expect(await resume()).toBe(false);
    expect(await tryToken(tokenHash)).toBeNull();
  });

  test("never fills once its lease has run out or another reader holds it", async () => {
    const { tokenHash } = await makeSession((await makeUser()).id);
    const first = await pausedReader(tokenHash);
    const second = await pausedReader(tokenHash);
    expect(await first()).toBe(false);
    await redisClient.get().del(leaseKey(tokenHash));
    expect(await second()).toBe(false);
  });

  test("never fills behind a fence that covers everybody", async () => {
    const { tokenHash } = await makeSession((await makeUser()).id);
    const resume = await pausedReader(tokenHash);
    await standFences("all");
    expect(await resume()).toBe(false);
    await redisClient.get().flushall();
  });
});

test("a flush between the first fence and the commit opens no window: what was filled in it is not believed", async () => {
  const user = await makeUser();
  const { tokenHash } = await makeSession(user.id);
  let refilled: string | null = null;
  const flushing: typeof revokeUserSessions = {
    ...revokeUserSessions,
    run: async (tools, input) => {
      const done = await revokeUserSessions.run(tools, input);
      tools.beforeCommit(async () => {
        await redisClient.get().flushall();
        expect(await tryToken(tokenHash)).not.toBeNull();
        refilled = await cachedEntry(tokenHash);
      });
      return done;
    },
  };
  const receipt = await runOperation(flushing, owner(), { userId: user.id });
  expect(refilled).not.toBeNull();
  expect(await tryToken(tokenHash)).toBeNull();
  expect(receipt).toMatchObject({
    stores: { redis: { status: "fenced" } },
    verified: { checked: 1, stillAccepted: 0 },
  });
});

test("readers that were paused in that window never fill after the answer: the second fences stand", async () => {
  const user = await makeUser();
  // More than the revocation tries itself: a try takes the lease, which alone would stop a reader.
  const sessions = await makeSessions(user.id, 30);
  let resume: (() => Promise<boolean>)[] = [];
  const flushing: typeof revokeUserSessions = {
    ...revokeUserSessions,
    run: async (tools, input) => {
      const done = await revokeUserSessions.run(tools, input);
      tools.beforeCommit(async () => {
        await redisClient.get().flushall();
        resume = await Promise.all(sessions.map(({ tokenHash }) => pausedReader(tokenHash)));
      });
      return done;
    },
  };
  await runOperation(flushing, owner(), { userId: user.id });
  expect(resume).toHaveLength(30);
  for (const fill of resume) expect(await fill()).toBe(false);
  for (const { tokenHash } of sessions) expect(await tryToken(tokenHash)).toBeNull();
});

test("an entry behind a fence is not believed, though nobody has removed it", async () => {
  const named = await makeSession((await makeUser()).id);
  const unnamed = await makeSession((await makeUser()).id);
  for (const { tokenHash } of [named, unnamed]) await checkSession(tokenHash);
  await withScope({ kind: "platform" }, (tx) =>
    tx.session.deleteMany({ where: { id: { in: [named.id, unnamed.id] } } }),
  );
  expect(await tryToken(named.tokenHash)).not.toBeNull();
  await standFences({ tokenHashes: [named.tokenHash] });
  expect(await tryToken(named.tokenHash)).toBeNull();
  expect(await tryToken(unnamed.tokenHash)).not.toBeNull();
  await standFences("all");
  expect(await tryToken(unnamed.tokenHash)).toBeNull();
  expect(await cachedEntry(unnamed.tokenHash)).not.toBeNull();
  await redisClient.get().flushall();
});

test("an entry of an earlier run of the server is not believed, even if a restart has brought it back", async () => {
  const { id, tokenHash } = await makeSession((await makeUser()).id);
  await checkSession(tokenHash);
  const earlierRun = redisRun.get().current() ?? "";
  const entry = (await cachedEntry(tokenHash)) ?? "";
  expect(entry).not.toBe("");
  await redis.stop();
  await until(() => redisRun.get().current() === null);
  await runOperation(revokeSession, owner(), { sessionId: id });
  await redis.start();
  await until(() => redisRun.get().current() !== null);
  expect(redisRun.get().current()).not.toBe(earlierRun);
  // As after a restart from a snapshot that was older than the revocation.
  await redisClient.get().set(entryKey(earlierRun, tokenHash), entry);
  expect(await tryToken(tokenHash)).toBeNull();
});

test("the connection's end is the end of the known run, before anything is read over the next one", async () => {
  expect(redisRun.get().current()).not.toBeNull();
  redisClient.get().disconnect(true);
  await until(() => redisRun.get().current() === null);
  expect(await readCache("0".repeat(64))).toBeNull();
  await until(() => redisRun.get().current() !== null);
});

describe("an entry lives", () => {
  test("for thirty seconds at most, counted from before Postgres was read", async () => {
    const { tokenHash } = await makeSession((await makeUser()).id);
    await checkSession(tokenHash);
    const left = await redisClient.get().pttl(entryKey(redisRun.get().current() ?? "", tokenHash));
    expect(left).toBeGreaterThan(0);
    expect(left).toBeLessThanOrEqual(30_000);
  });

  test("never longer than the session itself: neither past its limit nor past its idle deadline", async () => {
    const user = await makeUser();
    const expiring = await makeSession(user.id, { expiresAt: new Date(Date.now() + 9_000) });
    const idling = await makeSession(user.id, { idleSeconds: 9 });
    for (const { tokenHash } of [expiring, idling]) {
      await checkSession(tokenHash);
      const left = await redisClient.get().pttl(entryKey(redisRun.get().current() ?? "", tokenHash));
      expect(left).toBeGreaterThan(0);
      expect(left).toBeLessThanOrEqual(9_000);
    }
  });
});
