import { afterAll, beforeAll, expect, test } from "vitest";
import { newId } from "@/lib/db/new-id";
import { prismaClient } from "@/lib/db/prisma-client";
import { withScope } from "@/lib/db/scoped-transaction";
import { createAuditPartitions, sweepCapturedMail, sweepVerifications } from "@/lib/jobs/maintenance-tasks";
import { startWorker, type Worker } from "@/lib/jobs/worker";
import { runOperation } from "@/lib/operations/run-operation";
import { getReceipt } from "@/lib/sessions/get-receipt";
import { revokeUserSessions } from "@/lib/sessions/revoke-user-sessions";
import { sweepDeadSessions, sweepExpiredSessions } from "@/lib/sessions/sweep-sessions";
import { platformContext } from "@/tests/support/contexts";
import { makeUser } from "@/tests/support/factories";
import { until } from "@/tests/support/until";
import { asOwner, historyOf, makeSession, makeSessions, openSessionBed } from "../sessions/session-bed";

let bed: Awaited<ReturnType<typeof openSessionBed>>;
let worker: Worker;
beforeAll(async () => {
  bed = await openSessionBed();
  worker = await startWorker(bed.databaseUrl);
});
afterAll(async () => {
  await worker.stop();
  await bed.close();
});

const owner = platformContext("owner");

test("the worker moves what a large revocation ended and completes its receipt", async () => {
  const user = await makeUser();
  await makeSessions(user.id, 1_100);
  const receipt = await runOperation(revokeUserSessions, owner, { userId: user.id });
  const read = () => runOperation(getReceipt, owner, { receiptId: receipt.id });
  await until(async () => (await read()).status === "complete", 20_000);
  expect(await read()).toMatchObject({ matched: 1_100, ended: 1_100 });
});

test("expired sessions move into the history with their reason, live ones stay", async () => {
  const user = await makeUser();
  const expired = await makeSession(user.id, {
    createdAt: new Date(Date.now() - 120_000),
    expiresAt: new Date(Date.now() - 1),
  });
  const alive = await makeSession(user.id);
  await sweepExpiredSessions();
  expect(await historyOf(expired.id)).toMatchObject({ endReason: "expired", endedByType: null, receiptId: null });
  expect(await historyOf(alive.id)).toBeNull();
});

test("sessions that a changed password ended and left behind move under that reason", async () => {
  const user = await makeUser();
  const session = await makeSession(user.id);
  await asOwner(bed, `update "user" set session_epoch = session_epoch + 1 where id = '${user.id}'`);
  await sweepDeadSessions();
  expect(await historyOf(session.id)).toMatchObject({ endReason: "password_change" });
});

test("proofs that have run out and mail of more than a month ago are removed, others stay", async () => {
  const [stale, fresh] = [newId(), newId()];
  const at = (days: number) => new Date(Date.now() + days * 86_400_000);
  await prismaClient.get().verification.createMany({
    data: [
      { id: stale, identifier: stale, value: "x", expiresAt: at(-1) },
      { id: fresh, identifier: fresh, value: "x", expiresAt: at(1) },
    ],
  });
  const mail = { to: "a@example.com", subject: "x", text: "x" };
  await withScope({ kind: "platform" }, (tx) =>
    tx.capturedMail.createMany({
      data: [
        { ...mail, id: stale, createdAt: at(-31) },
        { ...mail, id: fresh, createdAt: at(-29) },
      ],
    }),
  );
  await sweepVerifications();
  await sweepCapturedMail();
  const proofs = await prismaClient.get().verification.findMany({ where: { id: { in: [stale, fresh] } }, take: 2 });
  expect(proofs.map(({ id }) => id)).toEqual([fresh]);
  const kept = await withScope({ kind: "platform" }, (tx) =>
    tx.capturedMail.findMany({ where: { id: { in: [stale, fresh] } }, take: 2 }),
  );
  expect(kept.map(({ id }) => id)).toEqual([fresh]);
});

test("partitions of the audit log can be made ahead by the run-time login", async () => {
  await createAuditPartitions();
});
