import { afterAll, beforeAll, expect, test } from "vitest";
import { withScope } from "@/lib/db/scoped-transaction";
import { runOperation } from "@/lib/operations/run-operation";
import { checkSession } from "@/lib/sessions/check-session";
import { finishRevocation } from "@/lib/sessions/finish-revocation";
import { getReceipt } from "@/lib/sessions/get-receipt";
import { listSessions } from "@/lib/sessions/list-sessions";
import { revokeUserSessions } from "@/lib/sessions/revoke-user-sessions";
import { sweepExpiredSessions } from "@/lib/sessions/sweep-sessions";
import { platformContext } from "@/tests/support/contexts";
import { auditEventsAbout, makeUser } from "@/tests/support/factories";
import { historyOf, makeSession, makeSessions, openSessionBed } from "./session-bed";

let bed: Awaited<ReturnType<typeof openSessionBed>>;
beforeAll(async () => {
  bed = await openSessionBed();
});
afterAll(() => bed.close());

const owner = platformContext("owner");
const many = 1_203;

async function historyCount(receiptId: string): Promise<number> {
  return withScope({ kind: "platform" }, (tx) =>
    tx.sessionHistory.count({ where: { receiptId, endReason: "revoked" } }),
  );
}

test("above a thousand sessions the end is at once, the counting is the job's", async () => {
  const user = await makeUser();
  const sessions = await makeSessions(user.id, many);
  const sample = sessions.slice(0, 5);
  for (const { tokenHash } of sample) expect(await checkSession(tokenHash)).not.toBeNull();

  const receipt = await runOperation(revokeUserSessions, owner, { userId: user.id, reason: "incident" });
  expect(receipt).toMatchObject({
    status: "pending",
    matched: null,
    ended: null,
    users: null,
    progress: { done: 0, total: null },
    stores: { redis: { status: "fenced" } },
    worstCaseSeconds: 0,
    verified: { checked: 20, stillAccepted: 0 },
  });
  expect(Date.parse(receipt.effectiveAt ?? "")).toBeLessThanOrEqual(Date.now() + 1_000);
  for (const { tokenHash } of sample) expect(await checkSession(tokenHash)).toBeNull();

  // Not moved yet, and ended all the same.
  const active = await runOperation(listSessions, owner, { userId: user.id });
  expect(active.data).toEqual([]);
  const ended = await runOperation(listSessions, owner, { userId: user.id, status: "ended", limit: 100 });
  expect(ended.data).toHaveLength(100);
  const everywhere = await runOperation(listSessions, owner, { status: "ended", limit: 100 });
  expect(everywhere.data.map(({ user: { id } }) => id)).toEqual(Array(100).fill(user.id));

  // Two workers at once, and one more after them.
  await Promise.all([finishRevocation(receipt.id), finishRevocation(receipt.id)]);
  expect(await finishRevocation(receipt.id)).toBe(true);
  expect(await historyCount(receipt.id)).toBe(many);
  expect(await runOperation(getReceipt, owner, { receiptId: receipt.id })).toMatchObject({
    status: "complete",
    matched: many,
    ended: many,
    users: 1,
    progress: { done: many, total: many },
    verified: { checked: 20, stillAccepted: 0 },
  });
  const history = await historyOf(sessions[0]?.id ?? "");
  expect(history).toMatchObject({ endReason: "revoked", receiptId: receipt.id, endedById: owner.actor.id });
  expect(history?.endedAt.toISOString()).toBe(receipt.stores.postgres.at);
  expect(await auditEventsAbout(user.id)).toHaveLength(1);
});

test("what had run out before the revocation keeps its own reason", async () => {
  const user = await makeUser();
  await makeSessions(user.id, many);
  const expired = await makeSession(user.id, {
    createdAt: new Date(Date.now() - 60_000),
    expiresAt: new Date(Date.now() - 1_000),
  });
  const receipt = await runOperation(revokeUserSessions, owner, { userId: user.id });
  await sweepExpiredSessions();
  expect(await historyOf(expired.id)).toBeNull();
  await finishRevocation(receipt.id);
  expect(await runOperation(getReceipt, owner, { receiptId: receipt.id })).toMatchObject({ ended: many });
  await sweepExpiredSessions();
  expect(await historyOf(expired.id)).toMatchObject({ endReason: "expired", receiptId: null, endedByType: null });
});

test("sessions made after it are none of it, while its rows are still being moved", async () => {
  const user = await makeUser();
  await makeSessions(user.id, many);
  const receipt = await runOperation(revokeUserSessions, owner, { userId: user.id });
  const later = await makeSession(user.id);
  await finishRevocation(receipt.id);
  expect(await checkSession(later.tokenHash)).not.toBeNull();
  expect(await historyOf(later.id)).toBeNull();
});
