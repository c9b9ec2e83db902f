import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { newId } from "@/lib/db/new-id";
import type { RequestContext } from "@/lib/operations/request-context";
import { runOperation } from "@/lib/operations/run-operation";
import { createRateLimitExemption } from "@/lib/rate-limit-monitor/create-rate-limit-exemption";
import { deleteRateLimitExemption } from "@/lib/rate-limit-monitor/delete-rate-limit-exemption";
import { listRateLimitExemptions } from "@/lib/rate-limit-monitor/list-rate-limit-exemptions";
import { listRateLimitRules } from "@/lib/rate-limit-monitor/list-rate-limit-rules";
import { updateRateLimitRule } from "@/lib/rate-limit-monitor/update-rate-limit-rule";
import { currentRule } from "@/lib/rate-limits/limit-settings";
import { ruleKeys } from "@/lib/rate-limits/rule-catalogue";
import { auditEventsOf, makeUser } from "@/tests/support/factories";
import { again, openTenant, platformCaller, tenantCaller } from "@/tests/support/people";
import { startTestRuntime, type TestRuntime } from "@/tests/support/test-runtime";
import { awaitSettings, codeOf, decideTimes, isLetThrough, runFull } from "./monitor-bed";

let runtime: TestRuntime;
let admin: RequestContext;

beforeAll(async () => {
  runtime = await startTestRuntime();
  admin = await platformCaller("admin");
});
afterAll(() => runtime.stop());

const update = (ctx: RequestContext, input: object) => runOperation(updateRateLimitRule, ctx, input);
const exempt = (ctx: RequestContext, input: object) =>
  runOperation(createRateLimitExemption, ctx, { reason: "the office", expiresAt: inADay(), ...input });
const inADay = () => new Date(Date.now() + 86_400_000).toISOString();

describe("a rule", () => {
  it("is listed with its defaults and bounds, for the platform and for tenants", async () => {
    const { data } = await runOperation(listRateLimitRules, admin, {});
    expect(data.map(({ rule }) => rule)).toEqual(ruleKeys);
    const tenant = await tenantCaller(await openTenant(), "auditor");
    expect((await runOperation(listRateLimitRules, tenant, {})).data.map(({ limit }) => limit)).toEqual(
      data.map(({ limit }) => limit),
    );
  });

  it("that is changed holds at once, leaves one event with before and after, and goes back to its default", async () => {
    const ctx = again(admin);
    const rule = "unlock-link";
    const changed = await update(ctx, { rule, limit: 3, windowSeconds: 60 });
    expect(changed).toMatchObject({ limit: 3, windowSeconds: 60, mode: "enforce", overridden: true });
    expect(changed.updatedBy).toMatchObject({ type: "user", id: admin.actor.id });
    expect(await auditEventsOf(ctx.requestId)).toMatchObject([
      {
        action: "rate-limit-rule.update",
        targetType: "rate-limit-rule",
        targetId: rule,
        changes: { limit: { before: 30, after: 3 }, windowSeconds: { before: 900, after: 60 } },
      },
    ]);
    await awaitSettings(() => currentRule(rule).limit === 3);
    const decisions = await decideTimes(4, [{ rule, subject: "203.0.113.1" }]);
    expect(decisions.map(({ allowed }) => allowed)).toEqual([true, true, true, false]);
    const none = again(admin);
    await update(none, { rule, limit: 3 });
    expect(await auditEventsOf(none.requestId)).toEqual([]);
    expect(await update(again(admin), { rule, limit: null, windowSeconds: null })).toMatchObject({ overridden: false });
  });

  it("that observes counts and refuses nothing", async () => {
    await update(again(admin), { rule: "new-device-link", mode: "observe" });
    await awaitSettings(() => currentRule("new-device-link").mode === "observe");
    await runFull("new-device-link", "203.0.113.2");
    expect(await isLetThrough("new-device-link", "203.0.113.2")).toBe(true);
  });

  it("keeps to its bounds, and takes the permission and a fresh proof", async () => {
    for (const input of [{ limit: 0 }, { limit: 201 }, { windowSeconds: 9 }, { mode: "off" }]) {
      expect(await codeOf(() => update(again(admin), { rule: "sign-in-account", ...input }))).toBe("INVALID_INPUT");
    }
    expect(await codeOf(() => update(again(admin), { rule: "no-such-rule" }))).toBe("INVALID_INPUT");
    const support = await platformCaller("support");
    expect(await codeOf(() => update(support, { rule: "api", limit: 1 }))).toBe("FORBIDDEN");
    expect(await auditEventsOf(support.requestId)).toMatchObject([{ outcome: "denied" }]);
    if (admin.actor.type !== "user") throw new Error("Nobody in person.");
    const stale = { ...again(admin), actor: { ...admin.actor, authenticatedAt: new Date(Date.now() - 3_600_000) } };
    expect(await codeOf(() => update(stale, { rule: "api", limit: 1 }))).toBe("STEP_UP_REQUIRED");
    expect(await codeOf(() => exempt(stale, { cidr: "203.0.113.0/24" }))).toBe("STEP_UP_REQUIRED");
    const inTenant = await tenantCaller(await openTenant(), "owner");
    expect(await codeOf(() => update(inTenant, { rule: "api", limit: 1 }))).toBe("NOT_FOUND");
  });
});

describe("an exemption", () => {
  it("lets a network through every rule until it is taken away, with one event each", async () => {
    const made = again(admin);
    const created = await exempt(made, { cidr: "203.0.113.77/24" });
    expect(created).toMatchObject({
      kind: "address",
      cidr: "203.0.113.0/24",
      user: null,
      tenant: null,
      status: "active",
    });
    const facts = { address: "203.0.113.9" };
    const email = `${newId()}@example.com`;
    await runFull("sign-in-account", email);
    await awaitSettings(() => isLetThrough("sign-in-account", email, facts));
    expect(await isLetThrough("sign-in-account", email, { address: "198.51.100.9" })).toBe(false);
    const gone = again(admin);
    await runOperation(deleteRateLimitExemption, gone, { exemptionId: created.id });
    await awaitSettings(async () => !(await isLetThrough("sign-in-account", email, facts)));
    const details = { exemptionId: created.id, cidr: "203.0.113.0/24" };
    expect(await auditEventsOf(made.requestId)).toMatchObject([{ action: "rate-limit-exemption.create", details }]);
    expect(await auditEventsOf(gone.requestId)).toMatchObject([{ action: "rate-limit-exemption.delete", details }]);
    const remove = () => runOperation(deleteRateLimitExemption, again(admin), { exemptionId: created.id });
    expect(await codeOf(remove)).toBe("NOT_FOUND");
  });

  it("is of one network or one account, and neither of half the Internet nor for ever", async () => {
    const { id } = await makeUser();
    const wrong = [
      { cidr: "0.0.0.0/0" },
      { cidr: "2001::/16" },
      { cidr: "203.0.113.0/24", userId: id },
      {},
      { cidr: "203.0.113.0/24", expiresAt: "2099-01-01T00:00:00Z" },
      { cidr: "203.0.113.0/24", expiresAt: "2020-01-01T00:00:00Z" },
    ];
    for (const input of wrong) expect(await codeOf(() => exempt(again(admin), input))).toBe("INVALID_INPUT");
    const auditor = await platformCaller("auditor");
    expect(await codeOf(() => exempt(auditor, { userId: id }))).toBe("FORBIDDEN");
  });

  it("of a tenant is of its own accounts, and is seen by it alone", async () => {
    const [ours, theirs] = [await openTenant(), await openTenant()];
    const [ctx, other] = [await tenantCaller(ours, "owner"), await tenantCaller(theirs, "owner")];
    const member = await makeUser({ homeTenantId: ours.tenantId });
    const stranger = await makeUser({ homeTenantId: theirs.tenantId });
    expect(await codeOf(() => exempt(ctx, { cidr: "203.0.113.0/24" }))).toBe("FORBIDDEN");
    for (const userId of [stranger.id, newId()])
      expect(await codeOf(() => exempt(again(ctx), { userId }))).toBe("NOT_FOUND");
    const made: string[] = [];
    for (let time = 0; time < 3; time += 1) made.push((await exempt(again(ctx), { userId: member.id })).id);
    const list = (caller: RequestContext, input: object = {}) => runOperation(listRateLimitExemptions, caller, input);
    const first = await list(ctx, { limit: 2 });
    const second = await list(ctx, { limit: 2, cursor: first.nextCursor ?? "" });
    expect([...first.data, ...second.data].map(({ id }) => id).sort()).toEqual(made.sort());
    expect((await list(ctx, { search: member.email, kind: "account", status: "active" })).data).toHaveLength(3);
    expect((await list(other)).data).toEqual([]);
    for (const exemptionId of [made[0], newId(), "garbage"]) {
      expect(await codeOf(() => runOperation(deleteRateLimitExemption, again(other), { exemptionId }))).toBe(
        "NOT_FOUND",
      );
    }
  });
});
