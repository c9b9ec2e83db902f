import { randomBytes } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { newId } from "@/lib/db/new-id";
import type { RequestContext } from "@/lib/operations/request-context";
import { runOperation } from "@/lib/operations/run-operation";
import { createRateLimitBlock } from "@/lib/rate-limit-monitor/create-rate-limit-block";
import { deleteRateLimitBlock } from "@/lib/rate-limit-monitor/delete-rate-limit-block";
import { listRateLimitBlocks } from "@/lib/rate-limit-monitor/list-rate-limit-blocks";
import { toBlockId } from "@/lib/rate-limits/limit-keys";
import { auditEventsOf, makeUser } from "@/tests/support/factories";
import { again, openTenant, platformCaller, tenantCaller } from "@/tests/support/people";
import { startTestRuntime, type TestRuntime } from "@/tests/support/test-runtime";
import { awaitSettings, codeOf, isLetThrough, refusedBy, runFull } from "./monitor-bed";

let runtime: TestRuntime;
let operator: RequestContext;

beforeAll(async () => {
  runtime = await startTestRuntime();
  operator = await platformCaller("support");
});
afterAll(() => runtime.stop());

const anAddress = () => `198.51.${randomBytes(1)[0]}.${randomBytes(1)[0]}`;
const inAnHour = () => new Date(Date.now() + 3_600_000).toISOString();
const list = (ctx: RequestContext, input: object = {}) => runOperation(listRateLimitBlocks, ctx, input);
const clear = (ctx: RequestContext, blockId: string) =>
  runOperation(deleteRateLimitBlock, ctx, { blockId, reason: "known" });
const block = (ctx: RequestContext, input: object) =>
  runOperation(createRateLimitBlock, ctx, { until: inAnHour(), reason: "an attack", ...input });

describe("a key that a rule refuses", () => {
  it("is listed with whom it stands for, the rule, the attempts and the true time left", async () => {
    const tenant = await openTenant();
    const user = await makeUser({ homeTenantId: tenant.tenantId });
    const id = await runFull("sign-in-account", user.email, { userId: user.id, tenantId: tenant.tenantId });
    const { data } = await list(operator, { search: user.email });
    expect(data).toMatchObject([
      {
        id,
        kind: "automatic",
        rule: "sign-in-account",
        attempts: 1,
        reason: null,
        createdBy: null,
        clearable: true,
        subject: {
          dimension: "account",
          user: { id: user.id, email: user.email },
          tenant: { id: tenant.tenantId, slug: tenant.tenantSlug },
        },
      },
    ]);
    const [found] = data;
    const left = Date.parse(found?.blockedUntil ?? "") - Date.now();
    expect(Math.abs(left / 1_000 - (found?.secondsLeft ?? 0))).toBeLessThan(5);
    expect(found?.secondsLeft).toBeGreaterThan(800);
    expect(found?.secondsLeft).toBeLessThanOrEqual(900);
    for (const search of [user.id, id, user.email.slice(2, 12)]) {
      expect((await list(operator, { search })).data.map((one) => one.id)).toContain(id);
    }
  });

  it("is cleared with its counters and the account's failures, leaves one event, and lets the person in", async () => {
    const user = await makeUser();
    const id = await runFull("sign-in-account", user.email, { userId: user.id });
    await runtime.asSuperuser(
      `insert into account_lockout (account_digest, user_id, stranger_claims, locked_until, last_tried_at)
       values (sha256(convert_to($2, 'UTF8')), $1, 12, now() + interval '1 hour', now())`,
      [user.id, user.email],
    );
    expect(await isLetThrough("sign-in-account", user.email)).toBe(false);
    const ctx = again(operator);
    expect(await clear(ctx, id)).toBeNull();
    expect(await isLetThrough("sign-in-account", user.email)).toBe(true);
    const [lockout] = await runtime.asSuperuser<{ failures: number; locked: boolean }>(
      "select stranger_claims - stranger_cleared as failures, locked_until is not null as locked from account_lockout where user_id = $1",
      [user.id],
    );
    expect(lockout).toEqual({ failures: 0, locked: false });
    expect(await auditEventsOf(ctx.requestId)).toMatchObject([
      {
        action: "rate-limit-block.delete",
        outcome: "success",
        targetType: "user",
        targetId: user.id,
        reason: "known",
        changes: { blockedUntil: { after: null }, failures: { before: 12, after: 0 } },
        details: { blockId: id, rule: "sign-in-account", dimension: "account" },
      },
    ]);
    expect((await list(operator, { search: user.email })).data).toEqual([]);
    expect(await codeOf(() => clear(again(operator), id))).toBe("NOT_FOUND");
  });

  it("of a network address is found by the address in any spelling", async () => {
    const address = `2001:db8:${randomBytes(2).toString("hex")}:1::/64`;
    const id = await runFull("sign-in-address", address);
    const spelled = address.replace("::/64", ":0:0:0:AB");
    expect((await list(operator, { search: spelled })).data.map((one) => one.id)).toEqual([id]);
    expect((await list(operator, { search: spelled, rule: "reset-mail-address" })).data).toEqual([]);
    expect((await list(operator, { search: spelled, dimension: "account" })).data).toEqual([]);
  });
});

describe("a block by an operator", () => {
  it("refuses an account by every rule until it is cleared, with one event each", async () => {
    const user = await makeUser();
    const made = again(operator);
    const created = await block(made, { dimension: "account", subject: user.email.toUpperCase() });
    expect(created).toMatchObject({
      kind: "manual",
      rule: null,
      subject: { dimension: "account", user: { id: user.id } },
      reason: "an attack",
      createdBy: { id: operator.actor.id },
      clearable: true,
    });
    await awaitSettings(async () => (await refusedBy("sign-in-account", user.email)) === created.id);
    expect(await refusedBy("reset-mail-account", user.email)).toBe(created.id);
    expect(await auditEventsOf(made.requestId)).toMatchObject([
      {
        action: "rate-limit-block.create",
        targetId: user.id,
        details: { blockId: created.id, dimension: "account" },
        changes: { blockedUntil: { before: null, after: created.blockedUntil } },
      },
    ]);
    expect((await list(operator, { search: user.id, kind: "manual" })).data).toMatchObject([{ id: created.id }]);
    await clear(again(operator), created.id);
    await awaitSettings(() => isLetThrough("sign-in-device", user.email));
  });

  it("refuses a network address, an IPv6 one with its whole /64", async () => {
    const prefix = `2001:db8:${randomBytes(2).toString("hex")}:9`;
    const { subject } = await block(again(operator), { dimension: "address", subject: `${prefix}::1` });
    expect(subject.label).toBe(`${prefix}::/64`);
    const charge = (address: string) => isLetThrough("api", `session:${newId()}`, { address });
    await awaitSettings(async () => !(await charge(`${prefix}:1:2:3:4`)));
    expect(await charge(`${prefix.slice(0, -1)}a::1`)).toBe(true);
  });

  it("does not lock out the operator, does not reach the past or the far future, and is not of somebody above", async () => {
    const owner = await makeUser({ platformRole: "owner" });
    const wrong: [object, string][] = [
      [{ dimension: "address", subject: operator.clientAddress }, "CONFLICT"],
      [{ dimension: "address", subject: "10.0.0.0/8" }, "INVALID_INPUT"],
      [{ dimension: "account", subject: "nobody" }, "INVALID_INPUT"],
      [{ dimension: "account", subject: newId() }, "NOT_FOUND"],
      [{ dimension: "account", subject: owner.id }, "FORBIDDEN"],
      [{ dimension: "address", subject: anAddress(), until: new Date(Date.now() - 1).toISOString() }, "INVALID_INPUT"],
      [{ dimension: "address", subject: anAddress(), until: "2099-01-01T00:00:00Z" }, "INVALID_INPUT"],
    ];
    for (const [input, code] of wrong) expect(await codeOf(() => block(again(operator), input))).toBe(code);
  });

  it("takes the permission, and what is denied is recorded", async () => {
    const ctx = await platformCaller("auditor");
    const { data } = await list(ctx);
    expect(await codeOf(() => block(ctx, { dimension: "address", subject: anAddress() }))).toBe("FORBIDDEN");
    expect(await codeOf(() => clear(ctx, data[0]?.id ?? "none"))).toBe("FORBIDDEN");
    expect((await auditEventsOf(ctx.requestId)).map(({ action, outcome }) => [action, outcome])).toEqual([
      ["rate-limit-block.create", "denied"],
      ["rate-limit-block.delete", "denied"],
    ]);
  });
});

describe("an account that is locked out", () => {
  it("is listed with its failures, and let in when its block is cleared", async () => {
    const user = await makeUser();
    await runtime.asSuperuser(
      `insert into account_lockout (account_digest, user_id, stranger_claims, locked_for_good, last_tried_at)
       values (sha256(convert_to($2, 'UTF8')), $1, 90, true, now())`,
      [user.id, user.email],
    );
    const { data } = await list(operator, { search: user.email, kind: "lockout" });
    const id = `lockout:${user.id}`;
    expect(data).toMatchObject([{ id, kind: "lockout", attempts: 90, blockedUntil: null, secondsLeft: null }]);
    // Without an end it stands behind every other: first in the descending order.
    expect((await list(operator, { limit: 1 })).data[0]?.blockedUntil).toBeNull();
    const ctx = again(operator);
    await clear(ctx, id);
    expect((await list(operator, { search: user.email })).data).toEqual([]);
    expect(await auditEventsOf(ctx.requestId)).toMatchObject([
      { action: "rate-limit-block.delete", targetId: user.id, changes: { failures: { before: 90, after: 0 } } },
    ]);
  });
});

async function lockOut(userId: string, email: string): Promise<string> {
  await runtime.asSuperuser(
    `insert into account_lockout (account_digest, user_id, stranger_claims, locked_until, last_tried_at)
     values (sha256(convert_to($2, 'UTF8')), $1, 10, now() + interval '10 minutes', now())`,
    [userId, email],
  );
  return `lockout:${userId}`;
}

/** Blocks of each kind, in a tenant; their ids. */
async function makeBlocks(ctx: RequestContext, tenantId: string): Promise<string[]> {
  const made: string[] = [];
  for (let one = 0; one < 3; one += 1) {
    const user = await makeUser({ homeTenantId: tenantId });
    made.push(await runFull("reset-mail-account", user.email, { userId: user.id, tenantId }));
    made.push((await block(again(ctx), { dimension: "account", subject: user.id })).id);
    made.push(await lockOut(user.id, user.email));
  }
  return made;
}

async function readPages(ctx: RequestContext, sort: string) {
  const found: { id: string; blockedUntil: string | null }[] = [];
  let cursor: string | null | undefined;
  while (cursor !== null) {
    const page = await list(ctx, { sort, limit: 2, ...(cursor ? { cursor } : {}) });
    found.push(...page.data);
    cursor = page.nextCursor;
  }
  return found;
}

describe("the list of blocks", () => {
  it.each(["blockedUntil", "-blockedUntil"])(
    "in the order %s misses none and shows none twice, of whatever kind",
    async (sort) => {
      const tenant = await openTenant();
      const ctx = await tenantCaller(tenant, "owner");
      const expected = await makeBlocks(ctx, tenant.tenantId);
      const found = await readPages(ctx, sort);
      expect(found.map(({ id }) => id).sort()).toEqual(expected.sort());
      const times = found.map(({ blockedUntil }) => blockedUntil ?? "");
      expect(times).toEqual(sort === "blockedUntil" ? [...times].sort() : [...times].sort().reverse());
    },
  );

  it("of a tenant shows and clears its own accounts only; what is foreign is answered as what is absent", async () => {
    const [ours, theirs] = [await openTenant(), await openTenant()];
    const ctx = await tenantCaller(ours, "admin");
    const stranger = await makeUser({ homeTenantId: theirs.tenantId });
    const foreign = await runFull("sign-in-account", stranger.email, {
      userId: stranger.id,
      tenantId: theirs.tenantId,
    });
    const manual = await block(again(operator), { dimension: "account", subject: stranger.id });
    expect((await list(ctx)).data).toEqual([]);
    expect((await list(ctx, { search: stranger.email })).data).toEqual([]);
    expect((await list(ctx, { tenant: theirs.tenantSlug })).data).toEqual([]);
    const absent = toBlockId("sign-in-account", "AAAAAAAAAAAAAAAA");
    for (const id of [foreign, manual.id, absent, newId(), `lockout:${stranger.id}`, "garbage"]) {
      expect(await codeOf(() => clear(again(ctx), id))).toBe("NOT_FOUND");
    }
    for (const subject of [stranger.id, stranger.email, newId(), `${newId()}@example.com`]) {
      expect(await codeOf(() => block(again(ctx), { dimension: "account", subject }))).toBe("NOT_FOUND");
    }
    expect(await isLetThrough("sign-in-account", stranger.email)).toBe(false);
  });

  it("of a tenant shows the addresses that tried its accounts, which only the platform blocks and clears", async () => {
    const tenant = await openTenant();
    const ctx = await tenantCaller(tenant, "admin");
    const address = anAddress();
    const id = await runFull("sign-in-address", address, { tenantId: tenant.tenantId, address });
    expect((await list(ctx)).data).toMatchObject([{ id, subject: { label: address }, clearable: false }]);
    expect(await codeOf(() => clear(again(ctx), id))).toBe("FORBIDDEN");
    expect(await codeOf(() => block(again(ctx), { dimension: "address", subject: anAddress() }))).toBe("FORBIDDEN");
    await clear(again(operator), id);
    expect((await list(ctx)).data).toEqual([]);
  });
});
