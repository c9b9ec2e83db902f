import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { prismaClient } from "@/lib/db/prisma-client";
import { runOperation } from "@/lib/operations/run-operation";
import { checkSession } from "@/lib/sessions/check-session";
import { finishRevocation } from "@/lib/sessions/finish-revocation";
import { getReceipt } from "@/lib/sessions/get-receipt";
import { sweepDeadSessions } from "@/lib/sessions/sweep-sessions";
import { deleteTenant } from "@/lib/tenants/delete-tenant";
import { getTenant } from "@/lib/tenants/get-tenant";
import { restoreTenant } from "@/lib/tenants/restore-tenant";
import { resumeTenant } from "@/lib/tenants/resume-tenant";
import { suspendTenant } from "@/lib/tenants/suspend-tenant";
import { platformContext, userActor } from "@/tests/support/contexts";
import { auditEventsAbout, auditEventsOf, makeMembership, makeTenant, makeUser } from "@/tests/support/factories";
import { asOwner, historyOf, makeSession, makeSessions, openSessionBed } from "../sessions/session-bed";

let bed: Awaited<ReturnType<typeof openSessionBed>>;
beforeAll(async () => {
  bed = await openSessionBed();
});
afterAll(() => bed.close());

const owner = () => platformContext("owner");
const reason = "The invoice of May is open.";

async function inTenant() {
  const [tenant, user] = [await makeTenant(), await makeUser()];
  await makeMembership(tenant.id, user.id);
  return { tenant, user, session: await makeSession(user.id, { activeTenantId: tenant.id }) };
}

describe("suspending a tenant", () => {
  it("ends at once the sessions active in it, cached ones too, and those of people at home in it; no other", async () => {
    const { tenant, user, session } = await inTenant();
    const native = await makeUser({ homeTenantId: tenant.id });
    const atHome = await makeSession(native.id);
    const elsewhere = await makeSession(user.id);
    const other = await inTenant();
    for (const { tokenHash } of [session, atHome, elsewhere, other.session])
      expect(await checkSession(tokenHash)).not.toBeNull();

    const before = await runOperation(getTenant, owner(), { tenantSlug: tenant.slug });
    expect(before.activeSessions).toEqual({ count: 2, capped: false });
    const ctx = owner();
    const suspended = await runOperation(suspendTenant, ctx, { tenantSlug: tenant.slug, reason });
    expect(suspended).toMatchObject({ status: "suspended", suspendedReason: reason, activeSessions: { count: 0 } });

    for (const { tokenHash } of [session, atHome]) expect(await checkSession(tokenHash)).toBeNull();
    for (const { tokenHash } of [elsewhere, other.session]) expect(await checkSession(tokenHash)).not.toBeNull();
    expect(await historyOf(session.id)).toMatchObject({ endReason: "suspended", receiptId: suspended.receiptId });
    expect(await runOperation(getReceipt, owner(), { receiptId: suspended.receiptId })).toMatchObject({
      kind: "tenant",
      target: { id: tenant.id, name: tenant.slug },
      status: "complete",
      ended: 2,
      users: 2,
      reason,
      verified: { checked: 2, stillAccepted: 0 },
    });
    expect(await auditEventsOf(ctx.requestId)).toMatchObject([
      { action: "tenant.suspend", tenantId: tenant.id, reason, details: { receiptId: suspended.receiptId } },
    ]);
  });

  it("lets no session begin in it or enter it, and resuming does not revive what ended", async () => {
    const { tenant, user, session } = await inTenant();
    const elsewhere = await makeSession(user.id);
    await runOperation(suspendTenant, owner(), { tenantSlug: tenant.slug, reason });
    await expect(makeSession(user.id, { activeTenantId: tenant.id })).rejects.toThrow();
    const enter = () =>
      prismaClient.get()
        .$executeRaw`update session set active_tenant_id = ${tenant.id}::uuid where id = ${elsewhere.id}::uuid`;
    await expect(enter()).rejects.toThrow(/suspended/);

    const ctx = owner();
    expect(await runOperation(resumeTenant, ctx, { tenantSlug: tenant.slug })).toMatchObject({
      status: "active",
      suspendedReason: null,
    });
    expect((await auditEventsOf(ctx.requestId)).map(({ action }) => action)).toEqual(["tenant.resume"]);
    expect(await checkSession(session.tokenHash)).toBeNull();
    expect(await enter()).toBe(1);
  });

  it("above a thousand sessions ends all at once and leaves the rows to the job", async () => {
    const [tenant, user, native] = [await makeTenant(), await makeUser(), await makeUser()];
    await makeMembership(tenant.id, user.id);
    await asOwner(bed, `update "user" set home_tenant_id = '${tenant.id}' where id = '${native.id}'`);
    const sessions = await makeSessions(user.id, 1_100, { activeTenantId: tenant.id });
    await makeSessions(native.id, 20);
    const { receiptId } = await runOperation(suspendTenant, owner(), { tenantSlug: tenant.slug, reason });
    expect(await checkSession(sessions[1_050]?.tokenHash ?? "")).toBeNull();
    const read = () => runOperation(getReceipt, owner(), { receiptId });
    expect(await read()).toMatchObject({ matched: null, ended: null, users: null });
    await sweepDeadSessions();
    await Promise.all([finishRevocation(receiptId), finishRevocation(receiptId)]);
    expect(await read()).toMatchObject({ status: "complete", matched: 1_120, ended: 1_120, users: 2 });
    expect(await historyOf(sessions[0]?.id ?? "")).toMatchObject({ endReason: "suspended", receiptId });
  });

  it("asks for a reason and a fresh proof, and is refused twice over, to support and for what is not there", async () => {
    const { tenant, session } = await inTenant();
    const suspend = (ctx = owner(), tenantSlug = tenant.slug) =>
      runOperation(suspendTenant, ctx, { tenantSlug, reason });
    await expect(runOperation(suspendTenant, owner(), { tenantSlug: tenant.slug })).rejects.toMatchObject({
      code: "INVALID_INPUT",
    });
    const stale = platformContext("owner", { actor: userActor({ authenticatedAt: new Date(Date.now() - 301_000) }) });
    await expect(suspend(stale)).rejects.toMatchObject({ code: "STEP_UP_REQUIRED" });
    await expect(suspend(platformContext("support"))).rejects.toMatchObject({ code: "NOT_FOUND" });
    await expect(suspend(owner(), "nowhere")).rejects.toMatchObject({ code: "NOT_FOUND" });
    expect(await checkSession(session.tokenHash)).not.toBeNull();
    await suspend();
    await expect(suspend()).rejects.toMatchObject({ code: "CONFLICT" });
  });
});

describe("deleting a tenant", () => {
  it("suspends it for thirty days with one event, and restoring it makes it work again", async () => {
    const { tenant, session } = await inTenant();
    const ctx = owner();
    const deleted = await runOperation(deleteTenant, ctx, { tenantSlug: tenant.slug, reason });
    expect(deleted).toMatchObject({ status: "deleting", suspendedReason: reason });
    const days = (Date.parse(deleted.deletesAt ?? "") - Date.now()) / 86_400_000;
    expect(Math.round(days)).toBe(30);
    expect(await checkSession(session.tokenHash)).toBeNull();
    expect((await auditEventsOf(ctx.requestId)).map(({ action }) => action)).toEqual(["tenant.delete"]);

    const resume = runOperation(resumeTenant, owner(), { tenantSlug: tenant.slug });
    await expect(resume).rejects.toMatchObject({ code: "CONFLICT" });
    const restored = await runOperation(restoreTenant, owner(), { tenantSlug: tenant.slug });
    expect(restored).toMatchObject({ status: "active", suspendedReason: null, deletesAt: null });
    expect(await checkSession(session.tokenHash)).toBeNull();
    const actions = (await auditEventsAbout(tenant.id)).map(({ action, outcome }) => `${action} ${outcome}`);
    expect(actions).toEqual(["tenant.delete success", "tenant.restore success"]);
  });

  it("once restored stays suspended if it had been so before", async () => {
    const { tenant } = await inTenant();
    await runOperation(suspendTenant, owner(), { tenantSlug: tenant.slug, reason });
    await asOwner(bed, `update tenant set suspended_at = suspended_at - interval '1 day' where id = '${tenant.id}'`);
    await runOperation(deleteTenant, owner(), { tenantSlug: tenant.slug });
    const restored = await runOperation(restoreTenant, owner(), { tenantSlug: tenant.slug });
    expect(restored).toMatchObject({ status: "suspended", suspendedReason: reason });
  });
});
