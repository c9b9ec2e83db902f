import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { runOperation } from "@/lib/operations/run-operation";
import { getPolicy } from "@/lib/policies/get-policy";
import { updatePolicy } from "@/lib/policies/update-policy";
import { platformContext, tenantContext, userActor } from "@/tests/support/contexts";
import { auditEventsOf, makeTenant } from "@/tests/support/factories";
import { startTestRuntime, type TestRuntime } from "@/tests/support/test-runtime";

let runtime: TestRuntime;
beforeAll(async () => {
  runtime = await startTestRuntime();
});
afterAll(() => runtime.stop());

const owner = () => platformContext("owner");
const inTenant = (tenant: { id: string; slug: string }, role = "owner") =>
  tenantContext(role, { tenantId: tenant.id, tenantSlug: tenant.slug });
/** The platform's rules are one row: whoever sets some takes them back. */
const takeBack = (...fields: string[]) =>
  runOperation(updatePolicy, owner(), Object.fromEntries(fields.map((field) => [field, null])));

describe("a tenant's rules", () => {
  it("hold beside the platform's, leave one event, and are taken back by null", async () => {
    const tenant = await makeTenant();
    const ctx = inTenant(tenant);
    const changed = await runOperation(updatePolicy, ctx, {
      sessionIdleSeconds: 3_600,
      passwordComposition: ["digit"],
    });
    expect(changed).toMatchObject({
      own: { sessionIdleSeconds: 3_600, passwordComposition: ["digit"], sessionAbsoluteSeconds: null },
      platform: { sessionIdleSeconds: 604_800, passwordComposition: [] },
      effective: { sessionIdleSeconds: 3_600, passwordComposition: ["digit"] },
      sessionsTightened: { count: 0, pending: false },
    });
    expect(await auditEventsOf(ctx.requestId)).toMatchObject([
      {
        action: "policy.update",
        outcome: "success",
        tenantId: tenant.id,
        targetId: tenant.id,
        changes: { sessionIdleSeconds: { before: null, after: 3_600 } },
      },
    ]);
    const again = inTenant(tenant);
    await runOperation(updatePolicy, again, { sessionIdleSeconds: 3_600 });
    expect(await auditEventsOf(again.requestId)).toEqual([]);
    const back = await runOperation(updatePolicy, inTenant(tenant), { sessionIdleSeconds: null });
    expect(back.effective).toMatchObject({ sessionIdleSeconds: 604_800, passwordComposition: ["digit"] });
  });

  it("may not be looser than the platform's: each field is named with its bound", async () => {
    const tenant = await makeTenant();
    await runOperation(updatePolicy, owner(), {
      sessionIdleSeconds: 1_800,
      concurrentSessionsMax: 3,
      passwordLengthMin: 16,
      passwordComposition: ["digit"],
      allowedAddresses: ["192.0.2.0/24"],
    });
    try {
      const refused = runOperation(updatePolicy, inTenant(tenant), {
        sessionIdleSeconds: 1_801,
        concurrentSessionsMax: 4,
        passwordLengthMin: 15,
        passwordComposition: ["upper"],
        allowedAddresses: ["192.0.2.0/23"],
        auditRetentionDays: 364,
      });
      await expect(refused).rejects.toMatchObject({ code: "INVALID_INPUT" });
      const errors = await refused.catch(({ errors }: { errors: { path: string; message: string }[] }) => errors);
      expect(errors).toEqual([
        { path: "sessionIdleSeconds", message: expect.stringContaining("1800") },
        { path: "concurrentSessionsMax", message: expect.stringContaining("3") },
        { path: "passwordLengthMin", message: expect.stringContaining("16") },
        { path: "auditRetentionDays", message: expect.stringContaining("365") },
        { path: "passwordComposition", message: expect.stringContaining("digit") },
        { path: "allowedAddresses", message: expect.stringContaining("192.0.2.0/23") },
      ]);
    } finally {
      await takeBack(
        ...[
          "sessionIdleSeconds",
          "concurrentSessionsMax",
          "passwordLengthMin",
          "passwordComposition",
          "allowedAddresses",
        ],
      );
    }
  });

  it("cannot lock out whoever sets them", async () => {
    const tenant = await makeTenant();
    const elsewhere = runOperation(updatePolicy, inTenant(tenant), { allowedAddresses: ["198.51.100.0/24"] });
    await expect(elsewhere).rejects.toMatchObject({ code: "INVALID_INPUT", errors: [{ path: "allowedAddresses" }] });
    const second = runOperation(updatePolicy, inTenant(tenant), { secondFactorRequired: true });
    await expect(second).rejects.toMatchObject({ code: "CONFLICT" });
    const mine = await runOperation(updatePolicy, inTenant(tenant), {
      allowedAddresses: ["192.0.2.0/30", "198.51.100.0/24"],
    });
    expect(mine.effective.allowedAddresses).toEqual(["192.0.2.0/30", "198.51.100.0/24"]);
  });

  it("are the tenant's own: another one neither sees nor changes them", async () => {
    const [one, other] = [await makeTenant(), await makeTenant()];
    await runOperation(updatePolicy, inTenant(one), { passwordLengthMin: 20 });
    expect((await runOperation(getPolicy, inTenant(other), {})).effective.passwordLengthMin).toBe(12);
    expect((await runOperation(getPolicy, owner(), {})).own.passwordLengthMin).toBeNull();
    await runOperation(updatePolicy, inTenant(other), { passwordLengthMin: 30 });
    expect((await runOperation(getPolicy, inTenant(one), {})).own.passwordLengthMin).toBe(20);
  });

  it("are changed by its owners alone, with a fresh proof, and read by its administrators", async () => {
    const tenant = await makeTenant();
    const change = { passwordLengthMin: 20 };
    await expect(runOperation(updatePolicy, inTenant(tenant, "admin"), change)).rejects.toMatchObject({
      code: "FORBIDDEN",
    });
    await expect(runOperation(updatePolicy, inTenant(tenant, "moderator"), change)).rejects.toMatchObject({
      code: "NOT_FOUND",
    });
    const actor = userActor({ authenticatedAt: new Date(Date.now() - 301_000) });
    await expect(runOperation(updatePolicy, { ...inTenant(tenant), actor }, change)).rejects.toMatchObject({
      code: "STEP_UP_REQUIRED",
    });
    expect((await runOperation(getPolicy, inTenant(tenant, "admin"), {})).own.passwordLengthMin).toBeNull();
  });
});

describe("changes at the same time", () => {
  it("lose nothing: each of two writes its own field", async () => {
    const tenant = await makeTenant();
    await Promise.all([
      runOperation(updatePolicy, inTenant(tenant), { passwordLengthMin: 20 }),
      runOperation(updatePolicy, inTenant(tenant), { sessionIdleSeconds: 900 }),
    ]);
    const { own } = await runOperation(getPolicy, inTenant(tenant), {});
    expect(own).toMatchObject({ passwordLengthMin: 20, sessionIdleSeconds: 900 });
  });
});
