import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { RequestContext } from "@/lib/operations/request-context";
import { runOperation } from "@/lib/operations/run-operation";
import { updatePolicy } from "@/lib/policies/update-policy";
import { platformContext, tenantContext, userActor } from "@/tests/support/contexts";
import { auditEventsOf, makeUser } from "@/tests/support/factories";
import { openTenant, tenantCaller } from "@/tests/support/people";
import { openSessionBed } from "../sessions/session-bed";

let bed: Awaited<ReturnType<typeof openSessionBed>>;
beforeAll(async () => {
  bed = await openSessionBed();
});
afterAll(() => bed.close());

const aged = (ctx: RequestContext, seconds: number, id = ctx.actor.id ?? ""): RequestContext => ({
  ...ctx,
  requestId: crypto.randomUUID(),
  actor: userActor({ id, authenticatedAt: new Date(Date.now() - seconds * 1_000) }),
});
const act = (ctx: RequestContext) => runOperation(updatePolicy, ctx, { passwordLengthMin: 14 });
const demand = (ctx: RequestContext, reauthenticationSeconds: number | null) =>
  runOperation(updatePolicy, ctx, { reauthenticationSeconds });

describe("a proof of identity for an act that asks for a fresh one", () => {
  it("is five minutes old at most where nobody says anything", async () => {
    const owner = await tenantCaller(await openTenant(), "owner");
    await act(aged(owner, 290));
    const stale = aged(owner, 310);
    await expect(act(stale)).rejects.toMatchObject({ code: "STEP_UP_REQUIRED" });
    expect(await auditEventsOf(stale.requestId)).toMatchObject([{ action: "policy.update", outcome: "denied" }]);
  });

  it("is as fresh as the tenant asks for in which somebody acts", async () => {
    const [strict, lax] = [await openTenant(), await openTenant()];
    await demand(tenantContext("owner", strict), 90);
    await act(aged(tenantContext("owner", strict), 80));
    await expect(act(aged(tenantContext("owner", strict), 100))).rejects.toMatchObject({ code: "STEP_UP_REQUIRED" });
    await act(aged(tenantContext("owner", lax), 100));
  });

  it("is as fresh as the person's home asks for, wherever they act", async () => {
    const [home, elsewhere] = [await openTenant(), await openTenant()];
    await demand(tenantContext("owner", home), 90);
    const { id } = await makeUser({ homeTenantId: home.tenantId });
    await expect(act(aged(tenantContext("owner", elsewhere), 100, id))).rejects.toMatchObject({
      code: "STEP_UP_REQUIRED",
    });
    await act(aged(tenantContext("owner", elsewhere), 80, id));
  });

  it("is as fresh as the platform asks for, which no tenant may loosen, and no rule asks for less than a minute", async () => {
    const tenant = await openTenant();
    await demand(platformContext("owner"), 120);
    try {
      await expect(act(aged(tenantContext("owner", tenant), 130))).rejects.toMatchObject({ code: "STEP_UP_REQUIRED" });
      await expect(demand(tenantContext("owner", tenant), 121)).rejects.toMatchObject({
        code: "INVALID_INPUT",
        errors: [{ path: "reauthenticationSeconds", message: "The platform allows at most 120." }],
      });
    } finally {
      await demand(platformContext("owner"), null);
    }
    for (const seconds of [59, 301]) {
      await expect(demand(platformContext("owner"), seconds)).rejects.toMatchObject({ code: "INVALID_INPUT" });
    }
  });
});
