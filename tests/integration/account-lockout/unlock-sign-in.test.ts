import { createHash } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { unlockSignIn } from "@/lib/account-lockout/unlock-sign-in";
import { runOperation } from "@/lib/operations/run-operation";
import { decide } from "@/lib/rate-limits/decide";
import { getUser } from "@/lib/users/get-user";
import { platformContext } from "../../support/contexts";
import { auditEventsAbout, auditEventsOf, makeMembership, makeUser } from "../../support/factories";
import { openTenant, platformCaller, tenantCaller } from "../../support/people";
import { startTestRuntime, type TestRuntime } from "../../support/test-runtime";

let runtime: TestRuntime;

beforeAll(async () => {
  runtime = await startTestRuntime();
});
afterAll(() => runtime.stop());

/** Somebody whose account strangers have locked for an hour. */
async function makeLocked(wishes: Parameters<typeof makeUser>[0] = {}) {
  const user = await makeUser(wishes);
  await runtime.asSuperuser(
    `insert into account_lockout (account_digest, user_id, stranger_claims, device_claims, locked_until, last_tried_at)
     values ($1, $2, 30, 2, now() + interval '1 hour', now())`,
    [createHash("sha256").update(user.email).digest(), user.id],
  );
  return user;
}

const lockOf = async (userId: string) => (await runOperation(getUser, platformContext("owner"), { userId })).signInLock;

describe("unlocking somebody's sign-in", () => {
  it("forgets the failures and leaves one event that says what there was", async () => {
    const user = await makeLocked();
    expect(await lockOf(user.id)).toMatchObject({ failures: 30, deviceFailures: 2, lockedForGood: false });
    const ctx = await platformCaller("support");
    const answer = await runOperation(unlockSignIn, ctx, { userId: user.id, reason: "called us" });
    expect([answer.id, answer.signInLock]).toEqual([user.id, null]);
    expect(await auditEventsOf(ctx.requestId)).toMatchObject([
      {
        action: "sign-in.unlock",
        outcome: "success",
        targetId: user.id,
        reason: "called us",
        changes: { lockedUntil: { after: null } },
        details: { failures: 30, deviceFailures: 2, by: "administrator" },
      },
    ]);
  });

  it("clears the limiter's counters too, and leaves no event where nothing was remembered", async () => {
    const user = await makeUser();
    const charge = () =>
      decide([{ rule: "sign-in-account", subject: user.email }], { tenantId: null, path: null, address: null });
    for (let count = 0; count < 10; count += 1) await charge();
    expect((await charge()).allowed).toBe(false);
    const ctx = await platformCaller("support");
    await runOperation(unlockSignIn, ctx, { userId: user.id });
    expect((await charge()).allowed).toBe(true);
    expect(await auditEventsOf(ctx.requestId)).toEqual([]);
  });

  it("is refused to an auditor, and against somebody of the same rank or a higher one", async () => {
    const user = await makeLocked();
    const owner = await makeLocked({ platformRole: "owner" });
    for (const [key, userId] of [
      ["auditor", user.id],
      ["admin", owner.id],
    ] as const) {
      const ctx = await platformCaller(key);
      await expect(runOperation(unlockSignIn, ctx, { userId })).rejects.toMatchObject({ code: "FORBIDDEN" });
      const events = await auditEventsOf(ctx.requestId);
      expect(events.map(({ action, outcome }) => [action, outcome])).toEqual([["sign-in.unlock", "denied"]]);
    }
    expect([await lockOf(user.id), await lockOf(owner.id)]).toMatchObject([{ failures: 30 }, { failures: 30 }]);
  });

  it("is a tenant's for the accounts that it manages: a guest's lock is not seen there, a stranger is absent", async () => {
    const [tenant, other] = [await openTenant(), await openTenant()];
    const own = await makeLocked({ homeTenantId: tenant.tenantId });
    const guest = await makeLocked({ homeTenantId: other.tenantId });
    await makeMembership(tenant.tenantId, own.id);
    await makeMembership(tenant.tenantId, guest.id, "guest");
    const stranger = await makeLocked({ homeTenantId: other.tenantId });
    const ctx = () => tenantCaller(tenant, "moderator");
    expect((await runOperation(getUser, await ctx(), { userId: own.id })).signInLock).toMatchObject({ failures: 30 });
    expect((await runOperation(getUser, await ctx(), { userId: guest.id })).signInLock).toBeNull();
    await expect(runOperation(unlockSignIn, await ctx(), { userId: guest.id })).rejects.toMatchObject({
      code: "FORBIDDEN",
    });
    await expect(runOperation(unlockSignIn, await ctx(), { userId: stranger.id })).rejects.toMatchObject({
      code: "NOT_FOUND",
    });
    expect([await lockOf(guest.id), await lockOf(stranger.id)]).toMatchObject([{ failures: 30 }, { failures: 30 }]);
    expect((await runOperation(unlockSignIn, await ctx(), { userId: own.id })).signInLock).toBeNull();
    expect((await auditEventsAbout(own.id)).map(({ action, tenantId }) => [action, tenantId])).toEqual([
      ["sign-in.unlock", tenant.tenantId],
    ]);
  });

  it("does not lift a lock that an administrator has set", async () => {
    const user = await makeLocked({ lockedAt: new Date(), lockedReason: "leaver" });
    const answer = await runOperation(unlockSignIn, await platformCaller("support"), { userId: user.id });
    expect(answer).toMatchObject({ status: "locked", signInLock: null });
  });
});
