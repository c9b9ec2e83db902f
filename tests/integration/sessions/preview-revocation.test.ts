import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { assertManageable } from "@/lib/authorization/assert-manageable";
import { withScope } from "@/lib/db/scoped-transaction";
import { isAppError } from "@/lib/errors/app-error";
import type { RequestContext } from "@/lib/operations/request-context";
import { runOperation } from "@/lib/operations/run-operation";
import { listSessions } from "@/lib/sessions/list-sessions";
import { previewRevocation } from "@/lib/sessions/preview-revocation";
import { platformContext, tenantContext } from "@/tests/support/contexts";
import { auditEventsOf, makeMembership, makeTenant, makeUser } from "@/tests/support/factories";
import { contextFor, idOf, openTenant, platformCaller, tenantCaller } from "@/tests/support/people";
import { accepted, ownAddress, preview, withSession } from "./revocation-steps";
import { makeSession, makeSessions, openSessionBed } from "./session-bed";

let bed: Awaited<ReturnType<typeof openSessionBed>>;
beforeAll(async () => {
  bed = await openSessionBed();
});
afterAll(() => bed.close());

describe("a preview of a filter", () => {
  test("counts sessions and people, shows the newest, and breaks down by tenant and by device", async () => {
    const ipAddress = ownAddress();
    const tenant = await makeTenant();
    const [first, second] = [await makeUser(), await makeUser()];
    await makeMembership(tenant.id, first.id);
    await makeSessions(first.id, 7, { ipAddress, device: "mobile", activeTenantId: tenant.id });
    const newest = await makeSessions(second.id, 5, {
      ipAddress,
      device: "desktop",
      createdAt: new Date(Date.now() - 1_000),
    });
    await makeSessions(first.id, 1, { ipAddress, expiresAt: new Date(Date.now() - 1_000) });
    await makeSession(second.id, { ipAddress: ownAddress() });

    const ctx = platformContext("owner");
    const seen = await preview(ctx, { ip: ipAddress });

    expect(seen).toMatchObject({ matching: 12, users: 2, capped: false });
    expect(seen.sample).toHaveLength(10);
    const listed = await runOperation(listSessions, ctx, { ip: ipAddress, limit: 10 });
    expect(seen.sample).toEqual(listed.data);
    expect(seen.sample.map(({ id }) => id)).not.toEqual(expect.arrayContaining(newest.map(({ id }) => id)));
    expect(seen.breakdown.tenants).toEqual([
      { tenant: { id: tenant.id, slug: tenant.slug, name: tenant.name }, sessions: 7 },
      { tenant: null, sessions: 5 },
    ]);
    expect(seen.breakdown.devices).toEqual([
      { device: "mobile", sessions: 7 },
      { device: "desktop", sessions: 5 },
    ]);
    expect(seen.leftOut).toEqual({ own: 0, sessions: 0, users: [] });
    expect(Date.parse(seen.expiresAt) - Date.parse(seen.asOf)).toBe(900_000);
    expect(JSON.stringify(seen)).not.toMatch(/tokenHash|token_hash/);
  });

  test("changes nothing and leaves no event", async () => {
    const ipAddress = ownAddress();
    const sessions = await makeSessions((await makeUser()).id, 2, { ipAddress });
    const ctx = platformContext("owner");
    await preview(ctx, { ip: ipAddress });
    expect(await accepted(sessions)).toHaveLength(2);
    expect(await auditEventsOf(ctx.requestId)).toEqual([]);
  });

  test("leaves out the caller's own session and lists it, but none of their other devices", async () => {
    const ipAddress = ownAddress();
    const user = await makeUser();
    const [own] = await makeSessions(user.id, 3, { ipAddress });
    if (!own) throw new Error("Three were asked for.");
    const ctx = withSession(platformContext("owner"), own, user.id);
    expect(await preview(ctx, { ip: ipAddress })).toMatchObject({
      matching: 2,
      users: 1,
      leftOut: { own: 1, sessions: 1, users: [{ id: user.id, email: user.email, reason: "own", sessions: 1 }] },
    });
  });

  test("leaves out whoever ranks as high, and says so", async () => {
    const ipAddress = ownAddress();
    const owner = await makeUser({ platformRole: "owner" });
    const peer = await makeUser({ platformRole: "admin" });
    const lower = await makeUser({ platformRole: "support" });
    await makeSessions(owner.id, 3, { ipAddress });
    await makeSessions(peer.id, 2, { ipAddress });
    await makeSession(lower.id, { ipAddress });
    const seen = await preview(await platformCaller("admin"), { ip: ipAddress });
    expect(seen).toMatchObject({ matching: 1, users: 1, leftOut: { own: 0, sessions: 5 } });
    expect(seen.leftOut.users).toMatchObject([
      { id: owner.id, reason: "rank", sessions: 3 },
      { id: peer.id, reason: "rank", sessions: 2 },
    ]);
    expect(await preview(await platformCaller("owner"), { ip: ipAddress })).toMatchObject({ matching: 6 });
  });

  test("in a tenant is of its sessions alone, without those who also run the platform", async () => {
    const ipAddress = ownAddress();
    const [here, there] = [await openTenant(), await openTenant()];
    const caller = await tenantCaller(here, "admin");
    const member = await tenantCaller(here, "member");
    const operator = await makeUser({ homeTenantId: here.tenantId, platformRole: "auditor" });
    const stranger = await tenantCaller(there, "member");
    for (const userId of [idOf(member), operator.id, idOf(stranger)]) await makeSession(userId, { ipAddress });
    const seen = await preview(caller, { ip: ipAddress });
    expect(seen).toMatchObject({ matching: 1, users: 1, leftOut: { sessions: 1 } });
    expect(seen.leftOut.users).toMatchObject([{ id: operator.id, reason: "managed_elsewhere" }]);
    expect(JSON.stringify(seen)).not.toContain(idOf(stranger));
  });

  test("of a contradictory filter, or of an impossible address, names the field", async () => {
    const ctx = platformContext("owner");
    const refused = async (filter: object, path: string) =>
      expect(runOperation(previewRevocation, ctx, { filter })).rejects.toMatchObject({
        code: "INVALID_INPUT",
        errors: [expect.objectContaining({ path })],
      });
    await refused({ ip: "10.0.0.0/33" }, "filter.ip");
    await refused({ ip: "300.0.0.1" }, "filter.ip");
    await refused(
      { createdAfter: "2026-02-01T00:00:00Z", createdBefore: "2026-01-01T00:00:00Z" },
      "filter.createdBefore",
    );
    await refused({ nonsense: true }, "filter.nonsense");
  });

  test("is for holders of the permission to end sessions", async () => {
    const reader = platformContext("auditor");
    await expect(preview(reader, {})).rejects.toMatchObject({ code: "FORBIDDEN" });
    const scope = await openTenant();
    await expect(preview(tenantContext("member", scope), {})).rejects.toMatchObject({ code: "FORBIDDEN" });
  });
});

describe("who is left out of a set is whoever may not be acted on alone", () => {
  const isRefused = async (ctx: RequestContext, userId: string): Promise<boolean> => {
    const scope =
      ctx.scope.kind === "tenant"
        ? { kind: "tenant" as const, tenantId: ctx.scope.tenantId }
        : { kind: "platform" as const };
    try {
      await withScope(scope, (tx) => assertManageable({ ctx, tx }, userId));
      return false;
    } catch (error) {
      if (isAppError(error) && error.code === "FORBIDDEN") return true;
      throw error;
    }
  };

  const agree = async (ctx: RequestContext, people: string[], ip: string) => {
    const seen = await preview(ctx, { ip });
    const refused: string[] = [];
    for (const userId of people) if (await isRefused(ctx, userId)) refused.push(userId);
    expect(seen.leftOut.users.map(({ id }) => id).sort()).toEqual(refused.sort());
    expect(seen.users).toBe(people.length - refused.length);
  };

  test("on the platform, for every role and none", async () => {
    const ip = ownAddress();
    const roles = ["owner", "admin", "support", "auditor", undefined] as const;
    const people: string[] = [];
    for (const platformRole of roles) {
      for (const _ of [1, 2]) people.push((await makeUser(platformRole && { platformRole })).id);
    }
    for (const userId of people) await makeSession(userId, { ipAddress: ip });
    for (const key of ["owner", "admin", "support"] as const) {
      await agree(await platformCaller(key), people, ip);
      const index = roles.indexOf(key) * 2;
      await agree(await contextFor(people[index] ?? "", { kind: "platform" }), people, ip);
    }
  });

  test("in a tenant, for every role there, guests, and those who run the platform", async () => {
    const ip = ownAddress();
    const scope = await openTenant();
    const people: string[] = [];
    for (const homeTenantId of [scope.tenantId, null]) {
      for (const platformRole of [undefined, "auditor"] as const) {
        for (const role of ["owner", "admin", "moderator", "auditor", "member"] as const) {
          const user = await makeUser({ homeTenantId, ...(platformRole && { platformRole }) });
          await makeMembership(scope.tenantId, user.id, role);
          await makeSession(user.id, { ipAddress: ip, activeTenantId: scope.tenantId });
          people.push(user.id);
        }
      }
    }
    for (const key of ["owner", "admin", "moderator"] as const) await agree(await tenantCaller(scope, key), people, ip);
    await agree(await contextFor(people[0] ?? "", scope), people, ip);
    await agree(await platformCaller("support", scope), people, ip);
  });
});
