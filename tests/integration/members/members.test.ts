import { createHash } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { builtInRoleId } from "@/lib/authorization/built-in-roles";
import { leaveTenant } from "@/lib/members/leave-tenant";
import { listMembers } from "@/lib/members/list-members";
import { listMyTenants } from "@/lib/members/list-my-tenants";
import { removeMember } from "@/lib/members/remove-member";
import type { RequestContext } from "@/lib/operations/request-context";
import { runOperation } from "@/lib/operations/run-operation";
import { tryToken } from "@/lib/sessions/check-session";
import { auditEventsOf, makeMembership, makeUser } from "../../support/factories";
import { again, contextFor, idOf, openTenant, type TenantScope, tenantCaller } from "../../support/people";
import { startTestRuntime, type TestRuntime } from "../../support/test-runtime";

let runtime: TestRuntime;
beforeAll(async () => {
  runtime = await startTestRuntime();
});
afterAll(() => runtime.stop());

async function readAll(ctx: RequestContext, input: Record<string, unknown>): Promise<string[]> {
  const emails: string[] = [];
  let cursor: string | null = null;
  do {
    const page: Awaited<ReturnType<typeof runOperation<typeof listMembers.input, typeof listMembers.output>>> =
      await runOperation(listMembers, ctx, { ...input, ...(cursor === null ? {} : { cursor }) });
    emails.push(...page.data.map(({ email }) => email));
    cursor = page.nextCursor;
  } while (cursor !== null);
  return emails;
}

/** Members, every second of them at home elsewhere; every tenth an auditor. With people who are no members beside them. */
async function furnish(scope: TenantScope, count: number): Promise<string[]> {
  const other = await openTenant();
  await runtime.asSuperuser(
    `insert into "user" (id, name, email, home_tenant_id)
     select gen_random_uuid(), 'Name ' || i % 7, 'm' || i || '@' || $1, case when i % 2 = 0 then $2::uuid else $3::uuid end
     from generate_series(1, $4::int + 20) i`,
    [`${scope.tenantSlug}.example`, scope.tenantId, other.tenantId, count],
  );
  await runtime.asSuperuser(
    `insert into membership (id, tenant_id, user_id, created_at)
     select gen_random_uuid(), $1, u.id, now() - i % 50 * interval '1 minute' from generate_series(1, $3::int) i
     join "user" u on u.email = 'm' || i || '@' || $2`,
    [scope.tenantId, `${scope.tenantSlug}.example`, count],
  );
  await runtime.asSuperuser(
    `insert into membership_role (tenant_id, membership_id, role_id)
     select m.tenant_id, m.id, $2::uuid from membership m join "user" u on u.id = m.user_id
     where m.tenant_id = $1 and u.email like 'm%0@%'`,
    [scope.tenantId, builtInRoleId("tenant", "auditor")],
  );
  return Array.from({ length: count }, (_, at) => `m${at + 1}@${scope.tenantSlug}.example`);
}

type Reading = { limit: number; sorts?: (string | undefined)[] };

const everySort = [undefined, "joinedAt", "-name", "email"];

async function expectExactly(
  scope: TenantScope,
  emails: string[],
  { limit, sorts = everySort }: Reading,
): Promise<void> {
  const ctx = await tenantCaller(scope, "admin");
  const own = `${idOf(ctx)}@example.com`;
  const everybody = new Set([...emails, own]);
  for (const sort of sorts) {
    const found = await readAll(ctx, { limit, sort });
    expect(found).toHaveLength(everybody.size);
    expect(new Set(found)).toEqual(everybody);
    if (sort === "email") expect(found).toEqual([...found].sort());
  }
  const auditors = emails.filter((email) => /^m\d*0@/.test(email));
  expect(new Set(await readAll(ctx, { limit, role: builtInRoleId("tenant", "auditor"), sort: "name" }))).toEqual(
    new Set(auditors),
  );
  const search = `m1@${scope.tenantSlug}`.slice(0, 60);
  expect(await readAll(ctx, { search, limit })).toEqual([emails[0]]);
  expect(await readAll(ctx, { search, role: builtInRoleId("tenant", "auditor") })).toEqual([]);
}

/** A session that is active in the tenant. */
async function enter(userId: string, scope: TenantScope | null): Promise<string> {
  const [session] = await runtime.makeSessions(userId, 1);
  if (!session) throw new Error("No session.");
  await runtime.asSuperuser("update session set active_tenant_id = $2 where id = $1", [
    session.id,
    scope?.tenantId ?? null,
  ]);
  return createHash("sha256").update(session.token).digest("hex");
}

const homeOf = async (userId: string) =>
  (
    await runtime.asSuperuser<{ home: string | null }>('select home_tenant_id as home from "user" where id = $1', [
      userId,
    ])
  )[0]?.home;

describe("the members list", () => {
  it("holds every member of a small tenant once, and nobody else, in each order, role and search", async () => {
    const scope = await openTenant();
    await expectExactly(scope, await furnish(scope, 45), { limit: 7 });
  });

  it("holds the same of a tenant that is too large to be gathered", async () => {
    const scope = await openTenant();
    await expectExactly(scope, await furnish(scope, 6_100), { limit: 100, sorts: ["email"] });
  });

  it("says who is a guest, what they hold here, and nothing of what they hold elsewhere", async () => {
    const [here, there] = [await openTenant(), await openTenant()];
    const guest = await tenantCaller(there, "owner");
    await makeMembership(here.tenantId, idOf(guest), "guest");
    const { data } = await runOperation(listMembers, await tenantCaller(here, "admin"), {});
    expect(data.map(({ guest: isGuest, roles }) => [isGuest, roles.map(({ key }) => key)])).toEqual(
      expect.arrayContaining([
        [true, ["guest"]],
        [false, ["admin"]],
      ]),
    );
    expect(data).toHaveLength(2);
    await expect(runOperation(listMembers, await tenantCaller(here, "member"), {})).rejects.toMatchObject({
      code: "FORBIDDEN",
    });
  });

  it("refuses to order a search by joining, which no index knows", async () => {
    const ctx = await tenantCaller(await openTenant(), "admin");
    await expect(runOperation(listMembers, ctx, { search: "a", sort: "joinedAt" })).rejects.toMatchObject({
      code: "INVALID_INPUT",
      errors: [expect.objectContaining({ path: "sort" })],
    });
  });
});

describe("removing a member", () => {
  it("ends the sessions active in the tenant and no others, and gives the account to the platform, with one event", async () => {
    const scope = await openTenant();
    const [ctx, target] = [await tenantCaller(scope, "admin"), await tenantCaller(scope, "moderator")];
    const [inside, outside] = [await enter(idOf(target), scope), await enter(idOf(target), null)];
    const answer = await runOperation(removeMember, ctx, { userId: idOf(target), reason: "gone" });
    expect(answer).toMatchObject({ status: "complete", matched: 1, ended: 1, reason: "gone" });
    expect(answer.verified).toEqual({ checked: 1, stillAccepted: 0 });
    expect([await tryToken(inside), (await tryToken(outside)) === null]).toEqual([null, false]);
    expect(await homeOf(idOf(target))).toBeNull();
    const events = await auditEventsOf(ctx.requestId);
    expect(events.map(({ action, outcome, targetId, tenantId }) => [action, outcome, targetId, tenantId])).toEqual([
      ["member.remove", "success", idOf(target), scope.tenantId],
    ]);
    expect(events[0]?.changes).toMatchObject({ roles: { before: ["moderator"], after: [] } });
    const history = await runtime.asSuperuser("select end_reason from session_history where user_id = $1", [
      idOf(target),
    ]);
    expect(history).toEqual([{ end_reason: "removed" }]);
  });

  it("leaves a guest's home as it is", async () => {
    const [here, there] = [await openTenant(), await openTenant()];
    const guest = await tenantCaller(there, "owner");
    await makeMembership(here.tenantId, idOf(guest), "guest");
    await runOperation(removeMember, await tenantCaller(here, "admin"), { userId: idOf(guest) });
    expect(await homeOf(idOf(guest))).toBe(there.tenantId);
  });

  it("is refused to whoever lacks the permission or the rank, for oneself, and for the last owner", async () => {
    const scope = await openTenant();
    const [owner, admin] = [await tenantCaller(scope, "owner"), await tenantCaller(scope, "admin")];
    const [other, member] = [await tenantCaller(scope, "admin"), await tenantCaller(scope, "member")];
    const attempts: [RequestContext, RequestContext, string][] = [
      [await tenantCaller(scope, "moderator"), member, "FORBIDDEN"],
      [member, other, "NOT_FOUND"],
      [admin, other, "FORBIDDEN"],
      [admin, owner, "FORBIDDEN"],
      [admin, admin, "FORBIDDEN"],
    ];
    for (const [caller, target, code] of attempts) {
      const ctx = again(caller);
      await expect(runOperation(removeMember, ctx, { userId: idOf(target) })).rejects.toMatchObject({ code });
      expect((await auditEventsOf(ctx.requestId)).map(({ outcome }) => outcome)).toEqual([
        code === "CONFLICT" ? "failure" : "denied",
      ]);
    }
    const platform = await contextFor((await makeUser({ platformRole: "admin" })).id, scope);
    await expect(runOperation(removeMember, platform, { userId: idOf(owner) })).rejects.toMatchObject({
      code: "CONFLICT",
    });
  });

  it("cannot reach a member of another tenant, and says the same of somebody who does not exist", async () => {
    const [here, there] = [await openTenant(), await openTenant()];
    const [ctx, stranger] = [await tenantCaller(here, "owner"), await tenantCaller(there, "member")];
    const refusals = await Promise.all(
      [idOf(stranger), "01890000-0000-7000-8000-000000000000", "nonsense"].map((userId) =>
        runOperation(removeMember, again(ctx), { userId }).catch((error: Error) => error.message),
      ),
    );
    expect(new Set(refusals).size).toBe(1);
    expect(await homeOf(idOf(stranger))).toBe(there.tenantId);
  });

  it("of two owners who remove each other, one remains", async () => {
    const scope = await openTenant();
    const [one, two] = [await tenantCaller(scope, "owner"), await tenantCaller(scope, "owner")];
    const outcomes = await Promise.allSettled([
      runOperation(removeMember, one, { userId: idOf(two) }),
      runOperation(removeMember, two, { userId: idOf(one) }),
    ]);
    expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  });
});

describe("leaving", () => {
  it("ends one's own sessions in the tenant and takes the account along, with one event", async () => {
    const scope = await openTenant();
    const ctx = await tenantCaller(scope, "member");
    const token = await enter(idOf(ctx), scope);
    expect(await runOperation(leaveTenant, ctx, {})).toMatchObject({ matched: 1, ended: 1 });
    expect(await tryToken(token)).toBeNull();
    expect(await homeOf(idOf(ctx))).toBeNull();
    expect((await auditEventsOf(ctx.requestId)).map(({ action, outcome }) => [action, outcome])).toEqual([
      ["member.leave", "success"],
    ]);
    await expect(runOperation(leaveTenant, again(ctx), {})).rejects.toMatchObject({ code: "NOT_FOUND" });
  });

  it("is refused to the last owner, and of two owners who leave at once one stays", async () => {
    const scope = await openTenant();
    const owner = await tenantCaller(scope, "owner");
    await expect(runOperation(leaveTenant, owner, {})).rejects.toMatchObject({ code: "CONFLICT" });
    const other = await tenantCaller(scope, "owner");
    const outcomes = await Promise.allSettled([owner, other].map((ctx) => runOperation(leaveTenant, again(ctx), {})));
    expect(outcomes.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
  });

  it("is nobody else's to do: not a key's, and not an administrator's who acts as the person", async () => {
    const scope = await openTenant();
    const ctx = await tenantCaller(scope, "member");
    const key: RequestContext["actor"] = { type: "api_key", id: idOf(ctx), name: "k", ownerId: idOf(ctx) };
    await expect(runOperation(leaveTenant, { ...ctx, actor: key }, {})).rejects.toMatchObject({ code: "FORBIDDEN" });
  });
});

describe("one's own tenants", () => {
  it("are all listed, by name, with roles and why one is closed, and nobody else's", async () => {
    const [one, two] = [await openTenant(), await openTenant()];
    const ctx = await tenantCaller(one, "admin");
    await makeMembership(two.tenantId, idOf(ctx), "guest");
    await tenantCaller(await openTenant(), "member");
    await runtime.asSuperuser(
      "update tenant set name = 'A', suspended_at = now(), suspended_reason = 'unpaid' where id = $1",
      [two.tenantId],
    );
    const mine = { ...ctx, scope: { kind: "platform" as const } };
    const first = await runOperation(listMyTenants, mine, { limit: 1 });
    const second = await runOperation(listMyTenants, mine, { limit: 1, cursor: first.nextCursor });
    expect(second.nextCursor).toBeNull();
    expect(
      [...first.data, ...second.data].map(({ tenant, roles, home, suspension }) => [
        tenant.slug,
        roles.map(({ key }) => key),
        home,
        suspension?.reason ?? null,
      ]),
    ).toEqual([
      [two.tenantSlug, ["guest"], false, "unpaid"],
      [one.tenantSlug, ["admin"], true, null],
    ]);
  });
});

it("a session of somebody who is no member of the tenant cannot be written", async () => {
  const [here, there] = [await openTenant(), await openTenant()];
  const ctx = await tenantCaller(here, "member");
  await enter(idOf(ctx), here);
  await runtime.asSuperuser("alter table session disable trigger change_tenant");
  const point = runtime.asSuperuser("update session set active_tenant_id = $1 where user_id = $2", [
    there.tenantId,
    idOf(ctx),
  ]);
  await expect(point).rejects.toMatchObject({ constraint: "session_active_tenant_id_user_id_fkey" });
  await runtime.asSuperuser("alter table session enable trigger change_tenant");
});
