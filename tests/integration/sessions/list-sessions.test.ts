import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { newId } from "@/lib/db/new-id";
import { prismaClient } from "@/lib/db/prisma-client";
import { runOperation } from "@/lib/operations/run-operation";
import { getReceipt } from "@/lib/sessions/get-receipt";
import { listReceipts } from "@/lib/sessions/list-receipts";
import { listSessions } from "@/lib/sessions/list-sessions";
import { revokeSession } from "@/lib/sessions/revoke-session";
import { revokeUserSessions } from "@/lib/sessions/revoke-user-sessions";
import { platformContext, tenantContext, userActor } from "@/tests/support/contexts";
import { makeMembership, makeTenant, makeUser } from "@/tests/support/factories";
import { makeSession, makeSessions, openSessionBed } from "./session-bed";

let bed: Awaited<ReturnType<typeof openSessionBed>>;
beforeAll(async () => {
  bed = await openSessionBed();
});
afterAll(() => bed.close());

const owner = platformContext("owner");

async function idsOf(input: Record<string, unknown>, ctx = owner): Promise<string[]> {
  return (await runOperation(listSessions, ctx, input)).data.map(({ id }) => id);
}

test("a session shows who, where and when, marks the caller's own, and holds no token in any form", async () => {
  const user = await makeUser({ name: "Ada Example" });
  const made = await makeSession(user.id, {
    ipAddress: "203.0.113.7",
    country: "NL",
    browser: "Firefox 140",
    os: "Linux",
    device: "desktop",
    userAgent: "x",
  });
  const ctx = platformContext("owner", { actor: userActor({ id: user.id, sessionId: made.id }) });
  const { data } = await runOperation(listSessions, ctx, { userId: user.id });
  expect(data).toEqual([
    {
      id: made.id,
      user: { id: user.id, name: "Ada Example", email: user.email },
      tenant: null,
      createdAt: expect.any(String),
      lastSeenAt: data[0]?.createdAt,
      expiresAt: expect.any(String),
      idleExpiresAt: new Date(Date.parse(data[0]?.createdAt ?? "") + 1_800_000).toISOString(),
      ipAddress: "203.0.113.7",
      country: "NL",
      browser: "Firefox 140",
      os: "Linux",
      device: "desktop",
      method: "password",
      authenticationLevel: 1,
      status: "active",
      endedAt: null,
      endReason: null,
      endedBy: null,
      receiptId: null,
      current: true,
      impersonatedBy: null,
    },
  ]);
  expect(JSON.stringify(data)).not.toContain(made.tokenHash);
});

describe("pages", () => {
  const kinds = [
    { status: "active", sort: "createdAt" },
    { status: "active", sort: "-createdAt" },
    { status: "any", sort: "createdAt" },
    { status: "any", sort: "-createdAt" },
  ] as const;

  test.for(kinds)(
    "of $status sessions by $sort show each once and in order, though many share a millisecond",
    async (kind) => {
      const user = await makeUser();
      const sameTime = { createdAt: new Date(Date.now() - 60_000) };
      const made = [...(await makeSessions(user.id, 9, sameTime)), ...(await makeSessions(user.id, 4))];
      const ended = kind.status === "any" ? made.slice(0, 3) : [];
      for (const { id } of ended) await runOperation(revokeSession, owner, { sessionId: id });
      const seen = await readAll({ userId: user.id, limit: 4, ...kind });
      expect(new Set(seen.map(({ id }) => id))).toEqual(new Set(made.map(({ id }) => id)));
      expect(seen).toHaveLength(made.length);
      const keys = seen.map(({ id, createdAt }) => `${createdAt} ${id}`);
      const sorted = [...keys].sort();
      expect(keys).toEqual(kind.sort === "createdAt" ? sorted : sorted.reverse());
    },
  );

  async function readAll(input: Record<string, unknown>) {
    const first = await runOperation(listSessions, owner, input);
    const seen = [...first.data];
    for (let cursor = first.nextCursor; cursor !== null; ) {
      const page = await runOperation(listSessions, owner, { ...input, cursor });
      seen.push(...page.data);
      cursor = page.nextCursor;
    }
    return seen;
  }

  test("refuse the cursor of another filter, order, operation or scope", async () => {
    const user = await makeUser();
    await makeSessions(user.id, 3);
    const { nextCursor: cursor } = await runOperation(listSessions, owner, { userId: user.id, limit: 1 });
    for (const input of [
      { limit: 1, cursor },
      { userId: user.id, sort: "createdAt", cursor },
      { userId: user.id, cursor: `x${cursor}` },
      { userId: user.id, status: "any", cursor },
    ]) {
      await expect(runOperation(listSessions, owner, input)).rejects.toMatchObject({ code: "INVALID_INPUT" });
    }
    await expect(runOperation(listReceipts, owner, { cursor })).rejects.toMatchObject({ code: "INVALID_INPUT" });
    const tenant = await makeTenant();
    const ctx = tenantContext("owner", { tenantId: tenant.id, tenantSlug: tenant.slug });
    await expect(runOperation(listSessions, ctx, { userId: user.id, limit: 1, cursor })).rejects.toMatchObject({
      code: "INVALID_INPUT",
    });
  });
});

describe("filters", () => {
  test("by address, by range of either family, by country, device and method", async () => {
    const { id: userId } = await makeUser();
    const v4 = await makeSession(userId, { ipAddress: "198.51.100.20", country: "DE", device: "mobile" });
    const v6 = await makeSession(userId, {
      ipAddress: "2001:db8:7::1",
      country: "FR",
      device: "desktop",
      method: "passkey",
    });
    expect(await idsOf({ userId, ip: "198.51.100.20" })).toEqual([v4.id]);
    expect(await idsOf({ userId, ip: "198.51.100.0/24" })).toEqual([v4.id]);
    expect(await idsOf({ userId, ip: "198.51.100.16/30" })).toEqual([]);
    expect(await idsOf({ userId, ip: "2001:db8:7::/48" })).toEqual([v6.id]);
    expect(await idsOf({ userId, country: "de" })).toEqual([v4.id]);
    expect(await idsOf({ userId, device: "desktop" })).toEqual([v6.id]);
    expect(await idsOf({ userId, method: "passkey" })).toEqual([v6.id]);
  });

  test("by time, by tenant and by the person's name or address", async () => {
    const marker = newId().slice(-12);
    const user = await makeUser({ name: `Zoë ${marker}` });
    const tenant = await makeTenant();
    await makeMembership(tenant.id, user.id);
    const old = await makeSession(user.id, { createdAt: new Date(Date.now() - 3_600_000), idleSeconds: 86_400 });
    const inTenant = await makeSession(user.id, { activeTenantId: tenant.id });
    const middle = new Date(Date.now() - 1_800_000).toISOString();
    expect(await idsOf({ search: marker })).toEqual([inTenant.id, old.id]);
    expect(await idsOf({ search: user.email })).toEqual([inTenant.id, old.id]);
    expect(await idsOf({ search: "nobody is called like this" })).toEqual([]);
    expect(await idsOf({ userId: user.id, createdBefore: middle })).toEqual([old.id]);
    expect(await idsOf({ userId: user.id, createdAfter: middle })).toEqual([inTenant.id]);
    expect(await idsOf({ userId: user.id, tenant: tenant.slug })).toEqual([inTenant.id]);
    expect(await idsOf({ userId: user.id, tenant: tenant.id })).toEqual([inTenant.id]);
  });

  test("that cannot be are refused, and somebody absent is a 404, not an empty list", async () => {
    for (const input of [
      { ip: "300.1.1.1" },
      { ip: "10.0.0.0/99" },
      { limit: 101 },
      { limit: 0 },
      { status: "dead" },
      { sort: "token" },
      { token: "x" },
      { cursor: "" },
    ]) {
      await expect(runOperation(listSessions, owner, input)).rejects.toMatchObject({ code: "INVALID_INPUT" });
    }
    for (const userId of ["nobody", newId()]) {
      await expect(idsOf({ userId })).rejects.toMatchObject({ code: "NOT_FOUND" });
    }
  });
});

describe("ended sessions", () => {
  test("carry when, why and by whom; those past their limit show before anything has moved them", async () => {
    const user = await makeUser();
    const [revoked] = await makeSessions(user.id, 1);
    const expired = await makeSession(user.id, {
      createdAt: new Date(Date.now() - 120_000),
      expiresAt: new Date(Date.now() - 1_000),
    });
    const alive = await makeSession(user.id);
    await runOperation(revokeSession, owner, { sessionId: revoked?.id ?? "", reason: "lost" });
    const { data } = await runOperation(listSessions, owner, { userId: user.id, status: "ended" });
    expect(data.map(({ id }) => id)).toEqual([revoked?.id, expired.id]);
    expect(data[0]).toMatchObject({
      status: "ended",
      endReason: "revoked",
      endedBy: { type: "user", id: owner.actor.id },
      endedAt: expect.any(String),
    });
    expect(data[1]).toMatchObject({ status: "ended", endedAt: null, endReason: null });
    expect(await idsOf({ userId: user.id })).toEqual([alive.id]);
    expect((await idsOf({ status: "ended", limit: 100 })).includes(expired.id)).toBe(true);
  });

  test("outlive their user", async () => {
    const user = await makeUser();
    const session = await makeSession(user.id);
    await prismaClient.get().user.delete({ where: { id: user.id }, select: { id: true } });
    const { data } = await runOperation(listSessions, owner, { userId: user.id, status: "ended" });
    expect(data).toMatchObject([
      { id: session.id, endReason: "deletion", user: { id: user.id, name: null, email: null } },
    ]);
  });
});

describe("a tenant", () => {
  test("sees the sessions that are active in it and those of its own people, and no others", async () => {
    const [tenant, other] = [await makeTenant(), await makeTenant()];
    const ctx = tenantContext("owner", { tenantId: tenant.id, tenantSlug: tenant.slug });
    const ours = await makeUser({ homeTenantId: tenant.id });
    const guest = await makeUser({ homeTenantId: other.id });
    for (const { id } of [ours, guest]) await makeMembership(tenant.id, id);
    await makeMembership(other.id, guest.id);
    const atHome = await makeSession(ours.id);
    const visiting = await makeSession(guest.id, { activeTenantId: tenant.id });
    const elsewhere = await makeSession(guest.id, { activeTenantId: other.id });
    expect(new Set(await idsOf({}, ctx))).toEqual(new Set([atHome.id, visiting.id]));
    expect(await idsOf({ userId: guest.id }, ctx)).toEqual([visiting.id]);
    await expect(runOperation(revokeSession, ctx, { sessionId: elsewhere.id })).rejects.toMatchObject({
      code: "NOT_FOUND",
    });
    const receipt = await runOperation(revokeUserSessions, ctx, { userId: guest.id });
    expect(receipt).toMatchObject({ matched: 1, ended: 1 });
    expect(await idsOf({ userId: guest.id })).toEqual([elsewhere.id]);
    await expect(
      runOperation(getReceipt, tenantContext("owner", { tenantId: other.id, tenantSlug: other.slug }), {
        receiptId: receipt.id,
      }),
    ).rejects.toMatchObject({ code: "NOT_FOUND" });
  });
});

test("receipts are listed newest first, page by page, and an absent one is a 404", async () => {
  const made: string[] = [];
  for (let index = 0; index < 3; index += 1) {
    made.unshift((await runOperation(revokeUserSessions, owner, { userId: (await makeUser()).id })).id);
  }
  const first = await runOperation(listReceipts, owner, { limit: 2 });
  expect(first.data.map(({ id }) => id)).toEqual(made.slice(0, 2));
  const second = await runOperation(listReceipts, owner, { limit: 2, cursor: first.nextCursor });
  expect(second.data[0]?.id).toBe(made[2]);
  for (const receiptId of [newId(), "x"]) {
    await expect(runOperation(getReceipt, owner, { receiptId })).rejects.toMatchObject({ code: "NOT_FOUND" });
  }
});
