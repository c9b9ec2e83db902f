import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { builtInRoleId } from "@/lib/authorization/built-in-roles";
import { newId } from "@/lib/db/new-id";
import { runOperation } from "@/lib/operations/run-operation";
import { createUser } from "@/lib/users/create-user";
import { userDetail } from "@/lib/users/schemas";
import { updateUser } from "@/lib/users/update-user";
import { auditEventsAbout, auditEventsOf, makeMembership, makeUser } from "../../support/factories";
import { again, idOf, openTenant, platformCaller, tenantCaller } from "../../support/people";
import { startTestRuntime, type TestRuntime } from "../../support/test-runtime";

let runtime: TestRuntime;
beforeAll(async () => {
  runtime = await startTestRuntime();
});
afterAll(() => runtime.stop());

const password = "quiet heron over grey water";
const address = () => `${newId()}@example.com`;

const homeOf = async (userId: string) =>
  (
    await runtime.asSuperuser<{ home: string | null }>('select home_tenant_id as home from "user" where id = $1', [
      userId,
    ])
  )[0]?.home;

describe("creating a user in a tenant", () => {
  it("by the platform's permission makes an account at home there, a member with the roles, with one event", async () => {
    const scope = await openTenant();
    const ctx = await platformCaller("admin", scope);
    const roles = [builtInRoleId("tenant", "moderator")];
    const created = userDetail.parse(
      await runOperation(createUser, ctx, { email: address(), name: "A", password, roles }),
    );
    expect(created).toMatchObject({
      status: "active",
      homeTenant: { id: scope.tenantId },
      roles: [{ key: "moderator" }],
    });
    const plain = userDetail.parse(await runOperation(createUser, again(ctx), { email: address(), name: "B" }));
    expect(plain).toMatchObject({ status: "invited", roles: [{ key: "member" }] });
    expect(
      (await auditEventsOf(ctx.requestId)).map(({ action, targetId, tenantId }) => [action, targetId, tenantId]),
    ).toEqual([["user.create", created.id, scope.tenantId]]);
  });

  it("by the tenant's own people invites, with the event of an invitation, and makes no account", async () => {
    const scope = await openTenant();
    const ctx = await tenantCaller(scope, "admin");
    const email = address();
    const answer = await runOperation(createUser, ctx, { email, name: "A" });
    expect(answer).toMatchObject({ status: "invited", email, name: "A", roles: [{ key: "member" }] });
    expect(answer).not.toHaveProperty("id");
    const events = await auditEventsOf(ctx.requestId);
    expect(events.map(({ action, outcome, targetName }) => [action, outcome, targetName])).toEqual([
      ["invitation.create", "success", email],
    ]);
    expect(await runtime.asSuperuser('select 1 from "user" where email = $1', [email])).toEqual([]);
    expect(await runtime.asSuperuser(`select subject from captured_mail where "to" = $1`, [email])).toHaveLength(1);
  });

  it("is answered byte for byte alike for an address that is new and one that has an account elsewhere", async () => {
    const ctx = await tenantCaller(await openTenant(), "owner");
    const elsewhere = await makeUser({ homeTenantId: (await openTenant()).tenantId, email: address() });
    const answers = await Promise.all(
      [elsewhere.email, address()].map(async (email) => {
        const answer = await runOperation(createUser, again(ctx), { email, name: "A" });
        const text = JSON.stringify(answer).replaceAll(email, "x");
        return text.replace(/"invitationId":"[^"]+"|"expiresAt":"[^"]+"/g, "?");
      }),
    );
    expect(answers[0]).toBe(answers[1]);
  });

  it("refuses an address that belongs here, member or not, and a password without the platform's permission", async () => {
    const scope = await openTenant();
    const ctx = await tenantCaller(scope, "owner");
    const athome = await makeUser({ homeTenantId: scope.tenantId });
    const guest = await makeUser();
    await makeMembership(scope.tenantId, guest.id, "guest");
    for (const { email } of [athome, guest]) {
      await expect(runOperation(createUser, again(ctx), { email, name: "A" })).rejects.toMatchObject({
        code: "CONFLICT",
      });
    }
    const refused = again(ctx);
    await expect(runOperation(createUser, refused, { email: address(), name: "A", password })).rejects.toMatchObject({
      code: "FORBIDDEN",
      errors: [expect.objectContaining({ path: "password" })],
    });
    expect((await auditEventsOf(refused.requestId)).map(({ action, outcome }) => [action, outcome])).toEqual([
      ["user.create", "denied"],
    ]);
  });

  it("tells the platform that an address exists elsewhere, and leaves nothing behind", async () => {
    const scope = await openTenant();
    const { email } = await makeUser();
    const refused = runOperation(createUser, await platformCaller("admin", scope), { email, name: "A", password });
    await expect(refused).rejects.toMatchObject({
      code: "CONFLICT",
      errors: [expect.objectContaining({ path: "email" })],
    });
    expect(await runtime.asSuperuser("select 1 from membership where tenant_id = $1", [scope.tenantId])).toEqual([]);
  });

  it("gives nobody a role above the caller's", async () => {
    const ctx = await tenantCaller(await openTenant(), "admin");
    const roles = [builtInRoleId("tenant", "owner")];
    await expect(runOperation(createUser, ctx, { email: address(), name: "A", roles })).rejects.toMatchObject({
      code: "FORBIDDEN",
    });
  });
});

describe("a user's home", () => {
  it("is moved by the platform to a tenant of which they are a member, or to none, and sessions go on", async () => {
    const [from, to] = [await openTenant(), await openTenant()];
    const user = await makeUser({ homeTenantId: from.tenantId });
    await makeMembership(to.tenantId, user.id, "guest");
    await runtime.makeSessions(user.id, 1);
    const ctx = await platformCaller("admin");
    const moved = await runOperation(updateUser, ctx, { userId: user.id, homeTenant: to.tenantSlug });
    expect(moved).toMatchObject({ homeTenant: { id: to.tenantId }, activeSessions: { count: 1 } });
    const free = await runOperation(updateUser, again(ctx), { userId: user.id, homeTenant: null, name: "New" });
    expect(free).toMatchObject({ homeTenant: null, name: "New", activeSessions: { count: 1 } });
    const changes = (await auditEventsAbout(user.id)).map((event) => event.changes);
    expect(changes).toMatchObject([
      { homeTenant: { before: from.tenantSlug, after: to.tenantSlug } },
      { homeTenant: { before: to.tenantSlug, after: null }, name: { after: "New" } },
    ]);
  });

  it("is not moved by a tenant, to a tenant they do not belong to, by those below them, or by themself", async () => {
    const [scope, other] = [await openTenant(), await openTenant()];
    const member = await tenantCaller(scope, "member");
    const admin = await platformCaller("admin");
    const above = await makeUser({ platformRole: "owner" });
    const userId = idOf(member);
    const attempts = [
      [await tenantCaller(scope, "owner"), { userId, homeTenant: null }, "FORBIDDEN"],
      [await platformCaller("owner", scope), { userId, homeTenant: other.tenantSlug }, "FORBIDDEN"],
      [admin, { userId, homeTenant: other.tenantSlug }, "INVALID_INPUT"],
      [admin, { userId, homeTenant: "no-such-tenant" }, "INVALID_INPUT"],
      [admin, { userId: above.id, homeTenant: null }, "FORBIDDEN"],
      [admin, { userId: idOf(admin), homeTenant: null }, "FORBIDDEN"],
    ] as const;
    for (const [ctx, input, code] of attempts) {
      await expect(runOperation(updateUser, again(ctx), input)).rejects.toMatchObject({ code });
    }
    expect(await homeOf(userId)).toBe(scope.tenantId);
  });
});
