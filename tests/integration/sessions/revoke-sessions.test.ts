import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { newId } from "@/lib/db/new-id";
import { withScope } from "@/lib/db/scoped-transaction";
import { metrics } from "@/lib/observability/metrics";
import { runOperation } from "@/lib/operations/run-operation";
import { checkSession } from "@/lib/sessions/check-session";
import { recordOutcome } from "@/lib/sessions/receipt-repository";
import { revokeSession } from "@/lib/sessions/revoke-session";
import { revokeSessions } from "@/lib/sessions/revoke-sessions";
import { revokeUserSessions } from "@/lib/sessions/revoke-user-sessions";
import { platformContext, userActor } from "@/tests/support/contexts";
import { auditEventsAbout, auditEventsOf, makeUser } from "@/tests/support/factories";
import { asOwner, historyOf, makeSession, makeSessions, openSessionBed } from "./session-bed";

let bed: Awaited<ReturnType<typeof openSessionBed>>;
beforeAll(async () => {
  bed = await openSessionBed();
});
afterAll(() => bed.close());

const owner = () => platformContext("owner", { requestId: newId() });

/** Checks until the answer comes from the cache, so that what follows proves something about it. */
async function heat(tokenHash: string): Promise<void> {
  expect(await checkSession(tokenHash)).not.toBeNull();
  const before = await answered("cache");
  expect(await checkSession(tokenHash)).not.toBeNull();
  expect(await answered("cache")).toBe(before + 1);
}

async function answered(answer: string): Promise<number> {
  const { values } = await metrics.get().sessionChecks.get();
  return values.find(({ labels }) => labels.answer === answer)?.value ?? 0;
}

describe("ending every session of a user", () => {
  test("refuses each of them from the moment the answer is there, however hot the cache was", async () => {
    const user = await makeUser();
    const sessions = await makeSessions(user.id, 12);
    for (const { tokenHash } of sessions) await heat(tokenHash);
    const ctx = owner();
    const receipt = await runOperation(revokeUserSessions, ctx, { userId: user.id, reason: "stolen laptop" });
    for (const { tokenHash } of sessions) expect(await checkSession(tokenHash)).toBeNull();
    expect(receipt).toMatchObject({
      status: "complete",
      kind: "user",
      matched: 12,
      ended: 12,
      users: 1,
      reason: "stolen laptop",
      progress: { done: 12, total: 12 },
      stores: { postgres: { status: "committed" }, redis: { status: "fenced" } },
      worstCaseSeconds: 0,
      verified: { checked: 12, stillAccepted: 0 },
    });
    expect(receipt.effectiveAt).not.toBeNull();
    expect(receipt.completedAt).not.toBeNull();
    const { postgres, redis } = receipt.stores;
    const moments = [receipt.requestedAt, postgres.at, redis.at, receipt.completedAt];
    expect(moments).toEqual([...moments].sort());
    expect(receipt.effectiveAt).toBe(redis.at);
  });

  test("is told with the moment of each store, not with the one at which the receipt was written", async () => {
    const user = await makeUser();
    await makeSession(user.id);
    const { id } = await runOperation(revokeUserSessions, owner(), { userId: user.id });
    await asOwner(
      bed,
      `update revocation_receipt set committed_at = null, redis_fenced_at = null, effective_at = null where id = '${id}'`,
    );
    const verified = { checked: 1, stillAccepted: 0 };
    const row = await withScope({ kind: "platform" }, (tx) =>
      recordOutcome(tx, id, { committedAgo: 5_000, fencedAgo: 2_000, worstCaseSeconds: 0, verified }),
    );
    expect(row?.redisFencedAt).toEqual(row?.effectiveAt);
    expect(Number(row?.redisFencedAt) - Number(row?.committedAt)).toBe(3_000);
  });

  test("leaves the history of each with reason, actor and receipt, and exactly one audit event about the user", async () => {
    const user = await makeUser();
    const sessions = await makeSessions(user.id, 3);
    const ctx = owner();
    const receipt = await runOperation(revokeUserSessions, ctx, { userId: user.id, reason: "left the company" });
    for (const { id } of sessions) {
      expect(await historyOf(id)).toMatchObject({
        userId: user.id,
        endReason: "revoked",
        endedByType: "user",
        endedById: ctx.actor.id,
        receiptId: receipt.id,
      });
    }
    const events = await auditEventsAbout(user.id);
    expect(events.map(({ action, outcome, reason }) => ({ action, outcome, reason }))).toEqual([
      { action: "session.revoke", outcome: "success", reason: "left the company" },
    ]);
    expect(events[0]?.details).toEqual({ receiptId: receipt.id, kind: "user", matched: 3 });
  });

  test("of a user without any gives a complete receipt of zero", async () => {
    const user = await makeUser();
    const receipt = await runOperation(revokeUserSessions, owner(), { userId: user.id });
    expect(receipt).toMatchObject({ status: "complete", matched: 0, ended: 0, users: 0, verified: { checked: 0 } });
  });

  test("spares sessions that are made afterwards, and everybody else's", async () => {
    const user = await makeUser();
    const other = await makeSession((await makeUser()).id);
    await makeSession(user.id);
    await runOperation(revokeUserSessions, owner(), { userId: user.id });
    const later = await makeSession(user.id);
    expect(await checkSession(later.tokenHash)).not.toBeNull();
    expect(await checkSession(other.tokenHash)).not.toBeNull();
  });

  test("of somebody absent is a 404, whatever the id looks like", async () => {
    for (const userId of [newId(), "nobody", "%", "00000000-0000-0000-0000-000000000000"]) {
      await expect(runOperation(revokeUserSessions, owner(), { userId })).rejects.toMatchObject({ code: "NOT_FOUND" });
    }
  });
});

describe("ending named sessions", () => {
  test("refuses the one at once and spares the user's others", async () => {
    const user = await makeUser();
    const [ended, spared] = await makeSessions(user.id, 2);
    if (!ended || !spared) throw new Error("Two sessions were asked for.");
    await heat(ended.tokenHash);
    const ctx = owner();
    const receipt = await runOperation(revokeSession, ctx, { sessionId: ended.id, reason: "unknown device" });
    expect(await checkSession(ended.tokenHash)).toBeNull();
    expect(await checkSession(spared.tokenHash)).not.toBeNull();
    expect(receipt).toMatchObject({
      status: "complete",
      kind: "session",
      matched: 1,
      verified: { checked: 1, stillAccepted: 0 },
    });
    expect(await historyOf(ended.id)).toMatchObject({ endReason: "revoked", receiptId: receipt.id });
    expect((await auditEventsOf(ctx.requestId)).map(({ targetId }) => targetId)).toEqual([ended.id]);
  });

  test("that have ended already, or never were, is a 404", async () => {
    const session = await makeSession((await makeUser()).id);
    await runOperation(revokeSession, owner(), { sessionId: session.id });
    for (const sessionId of [session.id, newId(), "x"]) {
      await expect(runOperation(revokeSession, owner(), { sessionId })).rejects.toMatchObject({ code: "NOT_FOUND" });
    }
  });

  test("of several users counts them, and passes over what has ended", async () => {
    const sessions = [await makeSession((await makeUser()).id), await makeSession((await makeUser()).id)];
    const sessionIds = [...sessions.map(({ id }) => id), newId()];
    const receipt = await runOperation(revokeSessions, owner(), { sessionIds, reason: "incident" });
    expect(receipt).toMatchObject({ kind: "sessions", matched: 2, ended: 2, users: 2, target: null });
    for (const { tokenHash } of sessions) expect(await checkSession(tokenHash)).toBeNull();
  });

  test("asks for either ids or a user, and for a reason", async () => {
    for (const input of [
      { reason: "x" },
      { sessionIds: [newId()], userId: newId(), reason: "x" },
      { userId: newId() },
      { sessionIds: [], reason: "x" },
      { filter: {}, reason: "x" },
    ]) {
      await expect(runOperation(revokeSessions, owner(), input)).rejects.toMatchObject({ code: "INVALID_INPUT" });
    }
  });
});

describe("ranks", () => {
  test("support cannot end an owner's sessions, neither all nor one, and the attempt is recorded", async () => {
    const boss = await makeUser({ platformRole: "owner" });
    const session = await makeSession(boss.id);
    for (const attempt of [
      () => runOperation(revokeUserSessions, support, { userId: boss.id }),
      () => runOperation(revokeSession, support, { sessionId: session.id }),
    ]) {
      await expect(attempt()).rejects.toMatchObject({ code: "FORBIDDEN" });
    }
    expect(await checkSession(session.tokenHash)).not.toBeNull();
    expect(await historyOf(session.id)).toBeNull();
    const events = await auditEventsOf(support.requestId);
    expect(events.map(({ action, outcome }) => `${action} ${outcome}`)).toEqual([
      "session.revoke denied",
      "session.revoke denied",
    ]);
  });

  const support = platformContext("support");

  test("an equal rank is out of reach, except for owners among themselves", async () => {
    const helper = await makeUser({ platformRole: "support" });
    await expect(runOperation(revokeUserSessions, support, { userId: helper.id })).rejects.toMatchObject({
      code: "FORBIDDEN",
    });
    const boss = await makeUser({ platformRole: "owner" });
    expect(await runOperation(revokeUserSessions, owner(), { userId: boss.id })).toMatchObject({ status: "complete" });
  });

  test("anybody who may end sessions may end their own", async () => {
    const helper = await makeUser({ platformRole: "support" });
    const ctx = platformContext("support", { actor: userActor({ id: helper.id }) });
    expect(await runOperation(revokeUserSessions, ctx, { userId: helper.id })).toMatchObject({ status: "complete" });
  });

  test("an auditor is refused, and learns no more than that", async () => {
    const session = await makeSession((await makeUser()).id);
    await expect(
      runOperation(revokeSession, platformContext("auditor"), { sessionId: session.id }),
    ).rejects.toMatchObject({ code: "FORBIDDEN" });
    expect(await checkSession(session.tokenHash)).not.toBeNull();
  });
});

test("a transaction that rolls back leaves every session alive, no history, no receipt and no event of success", async () => {
  const user = await makeUser();
  const sessions = await makeSessions(user.id, 3);
  const ctx = owner();
  const failing = {
    ...revokeUserSessions,
    run: async (
      tools: Parameters<typeof revokeUserSessions.run>[0],
      input: Parameters<typeof revokeUserSessions.run>[1],
    ) => {
      const done = await revokeUserSessions.run(tools, input);
      tools.beforeCommit(() => Promise.reject(new Error("the commit fails")));
      return done;
    },
  };
  await expect(runOperation(failing, ctx, { userId: user.id })).rejects.toThrow("the commit fails");
  for (const { id, tokenHash } of sessions) {
    expect(await checkSession(tokenHash)).not.toBeNull();
    expect(await historyOf(id)).toBeNull();
  }
  expect((await auditEventsOf(ctx.requestId)).map(({ outcome }) => outcome)).toEqual(["failure"]);
  expect(
    await withScope({ kind: "platform" }, (tx) => tx.revocationReceipt.count({ where: { targetId: user.id } })),
  ).toBe(0);
});
