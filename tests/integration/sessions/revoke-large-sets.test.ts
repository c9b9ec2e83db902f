import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { newId } from "@/lib/db/new-id";
import { withScope } from "@/lib/db/scoped-transaction";
import type { RequestContext } from "@/lib/operations/request-context";
import { runOperation } from "@/lib/operations/run-operation";
import { finishRevocation, finishStalledRevocations } from "@/lib/sessions/finish-revocation";
import { getReceipt } from "@/lib/sessions/get-receipt";
import { listSessions } from "@/lib/sessions/list-sessions";
import { revokeSessions } from "@/lib/sessions/revoke-sessions";
import { sweepDeadSessions, sweepExpiredSessions } from "@/lib/sessions/sweep-sessions";
import { platformContext } from "@/tests/support/contexts";
import { auditEventsOf, makeMembership, makeUser } from "@/tests/support/factories";
import { again, idOf, openTenant, platformCaller, tenantCaller } from "@/tests/support/people";
import { until } from "@/tests/support/until";
import { accepted, ownAddress, preview, revokeFiltered, withSession } from "./revocation-steps";
import { asOwner, historyOf, makeSession, makeSessions, openSessionBed } from "./session-bed";
import { startWorkerProcess } from "./worker-process";

// Thousands of sessions are made here, each by the way of a sign-in; on a busy machine that takes a while.
vi.setConfig({ testTimeout: 180_000 });

let bed: Awaited<ReturnType<typeof openSessionBed>>;
beforeAll(async () => {
  bed = await openSessionBed();
});
afterAll(() => bed.close());

const many = 1_203;
const owner = () => platformContext("owner", { requestId: newId() });
const read = (ctx: RequestContext, receiptId: string) => runOperation(getReceipt, ctx, { receiptId });

async function countHistory(receiptId: string): Promise<number> {
  return withScope({ kind: "platform" }, (tx) =>
    tx.sessionHistory.count({ where: { receiptId, endReason: "revoked" } }),
  );
}

async function countMarks(receiptId: string): Promise<number> {
  return withScope({ kind: "platform" }, (tx) => tx.sessionEnding.count({ where: { receiptId } }));
}

describe("a filter that finds more than a thousand sessions", () => {
  test("ends them all at once by marks, and the job moves exactly those, whatever matches by then", async () => {
    const ip = ownAddress();
    const user = await makeUser();
    const sessions = await makeSessions(user.id, many, { ipAddress: ip });
    const hot = sessions.slice(0, 5);
    expect(await accepted(hot)).toHaveLength(5);
    const ctx = owner();
    const receipt = await revokeFiltered(ctx, { ip });
    expect(receipt).toMatchObject({
      status: "pending",
      kind: "filter",
      matched: many,
      ended: null,
      progress: { done: 0, total: many },
      stores: { redis: { status: "fenced" } },
      worstCaseSeconds: 0,
      verified: { checked: 20, stillAccepted: 0 },
    });
    expect(receipt.sample).toHaveLength(20);
    expect(Date.parse(receipt.effectiveAt ?? "")).toBeLessThanOrEqual(Date.now() + 1_000);
    expect(await accepted([...hot, ...sessions.slice(-5)])).toEqual([]);
    expect(await runOperation(listSessions, ctx, { ip })).toMatchObject({ data: [] });
    expect((await runOperation(listSessions, ctx, { ip, status: "ended", limit: 100 })).data).toHaveLength(100);

    const later = await makeSession(user.id, { ipAddress: ip });
    await Promise.all([finishRevocation(receipt.id), finishRevocation(receipt.id)]);
    expect(await finishRevocation(receipt.id)).toBe(true);
    expect(await read(ctx, receipt.id)).toMatchObject({
      status: "complete",
      matched: many,
      ended: many,
      users: 1,
      progress: { done: many, total: many },
      verified: { checked: 20, stillAccepted: 0 },
    });
    expect(await countHistory(receipt.id)).toBe(many);
    expect(await countMarks(receipt.id)).toBe(0);
    expect((await historyOf(sessions[0]?.id ?? ""))?.endedAt.toISOString()).toBe(receipt.stores.postgres.at);
    expect(await accepted([later])).toHaveLength(1);
    expect(await auditEventsOf(ctx.requestId)).toHaveLength(1);
  });

  test("is neither swept under another reason nor found again while it is being moved", async () => {
    const ip = ownAddress();
    const user = await makeUser();
    const sessions = await makeSessions(user.id, many, { ipAddress: ip });
    const receipt = await revokeFiltered(owner(), { ip });
    const one = sessions[7];
    await asOwner(bed, `update session set expires_at = now() - interval '1 second' where id = '${one?.id}'`);
    await sweepExpiredSessions();
    await sweepDeadSessions();
    expect(await historyOf(one?.id ?? "")).toBeNull();
    expect(await preview(owner(), { ip })).toMatchObject({ matching: 0 });
    const again = await revokeFiltered(owner(), { ip });
    await finishRevocation(receipt.id);
    await finishRevocation(again.id);
    expect(await read(owner(), again.id)).toMatchObject({ status: "complete", matched: 0, ended: 0, users: 0 });
    expect(await historyOf(one?.id ?? "")).toMatchObject({ endReason: "revoked", receiptId: receipt.id });
  });

  test("in a tenant ends what it sees, and no other tenant's", async () => {
    const ip = ownAddress();
    const [here, there] = [await openTenant(), await openTenant()];
    const caller = await tenantCaller(here, "owner");
    const member = idOf(await tenantCaller(here, "member"));
    await makeMembership(there.tenantId, member);
    const hit = await makeSessions(member, many, { ipAddress: ip, activeTenantId: here.tenantId });
    const stranger = await makeSession(idOf(await tenantCaller(there)), {
      ipAddress: ip,
      activeTenantId: there.tenantId,
    });
    const receipt = await revokeFiltered(again(caller), { ip });
    expect(receipt).toMatchObject({ matched: many, ended: null, scope: { id: here.tenantId } });
    expect(await accepted([...hit.slice(0, 3), stranger])).toEqual([stranger]);
    await finishRevocation(receipt.id);
    expect(await read(caller, receipt.id)).toMatchObject({ status: "complete", ended: many, users: 1 });
    await expect(read(await tenantCaller(there, "owner"), receipt.id)).rejects.toMatchObject({ code: "NOT_FOUND" });
  });
});

describe("everything of a large scope", () => {
  test("ends by the tenant's epoch, without its rows being touched, but for those left out", async () => {
    const here = await openTenant();
    const caller = await tenantCaller(here, "admin");
    const own = await makeSession(idOf(caller), { activeTenantId: here.tenantId });
    const above = await makeSession(idOf(await tenantCaller(here, "owner")));
    const member = idOf(await tenantCaller(here, "member"));
    const sessions = await makeSessions(member, many, { activeTenantId: here.tenantId });
    const stranger = await makeSession((await makeUser()).id);
    const ctx = withSession(caller, own);
    const receipt = await revokeFiltered(ctx, {});
    expect(receipt).toMatchObject({
      status: "pending",
      kind: "tenant",
      matched: null,
      ended: null,
      leftOut: { sessions: 2, users: 2 },
      verified: { checked: 20, stillAccepted: 0 },
    });
    expect(await countMarks(receipt.id)).toBe(0);
    expect(await accepted([own, above, stranger, ...sessions.slice(0, 5)])).toEqual([own, above, stranger]);
    await sweepDeadSessions();
    expect(await historyOf(sessions[0]?.id ?? "")).toBeNull();
    await finishRevocation(receipt.id);
    expect(await read(ctx, receipt.id)).toMatchObject({ status: "complete", ended: many, users: 1 });
    expect(await accepted([own, above, stranger])).toHaveLength(3);
  });

  test("is marked instead where too many have begun since the preview", async () => {
    const here = await openTenant();
    const caller = await tenantCaller(here, "owner");
    const member = idOf(await tenantCaller(here, "member"));
    const before = await makeSessions(member, many, { activeTenantId: here.tenantId });
    const { previewToken, asOf } = await preview(caller, {});
    const late = { createdAt: new Date(Date.parse(asOf) + 1), activeTenantId: here.tenantId };
    const after = await makeSessions(member, 1_001, late);
    const receipt = await runOperation(revokeSessions, caller, { filter: {}, previewToken, reason: "x" });
    expect(receipt).toMatchObject({ kind: "tenant", matched: many, progress: { total: many } });
    expect(await accepted([...before.slice(0, 2), ...after.slice(0, 2)])).toEqual(after.slice(0, 2));
    await finishRevocation(receipt.id);
    expect(await accepted(after.slice(0, 2))).toHaveLength(2);
  });

  test("of one user ends by the user's epoch, unless a session has begun since the preview", async () => {
    const [plain, busy] = [await makeUser(), await makeUser()];
    for (const { id } of [plain, busy]) await makeSessions(id, many);
    const epoch = await revokeFiltered(owner(), { userId: plain.id });
    expect(epoch).toMatchObject({ kind: "user", matched: null, filter: { userId: plain.id } });
    const ctx = owner();
    const seen = await preview(ctx, { userId: busy.id });
    const newer = await makeSession(busy.id, {
      createdAt: new Date(Date.parse(seen.asOf) + 1),
    });
    const marked = await runOperation(revokeSessions, ctx, {
      filter: { userId: busy.id },
      previewToken: seen.previewToken,
      reason: "x",
    });
    expect(marked).toMatchObject({ kind: "user", matched: many });
    expect(await accepted([newer])).toHaveLength(1);
    for (const { id } of [epoch, marked]) {
      await finishRevocation(id);
      expect(await read(ctx, id)).toMatchObject({ status: "complete", ended: many });
    }
  });

  test("on the platform ends by its epoch, and the job finds every row", async () => {
    const caller = await platformCaller("owner");
    const own = await makeSession(idOf(caller));
    await makeSessions((await makeUser()).id, many);
    const ctx = withSession(caller, own);
    const receipt = await revokeFiltered(ctx, {}, { includeNew: true });
    expect(receipt).toMatchObject({ kind: "platform", status: "pending", ended: null, leftOut: { sessions: 1 } });
    await sweepDeadSessions();
    await finishRevocation(receipt.id);
    const finished = await read(ctx, receipt.id);
    expect(finished.status).toBe("complete");
    expect(finished.ended).toBeGreaterThanOrEqual(many);
    expect(await countHistory(receipt.id)).toBe(finished.ended);
    expect(await accepted([own])).toHaveLength(1);
    expect((await runOperation(listSessions, ctx, {})).data.map(({ id }) => id)).toEqual([own.id]);
  });
});

test("a worker that is killed in the middle leaves its progress, and another goes on from there", async () => {
  const ip = ownAddress();
  await makeSessions((await makeUser()).id, many, { ipAddress: ip });
  // Each row takes its time, so that the kill falls between two batches and into the next one.
  await asOwner(
    bed,
    `create function slow_end() returns trigger language plpgsql as 'begin perform pg_sleep(0.003); return old; end';
     create trigger a_slow_end before delete on session for each row execute function slow_end()`,
  );
  const ctx = owner();
  const receipt = await revokeFiltered(ctx, { ip });
  const worker = await startWorkerProcess(bed);
  const done = async () => (await read(ctx, receipt.id)).progress.done;
  try {
    await until(async () => (await done()) > 0, 60_000);
  } finally {
    await worker.kill();
  }
  await asOwner(bed, "drop trigger a_slow_end on session");
  const halfway = await done();
  expect(halfway).toBeGreaterThan(0);
  expect(halfway).toBeLessThan(many);
  // Half a minute without progress, and the job counts as dead.
  await finishStalledRevocations();
  expect((await read(ctx, receipt.id)).status).toBe("pending");
  await asOwner(
    bed,
    `update revocation_receipt set progressed_at = now() - interval '31 seconds' where id = '${receipt.id}'`,
  );
  await finishStalledRevocations();
  expect(await read(ctx, receipt.id)).toMatchObject({
    status: "complete",
    ended: many,
    progress: { done: many, total: many },
  });
  expect(await countHistory(receipt.id)).toBe(many);
});
