import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { DELETE as deleteSession } from "@/app/api/v1/sessions/[sessionId]/route";
import { POST as postRevocation } from "@/app/api/v1/sessions/revocations/route";
import { newId } from "@/lib/db/new-id";
import { withScope } from "@/lib/db/scoped-transaction";
import type { RequestContext } from "@/lib/operations/request-context";
import { runOperation } from "@/lib/operations/run-operation";
import { receipt } from "@/lib/sessions/receipt-schemas";
import { revokeSession } from "@/lib/sessions/revoke-session";
import { revokeSessions } from "@/lib/sessions/revoke-sessions";
import { revokeUserSessions } from "@/lib/sessions/revoke-user-sessions";
import { byToken, callRoute } from "@/tests/support/callers";
import { platformContext } from "@/tests/support/contexts";
import { auditEventsAbout, makeUser } from "@/tests/support/factories";
import { accepted, ownAddress, preview } from "./revocation-steps";
import { asOwner, makeSession, makeSessions, openSessionBed } from "./session-bed";

let bed: Awaited<ReturnType<typeof openSessionBed>>;
beforeAll(async () => {
  bed = await openSessionBed();
});
afterAll(() => bed.close());

/** One caller, each of whose requests bears the same key. */
function repeating(idempotencyKey: string = newId()): () => RequestContext {
  const ctx = platformContext("owner");
  return () => ({ ...ctx, requestId: newId(), idempotencyKey });
}

async function receiptsAbout(targetId: string): Promise<number> {
  return withScope({ kind: "platform" }, (tx) => tx.revocationReceipt.count({ where: { targetId } }));
}

describe("the same request under the same key", () => {
  test("is one revocation, however often it is sent", async () => {
    const user = await makeUser();
    await makeSessions(user.id, 2);
    const ctx = repeating();
    const first = await runOperation(revokeUserSessions, ctx(), { userId: user.id, reason: "stolen" });
    const later = await makeSession(user.id);
    expect(await runOperation(revokeUserSessions, ctx(), { userId: user.id, reason: "stolen" })).toEqual(first);
    expect(await accepted([later])).toHaveLength(1);
    expect(await receiptsAbout(user.id)).toBe(1);
    expect(await auditEventsAbout(user.id)).toHaveLength(1);
  });

  test("sent ten times at once is one receipt and one event", async () => {
    const user = await makeUser();
    await makeSessions(user.id, 3);
    const ctx = repeating();
    const send = () => runOperation(revokeUserSessions, ctx(), { userId: user.id, reason: "stolen" });
    const receipts = await Promise.all(Array.from({ length: 10 }, send));
    expect(new Set(receipts.map(({ id }) => id)).size).toBe(1);
    for (const answer of receipts) expect(answer).toMatchObject({ matched: 3, ended: 3 });
    expect(await auditEventsAbout(user.id)).toHaveLength(1);
  });

  test("after the process died between commit and answer finds the receipt, honest about what is not known yet", async () => {
    const session = await makeSession((await makeUser()).id);
    const ctx = repeating();
    const first = await runOperation(revokeSession, ctx(), { sessionId: session.id });
    // As the row is before anything after the commit has happened.
    await asOwner(
      bed,
      `update revocation_receipt set effective_at = null, completed_at = null, committed_at = null, redis_fenced_at = null,
         redis_status = 'pending', worst_case_seconds = 30, verified_checked = 0, sample = '[]' where id = '${first.id}'`,
    );
    const again = await runOperation(revokeSession, ctx(), { sessionId: session.id });
    expect(again).toMatchObject({ id: first.id, status: "pending", worstCaseSeconds: 30, matched: 1, ended: 1 });
  });

  test("of something else is refused, and does nothing", async () => {
    const [user, other] = [await makeUser(), await makeUser()];
    const spared = await makeSession(other.id);
    const ctx = repeating();
    await runOperation(revokeUserSessions, ctx(), { userId: user.id, reason: "stolen" });
    const different = [
      () => runOperation(revokeUserSessions, ctx(), { userId: other.id, reason: "stolen" }),
      () => runOperation(revokeUserSessions, ctx(), { userId: user.id, reason: "another" }),
      () => runOperation(revokeSession, ctx(), { sessionId: spared.id }),
    ];
    for (const attempt of different) await expect(attempt()).rejects.toMatchObject({ code: "CONFLICT" });
    expect(await accepted([spared])).toHaveLength(1);
  });

  test("of somebody else is another request", async () => {
    const user = await makeUser();
    const key = newId();
    const receipts = [
      await runOperation(revokeUserSessions, repeating(key)(), { userId: user.id }),
      await runOperation(revokeUserSessions, repeating(key)(), { userId: user.id }),
    ];
    expect(new Set(receipts.map(({ id }) => id)).size).toBe(2);
  });

  test("that failed is tried anew", async () => {
    const ctx = repeating();
    const session = await makeSession((await makeUser()).id);
    await expect(runOperation(revokeSession, ctx(), { sessionId: newId() })).rejects.toMatchObject({
      code: "NOT_FOUND",
    });
    expect(await runOperation(revokeSession, ctx(), { sessionId: session.id })).toMatchObject({ matched: 1 });
  });
});

describe("a preview", () => {
  test("is acted on once, also by requests without a key at the same moment", async () => {
    const ip = ownAddress();
    await makeSessions((await makeUser()).id, 4, { ipAddress: ip });
    const ctx = platformContext("owner");
    const { previewToken } = await preview(ctx, { ip });
    const input = { filter: { ip }, previewToken, reason: "x" };
    const send = () => runOperation(revokeSessions, { ...ctx, requestId: newId() }, input);
    const receipts = await Promise.all([send(), send(), send()]);
    expect(new Set(receipts.map(({ id }) => id)).size).toBe(1);
    expect(receipts[2]).toMatchObject({ matched: 4, ended: 4 });
    const otherwise = runOperation(revokeSessions, ctx, { ...input, includeOwn: true });
    await expect(otherwise).rejects.toMatchObject({ code: "CONFLICT", message: expect.stringContaining("preview") });
  });
});

test("the same named sessions at once without a key are ended by one of the requests", async () => {
  const session = await makeSession((await makeUser()).id);
  const ctx = platformContext("owner");
  const send = () => runOperation(revokeSession, { ...ctx, requestId: newId() }, { sessionId: session.id });
  const answers = await Promise.allSettled([send(), send(), send()]);
  expect(answers.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  expect(await receiptsAbout(session.id)).toBe(1);
});

describe("the Idempotency-Key header", () => {
  const signIn = async () => byToken((await makeSession((await makeUser({ platformRole: "owner" })).id)).token);

  test("makes a request over HTTP repeatable", async () => {
    const caller = await signIn();
    const user = await makeUser();
    await makeSessions(user.id, 2);
    const call = {
      method: "POST",
      body: { userId: user.id, reason: "stolen" },
      headers: { "idempotency-key": `"${newId()}"` },
    };
    const answers = await Promise.all([call, call].map((each) => callRoute(postRevocation, caller, each)));
    expect(answers.map(({ status }) => status)).toEqual([200, 200]);
    expect(new Set(answers.map(({ json }) => receipt.parse(json).id)).size).toBe(1);
    expect(await auditEventsAbout(user.id)).toHaveLength(1);
    const session = await makeSession(user.id);
    const removal = { method: "DELETE", params: { sessionId: session.id }, headers: { "idempotency-key": newId() } };
    const gone = await callRoute(deleteSession, caller, removal);
    expect((await callRoute(deleteSession, caller, removal)).json).toEqual(gone.json);
    const otherwise = await callRoute(postRevocation, caller, { ...call, body: { userId: user.id, reason: "other" } });
    expect(otherwise).toMatchObject({ status: 409, json: { code: "CONFLICT" } });
  });

  test("that is empty or too long is refused by name", async () => {
    const caller = await signIn();
    for (const key of ["", "k".repeat(201)]) {
      const answer = await callRoute(postRevocation, caller, {
        method: "POST",
        body: { userId: newId(), reason: "x" },
        headers: { "idempotency-key": key },
      });
      expect(answer).toMatchObject({ status: 400, json: { errors: [{ path: "Idempotency-Key" }] } });
    }
  });
});
