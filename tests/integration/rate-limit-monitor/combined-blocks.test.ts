import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { newId } from "@/lib/db/new-id";
import type { RequestContext } from "@/lib/operations/request-context";
import { runOperation } from "@/lib/operations/run-operation";
import { createRateLimitBlock } from "@/lib/rate-limit-monitor/create-rate-limit-block";
import { deleteRateLimitBlock } from "@/lib/rate-limit-monitor/delete-rate-limit-block";
import { listRateLimitBlocks } from "@/lib/rate-limit-monitor/list-rate-limit-blocks";
import { listRateLimitRefusals } from "@/lib/rate-limit-monitor/list-rate-limit-refusals";
import { listRateLimitTop } from "@/lib/rate-limit-monitor/list-rate-limit-top";
import { previewRateLimitRule } from "@/lib/rate-limit-monitor/preview-rate-limit-rule";
import { subjectHash, toBlockId, topKey } from "@/lib/rate-limits/limit-keys";
import { throttle } from "@/lib/rate-limits/throttle";
import { redisClient } from "@/lib/redis/redis-client";
import { auditEventsOf } from "@/tests/support/factories";
import { again, openTenant, platformCaller, type TenantScope, tenantCaller } from "@/tests/support/people";
import { startTestRuntime, type TestRuntime } from "@/tests/support/test-runtime";
import { until } from "@/tests/support/until";
import { makeSession } from "../sessions/session-bed";
import { codeOf, forgetTops, setRule } from "./monitor-bed";

let runtime: TestRuntime;
let operator: RequestContext;

beforeAll(async () => {
  runtime = await startTestRuntime();
  operator = await platformCaller("support");
  await setRule(runtime, { rule: "api-operation", limit: 20, windowSeconds: 3_600 });
  await setRule(runtime, { rule: "api-tenant", limit: 60, windowSeconds: 3_600 });
});
afterAll(() => runtime.stop());

/** The same person in a session of its own, so that whoever looks often is not refused for it. */
const inNewSession = (ctx: RequestContext): RequestContext =>
  ctx.actor.type === "user" ? { ...again(ctx), actor: { ...ctx.actor, sessionId: newId() } } : ctx;
const list = async (ctx: RequestContext, input: object) =>
  (await runOperation(listRateLimitBlocks, inNewSession(ctx), input)).data;
const clear = (ctx: RequestContext, blockId: string) =>
  runOperation(deleteRateLimitBlock, ctx, { blockId, reason: "known" });
const isLetThrough = (operation: string, ctx: RequestContext) =>
  throttle(operation, ctx).then(
    () => true,
    () => false,
  );

/** A member of a tenant whose session is refused one operation, and the block that this makes. */
async function blockedMember(scope: TenantScope) {
  const ctx = await tenantCaller(scope);
  if (ctx.actor.type !== "user") throw new Error("A member is a user.");
  const session = await makeSession(ctx.actor.id);
  const caller = `session:${session.id}`;
  const label = `${caller}/exportTheMoon`;
  const member = { ...ctx, actor: { ...ctx.actor, sessionId: session.id } };
  for (let time = 0; time < 22; time += 1) await isLetThrough("exportTheMoon", member);
  return { member, userId: ctx.actor.id, caller, label, id: toBlockId("api-operation", hashOf(label)) };
}

const hashOf = (label: string) => subjectHash("caller-operation", label);

describe("a session that is refused one operation", () => {
  it("is listed with the operation and whose session it is, and found by either", async () => {
    const tenant = await openTenant();
    const { userId, caller, label, id } = await blockedMember(tenant);
    const shown = {
      id,
      kind: "automatic",
      rule: "api-operation",
      attempts: 2,
      clearable: true,
      subject: {
        dimension: "caller-operation",
        label,
        operation: "exportTheMoon",
        user: { id: userId },
        tenant: { id: tenant.tenantId },
      },
    };
    const { tenantSlug } = tenant;
    for (const search of [label, caller, caller.split(":")[1], "exportthemoon", id])
      expect(await list(operator, { search, tenant: tenantSlug })).toMatchObject([shown]);
    for (const filter of [{ rule: "api-operation" }, { dimension: "caller-operation" }, { kind: "automatic" }])
      expect(await list(operator, { ...filter, tenant: tenantSlug })).toMatchObject([shown]);
    for (const filter of [{ rule: "api" }, { dimension: "caller" }, { kind: "manual" }])
      expect(await list(operator, { ...filter, search: caller })).toEqual([]);
    const { data } = await runOperation(listRateLimitRefusals, operator, { search: caller });
    expect(data).toHaveLength(2);
    expect(data[0]).toMatchObject({ rule: "api-operation", blockId: id, subject: { operation: "exportTheMoon" } });
  });

  it("can go on at once when the platform clears it, and that leaves one event", async () => {
    const { member, id, label } = await blockedMember(await openTenant());
    expect(await isLetThrough("exportTheMoon", member)).toBe(false);
    const ctx = again(operator);
    await clear(ctx, id);
    expect(await isLetThrough("exportTheMoon", member)).toBe(true);
    expect(await list(operator, { search: label })).toEqual([]);
    expect(await auditEventsOf(ctx.requestId)).toMatchObject([
      {
        action: "rate-limit-block.delete",
        outcome: "success",
        targetId: id,
        targetName: label,
        details: { blockId: id, rule: "api-operation", dimension: "caller-operation" },
      },
    ]);
  });

  it("is seen by its own tenant, which does not clear it, and by no other", async () => {
    const [ours, theirs] = [await openTenant(), await openTenant()];
    const { id, label, caller } = await blockedMember(ours);
    const [inside, outside] = [await tenantCaller(ours, "admin"), await tenantCaller(theirs, "admin")];
    expect(await list(inside, {})).toMatchObject([{ id, clearable: false, subject: { label } }]);
    expect(await codeOf(() => clear(again(inside), id))).toBe("FORBIDDEN");
    for (const input of [{}, { search: label }, { search: caller }, { tenant: ours.tenantSlug }])
      expect(await list(outside, input)).toEqual([]);
    expect(await codeOf(() => clear(again(outside), id))).toBe("NOT_FOUND");
    expect(await list(operator, { search: label })).toHaveLength(1);
  });

  it("is among the busiest, in all and in its tenant alone", async () => {
    const [ours, theirs] = [await openTenant(), await openTenant()];
    const { userId, label } = await blockedMember(ours);
    const top = async (ctx: RequestContext, input: object) =>
      (await runOperation(listRateLimitTop, inNewSession(ctx), input)).data.map(({ subject, attempts }) => [
        subject.operation ?? subject.tenant?.id,
        subject.user?.id,
        attempts,
      ]);
    const byOperation = { dimension: "caller-operation", rule: "api-operation", search: label };
    const byTenant = { dimension: "tenant", search: ours.tenantId };
    // Handed to Redis by and by.
    await until(async () => (await top(operator, byOperation))[0]?.[2] === 22, 10_000);
    await until(async () => (await top(operator, byTenant))[0]?.[2] === 22, 10_000);
    expect(await top(operator, byOperation)).toEqual([["exportTheMoon", userId, 22]]);
    expect(await top(operator, byTenant)).toEqual([[ours.tenantId, undefined, 22]]);
    expect(await top(await tenantCaller(ours, "admin"), byOperation)).toHaveLength(1);
    expect(await top(await tenantCaller(theirs, "admin"), byOperation)).toEqual([]);
  });
});

describe("a tenant in which too much is called", () => {
  it("is listed by name, there and on the platform, and finds room once the platform clears it", async () => {
    const [noisy, calm] = [await openTenant(), await openTenant()];
    const [first, ...others] = await Promise.all([1, 2, 3, 4, 5].map(() => tenantCaller(noisy)));
    if (!first) throw new Error("There are five.");
    for (const ctx of [first, ...others]) for (let time = 0; time < 15; time += 1) await isLetThrough("listUsers", ctx);
    const id = toBlockId("api-tenant", subjectHash("tenant", noisy.tenantId));
    const shown = { id, rule: "api-tenant", subject: { dimension: "tenant", tenant: { slug: noisy.tenantSlug } } };
    expect(await list(operator, { search: noisy.tenantId })).toMatchObject([{ ...shown, clearable: true }]);
    expect(await list(await platformCaller("auditor", noisy), {})).toMatchObject([{ ...shown, clearable: false }]);
    expect(await isLetThrough("listRoles", first)).toBe(false);
    const ctx = again(operator);
    await clear(ctx, id);
    expect(await isLetThrough("listRoles", first)).toBe(true);
    expect(await auditEventsOf(ctx.requestId)).toMatchObject([{ targetId: id, details: { dimension: "tenant" } }]);
    expect(await codeOf(async () => clear(await tenantCaller(calm, "admin"), id))).toBe("NOT_FOUND");
  });
});

describe("what is counted by a combination", () => {
  it("is not blocked by hand", async () => {
    const until = new Date(Date.now() + 3_600_000).toISOString();
    for (const dimension of ["caller-operation", "caller", "tenant"]) {
      const input = { dimension, subject: `session:${newId()}/listUsers`, until, reason: "why not" };
      await expect(runOperation(createRateLimitBlock, again(operator), input)).rejects.toMatchObject({
        code: "INVALID_INPUT",
        errors: [{ path: "dimension", message: "Only an account or a network address is blocked by hand." }],
      });
    }
  });

  it.each([
    ["api-operation", "caller-operation", `session:${newId()}/listUsers`],
    ["api-tenant", "tenant", newId()],
  ] as const)("is replayed for a change of %s from the busiest of each minute", async (rule, dimension, label) => {
    const administrator = await platformCaller("admin");
    await forgetTops();
    const minute = Math.floor(Date.now() / 60_000) - 5;
    for (const one of [minute, minute + 1])
      await redisClient.get().zadd(topKey(dimension, one, null), 900, `${rule}|${label}`);
    const found = await runOperation(previewRateLimitRule, administrator, { rule, limit: 300, windowSeconds: 60 });
    expect(found).toMatchObject({ source: "heavy-hitters", attempts: 1_800, subjects: { refused: 1 } });
    expect(found.data).toMatchObject([{ subject: { dimension, label } }]);
  });
});
