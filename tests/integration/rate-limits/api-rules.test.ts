import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { GET as listRoles } from "@/app/api/v1/roles/route";
import { GET as listUsers } from "@/app/api/v1/users/route";
import { newId } from "@/lib/db/new-id";
import type { RequestContext } from "@/lib/operations/request-context";
import { toCallerOperation } from "@/lib/rate-limits/caller-operation";
import { counterKey, countsField, countsKey, subjectHash } from "@/lib/rate-limits/limit-keys";
import { throttle } from "@/lib/rate-limits/throttle";
import { redisClient } from "@/lib/redis/redis-client";
import { platformContext, tenantContext, userActor } from "@/tests/support/contexts";
import { makeUser } from "@/tests/support/factories";
import { startTestRuntime, type TestRuntime } from "@/tests/support/test-runtime";
import { setRule } from "../rate-limit-monitor/monitor-bed";
import { cookieOf, makeSession } from "../sessions/session-bed";

let runtime: TestRuntime;

beforeAll(async () => {
  runtime = await startTestRuntime();
  // Within a test's time, nothing is earned back.
  await setRule(runtime, { rule: "api-operation", limit: 5, windowSeconds: 3_600 });
  await setRule(runtime, { rule: "api-tenant", limit: 12, windowSeconds: 3_600 });
});
afterAll(() => runtime.stop());

const somewhere = () => ({ tenantId: newId(), tenantSlug: "somewhere" });
const aSession = () => platformContext("owner", { actor: userActor() });
const aKey = () => platformContext("owner", { actor: { type: "api_key", id: newId(), name: "key", ownerId: newId() } });

/** How many of so many calls of one operation, one after another, are let through. */
async function admitted(times: number, operation: string, ctx: RequestContext): Promise<number> {
  let count = 0;
  for (let time = 0; time < times; time += 1) {
    count += await throttle(operation, ctx).then(
      () => 1,
      () => 0,
    );
  }
  return count;
}

describe("one operation of one caller", () => {
  it.each([
    ["a session", aSession],
    ["an API key", aKey],
  ])("is refused to %s that floods it; its other operations and other callers are not", async (_who, make) => {
    const [flooding, other] = [make(), make()];
    expect(await admitted(8, "listUsers", flooding)).toBe(5);
    await expect(throttle("listUsers", flooding)).rejects.toMatchObject({
      code: "RATE_LIMITED",
      rateLimit: { policy: "api-operation", limit: 5, windowSeconds: 3_600 },
      details: { rule: "api-operation" },
    });
    expect(await admitted(5, "listSessions", flooding)).toBe(5);
    expect(await admitted(5, "listUsers", other)).toBe(5);
  });

  it("is counted for the caller, in whichever tenant the calls are", async () => {
    const actor = userActor();
    const inTenant = () => ({ ...tenantContext("admin", somewhere()), actor });
    expect(await admitted(3, "listUsers", inTenant())).toBe(3);
    expect(await admitted(5, "listUsers", inTenant())).toBe(2);
  });
});

describe("the calls in one tenant", () => {
  it("are bounded over all of its callers and operations, and hinder no other tenant", async () => {
    const [noisy, calm] = [somewhere(), somewhere()];
    const callers = [1, 2, 3, 4].map(() => tenantContext("admin", noisy));
    const counts = [];
    for (const [index, ctx] of callers.entries()) counts.push(await admitted(4, `operation${"abcd"[index]}`, ctx));
    expect(counts).toEqual([4, 4, 4, 0]);
    const late = tenantContext("admin", noisy);
    await expect(throttle("listUsers", late)).rejects.toMatchObject({
      code: "RATE_LIMITED",
      rateLimit: { policy: "api-tenant", limit: 12 },
      message: expect.stringContaining("in this tenant"),
    });
    // Whoever is refused there finds room everywhere else.
    expect(await admitted(4, "listUsers", { ...tenantContext("admin", calm), actor: late.actor })).toBe(4);
    expect(await admitted(1, "listUsers", { ...platformContext("owner"), actor: late.actor })).toBe(1);
  });

  it("leave those who run the platform a way in, and are not used up by them", async () => {
    const scope = somewhere();
    const operator = platformContext("support", { scope: { kind: "tenant", ...scope } });
    expect(await admitted(5, "listUsers", operator)).toBe(5);
    const members = [tenantContext("admin", scope), tenantContext("admin", scope), tenantContext("admin", scope)];
    const counts = [];
    for (const ctx of members) counts.push(await admitted(5, "listUsers", ctx));
    expect(counts).toEqual([5, 5, 2]);
    expect(await admitted(1, "listRoles", operator)).toBe(1);
  });
});

describe("a call", () => {
  it("is one question to Redis, charged once by each of its rules, and says what is left of the scarcest", async () => {
    const ctx = tenantContext("admin", somewhere());
    const ask = vi.spyOn(redisClient.get(), "evalsha");
    await throttle("listUsers", ctx);
    expect(ask.mock.calls.filter(([, keys]) => keys === 4)).toHaveLength(1);
    expect(ctx.rateLimit).toEqual({ policy: "api-operation", limit: 5, windowSeconds: 3_600, remaining: 4 });
    ask.mockRestore();
    await throttle("listUsers", ctx);
    expect(ctx.rateLimit?.remaining).toBe(3);
    for (const rule of ["api", "api-operation", "api-tenant"] as const) expect(await countedOf(rule, ctx)).toBe(2);
  });

  it("that one of its rules refuses is charged by none", async () => {
    const ctx = tenantContext("admin", somewhere());
    expect(await admitted(5, "listUsers", ctx)).toBe(5);
    const before = await standOf(ctx);
    expect(await admitted(20, "listUsers", ctx)).toBe(0);
    expect(await standOf(ctx)).toEqual(before);
    expect(before.every((value) => value !== null)).toBe(true);
  });
});

describe("the answer to a call", () => {
  it("names the rule that refuses it, and when to come back", async () => {
    const owner = await makeUser({ platformRole: "owner" });
    const cookie = cookieOf(await makeSession(owner.id));
    const call = (route: typeof listRoles) =>
      route(new Request("http://localhost:3000/api/v1/x", { headers: { cookie } }), { params: Promise.resolve({}) });
    const statuses = [];
    for (let time = 0; time < 6; time += 1) statuses.push((await call(listRoles)).status);
    expect(statuses).toEqual([200, 200, 200, 200, 200, 429]);
    const { status, headers } = await call(listRoles);
    expect([status, headers.get("ratelimit-policy")]).toEqual([429, '"api-operation";q=5;w=3600']);
    const wait = Number(headers.get("retry-after"));
    expect(wait).toBeGreaterThan(0);
    expect(headers.get("ratelimit")).toBe(`"api-operation";r=0;t=${wait}`);
    expect((await call(listUsers)).status).toBe(200);
  });
});

/** What a rule has let through in a tenant. */
async function countedOf(rule: "api" | "api-operation" | "api-tenant", { scope }: RequestContext): Promise<number> {
  const tenantId = scope.kind === "tenant" ? scope.tenantId : null;
  const keys = await redisClient.get().keys(countsKey(0).replace(/0$/, "*"));
  const counts = await Promise.all(
    keys.map((key) => redisClient.get().hget(key, countsField(rule, "allowed", tenantId))),
  );
  return counts.reduce((sum, count) => sum + Number(count ?? 0), 0);
}

/** Where the counters of a caller, of its operation and of its tenant stand. */
async function standOf({ actor, scope }: RequestContext): Promise<(string | null)[]> {
  const caller = actor.type === "user" ? `session:${actor.sessionId}` : "";
  const tenantId = scope.kind === "tenant" ? scope.tenantId : "";
  return redisClient
    .get()
    .mget(
      counterKey("api", subjectHash("caller", caller)),
      counterKey("api-operation", subjectHash("caller-operation", toCallerOperation(caller, "listUsers"))),
      counterKey("api-tenant", subjectHash("tenant", tenantId)),
    );
}
