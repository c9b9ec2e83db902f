import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { loadGrants } from "@/lib/auth/load-grants";
import { checkReadiness } from "@/lib/observability/health-checks";
import { runOperation } from "@/lib/operations/run-operation";
import { redisRun } from "@/lib/redis/redis-run";
import { checkSession } from "@/lib/sessions/check-session";
import { createCircuitBreaker, sessionBreakers } from "@/lib/sessions/circuit-breaker";
import { finishRevocation } from "@/lib/sessions/finish-revocation";
import { getReceipt } from "@/lib/sessions/get-receipt";
import { replaceGrantsVersion } from "@/lib/sessions/grants-version";
import { revokeUserSessions } from "@/lib/sessions/revoke-user-sessions";
import { createSessionPool, sessionPool } from "@/lib/sessions/session-store";
import { platformContext } from "@/tests/support/contexts";
import { makeUser } from "@/tests/support/factories";
import { until } from "@/tests/support/until";
import { startOwnRedis } from "./own-redis";
import { historyOf, makeSession, makeSessions, openSessionBed } from "./session-bed";

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
beforeEach(async () => {
  await redis.start();
  await until(() => redisRun.get().current() !== null);
});

const owner = platformContext("owner");

async function stopRedis(): Promise<void> {
  await redis.stop();
  await until(() => redisRun.get().current() === null);
}

test("without Redis sessions are checked in Postgres, and revoked ones are refused", async () => {
  const user = await makeUser();
  const session = await makeSession(user.id);
  await checkSession(session.tokenHash);
  await stopRedis();
  expect(await checkSession(session.tokenHash)).not.toBeNull();
  await runOperation(revokeUserSessions, owner, { userId: user.id });
  expect(await checkSession(session.tokenHash)).toBeNull();
});

test("ready means that session checks are served: a store that answers again is asked by them at once", async () => {
  const { redis: cache, postgres } = sessionBreakers.get();
  for (const breaker of [cache, postgres]) {
    for (let failure = 0; failure < 3; failure += 1) breaker.failed();
    expect(breaker.admits()).toBe(false);
  }
  expect(await checkReadiness()).toMatchObject({ status: "ready" });
  expect([cache.admits(), postgres.admits()]).toEqual([true, true]);
});

test("a revocation promises nothing sooner than an earlier one whose fences do not stand yet", async () => {
  const user = await makeUser();
  await makeSession(user.id);
  await stopRedis();
  const pending = await runOperation(revokeUserSessions, owner, { userId: user.id });
  await redis.start();
  await until(() => redisRun.get().current() !== null);
  const again = await runOperation(revokeUserSessions, owner, { userId: user.id });
  expect(again).toMatchObject({ status: "complete", matched: 0, effectiveAt: pending.effectiveAt });
  expect(again.worstCaseSeconds).toBeGreaterThan(0);
  expect(again.worstCaseSeconds).toBeLessThanOrEqual(30);

  expect(await finishRevocation(pending.id, { graceSeconds: 0 })).toBe(true);
  expect(await runOperation(revokeUserSessions, owner, { userId: user.id })).toMatchObject({ worstCaseSeconds: 0 });
});

test("a revocation without Redis says so, names the worst case, and is completed by its job once Redis is back", async () => {
  const user = await makeUser();
  const sessions = await makeSessions(user.id, 3);
  await stopRedis();
  const pending = await runOperation(revokeUserSessions, owner, { userId: user.id, reason: "stolen" });
  expect(pending).toMatchObject({
    status: "pending",
    completedAt: null,
    matched: 3,
    ended: 3,
    stores: { postgres: { status: "committed" }, redis: { status: "pending", at: null } },
    worstCaseSeconds: 30,
    verified: { checked: 3, stillAccepted: 0 },
  });
  const committedAt = Date.parse(pending.stores.postgres.at);
  expect(Date.parse(pending.effectiveAt ?? "") - committedAt).toBe(30_000);
  for (const { id } of sessions)
    expect(await historyOf(id)).toMatchObject({ endReason: "revoked", receiptId: pending.id });

  expect(await finishRevocation(pending.id, { graceSeconds: 0 })).toBe(false);
  expect(await runOperation(getReceipt, owner, { receiptId: pending.id })).toMatchObject({ status: "pending" });

  await redis.start();
  await until(() => redisRun.get().current() !== null);
  expect(await finishRevocation(pending.id, { graceSeconds: 0 })).toBe(true);
  const complete = await runOperation(getReceipt, owner, { receiptId: pending.id });
  expect(complete).toMatchObject({
    status: "complete",
    stores: { redis: { status: "fenced" } },
    // What it was is part of the record.
    worstCaseSeconds: 30,
    matched: 3,
  });
  expect(Date.parse(complete.effectiveAt ?? "")).toBeLessThanOrEqual(Date.parse(pending.effectiveAt ?? ""));
  expect(await finishRevocation(pending.id, { graceSeconds: 0 })).toBe(true);
});

test("a Redis that keeps its connections and answers nothing is as good as gone: checks go to Postgres, receipts say so", async () => {
  const user = await makeUser();
  const session = await makeSession(user.id);
  await checkSession(session.tokenHash);
  redis.pause();
  try {
    for (let attempt = 0; attempt < 5; attempt += 1) expect(await checkSession(session.tokenHash)).not.toBeNull();
    const receipt = await runOperation(revokeUserSessions, owner, { userId: user.id });
    expect(receipt).toMatchObject({
      status: "pending",
      stores: { redis: { status: "pending" } },
      worstCaseSeconds: 30,
    });
    expect(await checkSession(session.tokenHash)).toBeNull();
  } finally {
    redis.resume();
  }
});

test("a job that comes while the answer is still being made leaves the fences to whoever answers", async () => {
  const user = await makeUser();
  await stopRedis();
  const pending = await runOperation(revokeUserSessions, owner, { userId: user.id });
  await redis.start();
  await until(() => redisRun.get().current() !== null);
  expect(await finishRevocation(pending.id)).toBe(false);
  expect(await runOperation(getReceipt, owner, { receiptId: pending.id })).toMatchObject({ status: "pending" });
});

test("with Redis and Postgres gone nobody is accepted and nobody is signed out: UNAVAILABLE", async () => {
  const { tokenHash } = await makeSession((await makeUser()).id);
  await stopRedis();
  const pool = sessionPool.get();
  const nowhere = openNowhere();
  sessionPool.set(nowhere);
  try {
    for (let attempt = 0; attempt < 6; attempt += 1) {
      await expect(checkSession(tokenHash)).rejects.toMatchObject({ code: "UNAVAILABLE" });
    }
  } finally {
    sessionPool.set(pool);
    await nowhere.end();
    sessionBreakers.get().postgres.succeeded();
  }
  expect(await checkSession(tokenHash)).not.toBeNull();
});

test("with Postgres gone a cached session is accepted, and one that is not cached is UNAVAILABLE", async () => {
  const user = await makeUser();
  const [cached, uncached] = [await makeSession(user.id), await makeSession(user.id)];
  sessionBreakers.set({ redis: createCircuitBreaker(), postgres: createCircuitBreaker() });
  expect(await checkSession(cached.tokenHash)).not.toBeNull();
  const pool = sessionPool.get();
  const nowhere = openNowhere();
  sessionPool.set(nowhere);
  try {
    expect(await checkSession(cached.tokenHash)).not.toBeNull();
    await expect(checkSession(uncached.tokenHash)).rejects.toMatchObject({ code: "UNAVAILABLE" });
  } finally {
    sessionPool.set(pool);
    await nowhere.end();
    sessionBreakers.get().postgres.succeeded();
  }
});

test("what somebody may do is forgotten everywhere when the grants version is replaced, and not before", async () => {
  const { builtInRoleId } = await import("@/lib/authorization/built-in-roles");
  const { withScope } = await import("@/lib/db/scoped-transaction");
  const user = await makeUser({ platformRole: "support" });
  const { tokenHash } = await makeSession(user.id);
  const ask = async () => {
    const check = await checkSession(tokenHash);
    return loadGrants({ userId: user.id, tenantId: null, version: check?.grantsVersion ?? null });
  };
  await ask();
  expect((await ask()).roles).toEqual(["support"]);
  await withScope({ kind: "platform" }, (tx) =>
    tx.platformRoleAssignment.deleteMany({ where: { userId: user.id, roleId: builtInRoleId("platform", "support") } }),
  );
  expect((await ask()).roles).toEqual(["support"]);
  expect(await replaceGrantsVersion()).toBe(true);
  expect((await ask()).roles).toEqual([]);
});

function openNowhere() {
  const databaseUrl = "postgresql://nobody@127.0.0.1:1/none";
  return createSessionPool({ databaseUrl, max: 1, patienceMilliseconds: 2_000, onError: () => {} });
}
