import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { newId } from "@/lib/db/new-id";
import { runOperation } from "@/lib/operations/run-operation";
import { getReceipt } from "@/lib/sessions/get-receipt";
import { previewSeconds } from "@/lib/sessions/preview-schemas";
import { revokeSessions } from "@/lib/sessions/revoke-sessions";
import { platformContext } from "@/tests/support/contexts";
import { auditEventsOf, makeMembership, makeTenant, makeUser } from "@/tests/support/factories";
import { again, idOf, openTenant, platformCaller, tenantCaller } from "@/tests/support/people";
import { accepted, ownAddress, preview, receiptsOf, revokeFiltered, withSession } from "./revocation-steps";
import { asOwner, historyOf, makeSession, makeSessions, openSessionBed } from "./session-bed";

let bed: Awaited<ReturnType<typeof openSessionBed>>;
beforeAll(async () => {
  bed = await openSessionBed();
});
afterAll(() => bed.close());

const owner = () => platformContext("owner", { requestId: newId() });

describe("ending what a filter finds", () => {
  test("ends exactly that, with a receipt of who, why, what, and of the sample that was refused", async () => {
    const ip = ownAddress();
    const tenant = await makeTenant();
    const users = [await makeUser(), await makeUser()];
    const [first, second] = users;
    const hit = [
      ...(await makeSessions(first?.id ?? "", 2, { ipAddress: ip, device: "mobile", browser: "Firefox 140" })),
      ...(await makeSessions(second?.id ?? "", 1, { ipAddress: ip, device: "mobile" })),
    ];
    const missed = [
      await makeSession(first?.id ?? "", { ipAddress: ip, device: "desktop" }),
      await makeSession(first?.id ?? "", { ipAddress: ownAddress(), device: "mobile" }),
    ];
    await makeMembership(tenant.id, first?.id ?? "");
    const ctx = owner();
    const filter = { ip, device: "mobile" as const };
    const receipt = await revokeFiltered(ctx, filter, { reason: "strange address" });

    expect(await accepted([...hit, ...missed])).toEqual(missed);
    expect(receipt).toMatchObject({
      status: "complete",
      kind: "filter",
      scope: null,
      target: null,
      filter,
      includedNew: false,
      reason: "strange address",
      requestId: ctx.requestId,
      matched: 3,
      ended: 3,
      users: 2,
      leftOut: { sessions: 0, users: 0 },
      stores: { redis: { status: "fenced" } },
      worstCaseSeconds: 0,
      verified: { checked: 3, stillAccepted: 0 },
    });
    expect(receipt.sample.map(({ sessionId }) => sessionId).sort()).toEqual(hit.map(({ id }) => id).sort());
    expect(receipt.sample.find(({ sessionId }) => sessionId === hit[0]?.id)).toMatchObject({
      user: { id: first?.id, name: first?.name, email: first?.email },
      device: "mobile",
      browser: "Firefox 140",
      ipAddress: ip,
      accepted: false,
    });
    for (const { triedAt } of receipt.sample)
      expect(Date.parse(triedAt)).toBeGreaterThan(Date.parse(receipt.asOf ?? ""));
    expect(await runOperation(getReceipt, ctx, { receiptId: receipt.id })).toEqual(receipt);
    expect(await historyOf(hit[0]?.id ?? "")).toMatchObject({ endReason: "revoked", receiptId: receipt.id });
    expect(JSON.stringify(receipt)).not.toContain(hit[0]?.tokenHash);
  });

  test("leaves exactly one event, with the filter, the counts and the receipt", async () => {
    const ip = ownAddress();
    await makeSession((await makeUser()).id, { ipAddress: ip });
    await makeSession((await makeUser({ platformRole: "owner" })).id, { ipAddress: ip });
    const ctx = { ...(await platformCaller("support")), requestId: newId() };
    const receipt = await revokeFiltered(ctx, { ip });
    expect(await auditEventsOf(ctx.requestId)).toMatchObject([
      {
        action: "session.revoke",
        outcome: "success",
        reason: "incident",
        details: {
          receiptId: receipt.id,
          kind: "filter",
          matched: 1,
          filter: { ip },
          includedNew: false,
          leftOut: { sessions: 1, users: 1 },
        },
      },
    ]);
  });

  test("passes over one's own session unless asked, and never ends those of higher ranks", async () => {
    const ip = ownAddress();
    const caller = await platformCaller("admin");
    const [own, other] = await makeSessions(idOf(caller), 2, { ipAddress: ip });
    if (!own || !other) throw new Error("Two were asked for.");
    const above = await makeSession((await makeUser({ platformRole: "owner" })).id, { ipAddress: ip });
    const ctx = withSession(caller, own);
    const receipt = await revokeFiltered(ctx, { ip });
    expect(await accepted([own, other, above])).toEqual([own, above]);
    expect(receipt).toMatchObject({ matched: 1, leftOut: { sessions: 2, users: 2 } });
    const second = await revokeFiltered(again(ctx), { ip }, { includeOwn: true });
    expect(await accepted([own, above])).toEqual([above]);
    expect(second).toMatchObject({ matched: 1, leftOut: { sessions: 1, users: 1 } });
  });

  test("what began after the preview is ended only on request", async () => {
    const ip = ownAddress();
    const user = await makeUser();
    const before = await makeSession(user.id, { ipAddress: ip });
    const ctx = owner();
    const seen = await preview(ctx, { ip });
    const after = await makeSession(user.id, { ipAddress: ip, createdAt: new Date(Date.parse(seen.asOf) + 1) });
    const { previewToken } = seen;
    await runOperation(revokeSessions, ctx, { filter: { ip }, previewToken, reason: "x" });
    expect(await accepted([before, after])).toEqual([after]);

    const everything = await revokeFiltered(owner(), { ip }, { includeNew: true });
    expect(await accepted([after])).toEqual([]);
    expect(everything).toMatchObject({ includedNew: true, matched: 1 });
  });

  test("that finds nothing is a complete receipt of zero", async () => {
    expect(await revokeFiltered(owner(), { ip: ownAddress() })).toMatchObject({
      status: "complete",
      matched: 0,
      ended: 0,
      users: 0,
      sample: [],
    });
  });

  test("of one user is of that user, and of an absent one a 404", async () => {
    const user = await makeUser();
    const sessions = await makeSessions(user.id, 2);
    const receipt = await revokeFiltered(owner(), { userId: user.id });
    expect(receipt).toMatchObject({ kind: "user", target: { id: user.id, name: user.email }, matched: 2 });
    expect(await accepted(sessions)).toEqual([]);
    const gone = newId();
    const { previewToken } = await preview(owner(), { userId: gone });
    const ctx = owner();
    const attempt = runOperation(revokeSessions, ctx, { filter: { userId: gone }, previewToken, reason: "x" });
    await expect(attempt).rejects.toMatchObject({ code: "INVALID_INPUT" });
  });
});

describe("in a tenant", () => {
  test("ends what is active in it or of its own people, and nothing of anybody else", async () => {
    const [here, there] = [await openTenant(), await openTenant()];
    const caller = await tenantCaller(here, "owner");
    const member = await tenantCaller(here, "member");
    const guest = await tenantCaller(there, "member");
    await makeMembership(here.tenantId, idOf(guest), "guest");
    const hit = [
      await makeSession(idOf(member)),
      await makeSession(idOf(guest), { activeTenantId: here.tenantId }),
      await makeSession(idOf(member), { activeTenantId: here.tenantId }),
    ];
    const missed = [
      await makeSession(idOf(guest), { activeTenantId: there.tenantId }),
      await makeSession(idOf(guest)),
      await makeSession((await makeUser()).id),
    ];
    const own = await makeSession(idOf(caller), { activeTenantId: here.tenantId });
    const ctx = withSession(caller, own);
    expect(await preview(ctx, {})).toMatchObject({ matching: 3, users: 2, leftOut: { own: 1, sessions: 1 } });
    const receipt = await revokeFiltered(ctx, {});
    expect(await accepted([...hit, ...missed, own])).toEqual([...missed, own]);
    expect(receipt).toMatchObject({
      status: "complete",
      kind: "tenant",
      scope: { id: here.tenantId, slug: here.tenantSlug },
      target: { id: here.tenantId, name: here.tenantSlug },
      filter: {},
      matched: 3,
      ended: 3,
      users: 2,
      leftOut: { sessions: 1, users: 1 },
    });
  });

  test("a filter that names another tenant's people finds nothing", async () => {
    const [here, there] = [await openTenant(), await openTenant()];
    const stranger = await tenantCaller(there, "member");
    const session = await makeSession(idOf(stranger), { activeTenantId: there.tenantId });
    const caller = await tenantCaller(here, "owner");
    expect(await preview(caller, { tenant: there.tenantSlug })).toMatchObject({ matching: 0, sample: [] });
    expect(await revokeFiltered(again(caller), { tenant: there.tenantSlug })).toMatchObject({ matched: 0 });
    expect(await accepted([session])).toHaveLength(1);
  });
});

describe("everything on the platform", () => {
  test("ends by its epoch, but for one's own session, higher ranks and what is new", async () => {
    const caller = await platformCaller("admin");
    const own = await makeSession(idOf(caller));
    const other = await makeSession(idOf(caller));
    const above = await makeSession((await makeUser({ platformRole: "owner" })).id);
    const ordinary = await makeSessions((await makeUser()).id, 3);
    const ctx = withSession(caller, own);
    const { previewToken, asOf } = await preview(ctx, {});
    const late = { createdAt: new Date(Date.parse(asOf) + 1) };
    const newer = await makeSession((await makeUser()).id, late);
    const receipt = await runOperation(revokeSessions, ctx, { filter: {}, previewToken, reason: "restore" });
    expect(receipt).toMatchObject({ status: "complete", kind: "platform", scope: null, target: null, filter: {} });
    expect(await accepted([own, other, above, ...ordinary, newer])).toEqual([own, above, newer]);
    // One that is put back from a copy of the table is dead all the same.
    await asOwner(
      bed,
      `insert into session (id, user_id, token_hash, expires_at, idle_seconds, platform_epoch, user_epoch)
       select gen_random_uuid(), h.user_id, '${other.tokenHash}', now() + interval '1 hour', 3600, 0, 0
       from session_history h where h.id = '${other.id}'`,
    );
    await asOwner(bed, `update session set platform_epoch = 0 where token_hash = '${other.tokenHash}'`);
    expect(await accepted([other])).toEqual([]);
  });
});

describe("a preview's token", () => {
  const attempt = async (ctx: ReturnType<typeof owner>, input: object) =>
    runOperation(revokeSessions, ctx, { reason: "x", ...input });
  const refusal = {
    code: "INVALID_INPUT",
    errors: [{ path: "previewToken", message: expect.stringMatching(/./) }],
  };

  test("is good for its own caller, scope and filter, and altered it is good for nothing", async () => {
    const ip = ownAddress();
    const session = await makeSession((await makeUser()).id, { ipAddress: ip });
    const ctx = owner();
    const { previewToken } = await preview(ctx, { ip });
    const scope = await openTenant();
    const wrong = [
      [owner(), { filter: { ip }, previewToken }],
      [
        { ...ctx, scope },
        { filter: { ip }, previewToken },
      ],
      [ctx, { filter: {}, previewToken }],
      [ctx, { filter: { ip, device: "mobile" }, previewToken }],
      [ctx, { filter: { ip }, previewToken: `${previewToken.slice(0, -2)}AA` }],
      [ctx, { filter: { ip }, previewToken: "none" }],
    ] as const;
    for (const [caller, input] of wrong) await expect(attempt(caller, input)).rejects.toMatchObject(refusal);
    expect(await accepted([session])).toHaveLength(1);
    expect(await receiptsOf(ctx)).toBe(0);
    expect(await attempt(ctx, { filter: { ip }, previewToken })).toMatchObject({ matched: 1 });
  });

  test("runs out after a quarter of an hour, and the answer says so", async () => {
    const ip = ownAddress();
    const ctx = owner();
    const { previewToken } = await preview(ctx, { ip });
    vi.useFakeTimers({ now: Date.now() + previewSeconds * 1_000 + 1, toFake: ["Date"] });
    try {
      const answer = attempt(ctx, { filter: { ip }, previewToken });
      await expect(answer).rejects.toMatchObject({ ...refusal, message: expect.stringContaining("run out") });
    } finally {
      vi.useRealTimers();
    }
  });

  test("goes with a filter, and a filter with it", async () => {
    const { previewToken } = await preview(owner(), {});
    const userId = newId();
    const paths = async (input: object) => {
      const thrown: unknown = await attempt(owner(), input).catch((error: unknown) => error);
      return thrown instanceof Error && "errors" in thrown ? thrown.errors : null;
    };
    expect(await paths({ filter: {} })).toMatchObject([{ path: "previewToken" }]);
    expect(await paths({ userId, previewToken })).toMatchObject([{ path: "previewToken" }]);
    expect(await paths({ userId, filter: {}, previewToken })).toMatchObject([{ path: "sessionIds" }]);
    expect(await paths({})).toMatchObject([{ path: "sessionIds" }]);
    expect(await paths({ filter: {}, previewToken, reason: "a".repeat(1_000_000) })).toMatchObject([
      { path: "reason" },
    ]);
  });
});
