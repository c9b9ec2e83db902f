import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { findCaller } from "@/lib/auth/authenticate-request";
import { builtInRoleId } from "@/lib/authorization/built-in-roles";
import { newId } from "@/lib/db/new-id";
import { type ApiRoute, apiRoute } from "@/lib/http/api-route";
import { startImpersonation } from "@/lib/impersonation/start-impersonation";
import { stopImpersonation } from "@/lib/impersonation/stop-impersonation";
import { replaceGrantsVersion } from "@/lib/sessions/grants-version";
import { listSessions } from "@/lib/sessions/list-sessions";
import { revokeUserSessions } from "@/lib/sessions/revoke-user-sessions";
import { createUser } from "@/lib/users/create-user";
import { deleteUser } from "@/lib/users/delete-user";
import { getUser } from "@/lib/users/get-user";
import { byToken, callRoute } from "../../support/callers";
import { auditEventsAbout, makeMembership, makeTenant, makeUser } from "../../support/factories";
import { startTestRuntime, type TestRuntime } from "../../support/test-runtime";

let runtime: TestRuntime;

beforeAll(async () => {
  runtime = await startTestRuntime();
});
afterAll(() => runtime.stop());

const start = apiRoute(startImpersonation, { status: 201 });
const stop = apiRoute(stopImpersonation);

type PlatformRole = "owner" | "admin" | "support" | "auditor";
type TenantRole = Parameters<typeof makeMembership>[2];

async function signedIn(userId: string) {
  const [session] = await runtime.makeSessions(userId, 1);
  if (!session) throw new Error("No session was made.");
  return { ...byToken(session.token), sessionId: session.id };
}

async function makeAdministrator(platformRole: PlatformRole = "admin") {
  const user = await makeUser({ platformRole, name: "Ada Admin" });
  return { user, ...(await signedIn(user.id)) };
}

async function makeMemberOf(tenantId: string, role: TenantRole, homeTenantId: string | null = tenantId) {
  const user = await makeUser({ homeTenantId });
  await makeMembership(tenantId, user.id, role);
  return { user, ...(await signedIn(user.id)) };
}

type Caller = { cookie: string };
const actAs = ({ cookie }: Caller, userId: string, tenantSlug?: string) =>
  callRoute(
    start,
    { cookie },
    {
      method: "POST",
      body: { reason: "case 4711" },
      params: { userId, ...(tenantSlug ? { tenantSlug } : {}) },
    },
  );
const goBack = ({ cookie }: Caller) => callRoute(stop, { cookie }, { method: "DELETE" });
const call = (route: ApiRoute, caller: Caller | string | null, more: Parameters<typeof callRoute>[2] = {}) =>
  callRoute(route, { cookie: typeof caller === "string" ? caller : (caller?.cookie ?? "") }, more);
const whoIs = async (cookie: string | null) => (await findCaller(cookie))?.session ?? null;
const code = (answer: { json: unknown }) => Reflect.get(Object(answer.json), "code");

async function begin(administrator: Caller, userId: string, tenantSlug?: string) {
  const answer = await actAs(administrator, userId, tenantSlug);
  if (answer.status !== 201 || answer.cookie === null) throw new Error(`${answer.status} ${answer.text}`);
  return { cookie: answer.cookie, answer };
}

describe("acting as somebody else", () => {
  it("gives the browser the other session, and the old token is dead at once", async () => {
    const administrator = await makeAdministrator();
    const target = await makeUser();
    expect(await whoIs(administrator.cookie)).not.toBeNull();
    const { cookie } = await begin(administrator, target.id);
    expect(await whoIs(administrator.cookie)).toBeNull();
    expect(await whoIs(cookie)).toMatchObject({
      userId: target.id,
      method: "impersonation",
      impersonatedBy: { id: administrator.user.id, sessionId: administrator.sessionId, confinedTenantId: null },
    });
  });

  it("is over after half an hour at most, and no use prolongs it", async () => {
    const { cookie, answer } = await begin(await makeAdministrator(), (await makeUser()).id);
    const session = await whoIs(cookie);
    expect(answer.json).toMatchObject({ expiresAt: session?.expiresAt });
    expect(Date.parse(session?.expiresAt ?? "") - Date.now()).toBeLessThanOrEqual(1_800_000);
    expect(answer.headers.get("set-cookie")).toMatch(/; Max-Age=1(?:7\d\d|800); Path=\/; HttpOnly; SameSite=Lax$/);
    await runtime.asSuperuser("update session set expires_at = now() where id = $1", [session?.sessionId]);
    expect(await whoIs(cookie)).toBeNull();
  });

  it("V3.3: leaves the token in the cookie alone: in no body, and in the database as a hash", async () => {
    const administrator = await makeAdministrator();
    const { cookie, answer } = await begin(administrator, (await makeUser()).id);
    const token = decodeURIComponent(cookie.split("=")[1] ?? "").split(".")[0] ?? "";
    expect(token.length).toBeGreaterThan(40);
    expect(answer.text).not.toContain(token);
    const back = await goBack({ cookie });
    expect(back.text).not.toContain(
      decodeURIComponent(back.cookie ?? "")
        .split("=")[1]
        ?.split(".")[0] ?? token,
    );
    const dump = await runtime.asSuperuser(
      "select row_to_json(s)::text as row from session s union all select row_to_json(e)::text from audit_event e union all select row_to_json(m)::text from captured_mail m",
    );
    expect(JSON.stringify(dump)).not.toContain(token);
  });

  it("is recorded once, and the person is told by mail who, why and until when", async () => {
    const administrator = await makeAdministrator();
    const target = await makeUser();
    await begin(administrator, target.id);
    const events = await auditEventsAbout(target.id);
    expect(events.map(({ action, outcome, actorId, reason }) => [action, outcome, actorId, reason])).toEqual([
      ["impersonation.start", "success", administrator.user.id, "case 4711"],
    ]);
    const mails = await runtime.asSuperuser<{ text: string }>(`select text from captured_mail where "to" = $1`, [
      target.email,
    ]);
    expect(mails).toHaveLength(1);
    expect(mails[0]?.text).toMatch(/Ada Admin has begun to act as you[\s\S]*case 4711/);
  });

  it("puts both identities on what is done meanwhile", async () => {
    const administrator = await makeAdministrator("owner");
    const other = await makeAdministrator("admin");
    const victim = await makeUser();
    const { cookie } = await begin(administrator, other.user.id);
    const ended = await call(apiRoute(revokeUserSessions), cookie, { method: "DELETE", params: { userId: victim.id } });
    expect(ended.status).toBe(200);
    expect(await auditEventsAbout(victim.id)).toMatchObject([
      {
        action: "session.revoke",
        actorId: other.user.id,
        impersonatorId: administrator.user.id,
        impersonatorName: "Ada Admin",
      },
    ]);
  });

  it("does not count as the person's own presence, but as the administrator's", async () => {
    const administrator = await makeAdministrator();
    const target = await makeUser();
    const { cookie } = await begin(administrator, target.id);
    await whoIs(cookie);
    const { lastSeen } = await import("@/lib/sessions/last-seen");
    await lastSeen.get().flush({ force: true });
    const seen = await runtime.asSuperuser<{ user_id: string }>(
      "select user_id from user_activity where user_id = any($1::uuid[])",
      [[administrator.user.id, target.id]],
    );
    expect(seen.map(({ user_id: userId }) => userId)).toEqual([administrator.user.id]);
  });
});

describe("the way back", () => {
  it("returns to the administrator's own session under a new token, and ends the other with one event", async () => {
    const administrator = await makeAdministrator();
    const target = await makeUser();
    const { cookie } = await begin(administrator, target.id);
    const sessionId = (await whoIs(cookie))?.sessionId;
    const back = await goBack({ cookie });
    expect([back.status, back.json]).toMatchObject([200, { user: { id: administrator.user.id, name: "Ada Admin" } }]);
    expect(await whoIs(cookie)).toBeNull();
    expect(back.cookie).not.toBe(administrator.cookie);
    expect(await whoIs(administrator.cookie)).toBeNull();
    expect(await whoIs(back.cookie)).toMatchObject({ sessionId: administrator.sessionId, impersonatedBy: null });
    const events = await auditEventsAbout(target.id);
    expect(events.at(-1)).toMatchObject({
      action: "impersonation.stop",
      actorId: target.id,
      impersonatorId: administrator.user.id,
      details: { sessionId },
    });
    expect(events).toHaveLength(2);
    const [history] = await runtime.asSuperuser("select end_reason, ended_by_id from session_history where id = $1", [
      sessionId,
    ]);
    expect(history).toEqual({ end_reason: "impersonation_ended", ended_by_id: administrator.user.id });
  });

  it("is none for whoever acts as themself", async () => {
    expect(code(await goBack(await makeAdministrator()))).toBe("CONFLICT");
  });
});

describe("either one's end ends it, at the next request", () => {
  const ends: [string, (ids: { administrator: string; session: string }) => Promise<unknown>][] = [
    ["is deleted", ({ session }) => runtime.asSuperuser("delete from session where id = $1", [session])],
    [
      "has run out",
      ({ session }) => runtime.asSuperuser("update session set expires_at = now() where id = $1", [session]),
    ],
    [
      "has been idle",
      ({ session }) =>
        runtime.asSuperuser(
          `with unused as (update session_activity set last_seen_at = now() - interval '2 days' where session_id = $1)
           update session set created_at = now() - interval '2 days', idle_seconds = 60 where id = $1`,
          [session],
        ),
    ],
    [
      "loses its user's epoch",
      ({ administrator }) =>
        runtime.asSuperuser('update "user" set session_epoch = session_epoch + 1 where id = $1', [administrator]),
    ],
    [
      "belongs to somebody who is locked",
      ({ administrator }) => runtime.asSuperuser('update "user" set locked_at = now() where id = $1', [administrator]),
    ],
  ];
  it.each(ends)("when the administrator's session %s", async (_what, end) => {
    const administrator = await makeAdministrator();
    const { cookie } = await begin(administrator, (await makeUser()).id);
    expect(await whoIs(cookie)).not.toBeNull();
    await end({ administrator: administrator.user.id, session: administrator.sessionId });
    expect(await whoIs(cookie)).toBeNull();
  });

  it("when all sessions of the administrator are ended through the API", async () => {
    const administrator = await makeAdministrator("admin");
    const owner = await makeAdministrator("owner");
    const { cookie } = await begin(administrator, (await makeUser()).id);
    const answer = await call(apiRoute(revokeUserSessions), owner, {
      method: "DELETE",
      params: { userId: administrator.user.id },
    });
    expect(answer.status).toBe(200);
    expect(await whoIs(cookie)).toBeNull();
  });

  it("when all sessions of the person are ended, and nothing is left of the administrator's", async () => {
    const administrator = await makeAdministrator("admin");
    const owner = await makeAdministrator("owner");
    const target = await makeUser();
    const { cookie } = await begin(administrator, target.id);
    await call(apiRoute(revokeUserSessions), owner, { method: "DELETE", params: { userId: target.id } });
    expect(await whoIs(cookie)).toBeNull();
    const [history] = await runtime.asSuperuser("select end_reason from session_history where id = $1", [
      administrator.sessionId,
    ]);
    expect(history).toEqual({ end_reason: "impersonation_ended" });
  });

  it("when the administrator may no longer act as others", async () => {
    const administrator = await makeAdministrator("admin");
    const { cookie } = await begin(administrator, (await makeUser({ platformRole: "support" })).id);
    await runtime.asSuperuser("delete from platform_role_assignment where user_id = $1", [administrator.user.id]);
    await replaceGrantsVersion();
    expect((await call(apiRoute(listSessions), cookie)).status).toBe(401);
  });
});

describe("nobody gains by it", () => {
  it("what the person is given meanwhile is not the administrator's to use", async () => {
    const administrator = await makeAdministrator("admin");
    const target = await makeUser();
    const { cookie } = await begin(administrator, target.id);
    const read = () => call(apiRoute(getUser), cookie, { params: { userId: target.id } });
    expect(code(await read())).toBe("FORBIDDEN");
    await runtime.asSuperuser("insert into platform_role_assignment (user_id, role_id) values ($1, $2)", [
      target.id,
      builtInRoleId("platform", "owner"),
    ]);
    await replaceGrantsVersion();
    expect((await read()).status).toBe(200);
    const mailbox = await import("@/lib/mail/list-captured-mail");
    expect(code(await call(apiRoute(mailbox.listCapturedMail), cookie))).toBe("FORBIDDEN");
  });

  it.each([
    ["themself", async (own: string) => own],
    ["one of their own rank", async () => (await makeUser({ platformRole: "admin" })).id],
    ["an owner", async () => (await makeUser({ platformRole: "owner" })).id],
  ])("an administrator cannot act as %s", async (_whom, find) => {
    const administrator = await makeAdministrator("admin");
    const answer = await actAs(administrator, await find(administrator.user.id));
    expect([answer.status, answer.cookie]).toEqual([403, null]);
    expect(await whoIs(administrator.cookie)).not.toBeNull();
  });

  it("an administrator cannot act as somebody who may do more in a tenant, whatever their ranks", async () => {
    const roleId = newId();
    await runtime.asSuperuser(
      "insert into role (id, scope, key, name, rank, permissions) values ($1, 'platform', $2, 'Actor', 90, '{users.read,users.impersonate}')",
      [roleId, `actor-${roleId}`],
    );
    const administrator = await makeUser();
    await runtime.asSuperuser("insert into platform_role_assignment (user_id, role_id) values ($1, $2)", [
      administrator.id,
      roleId,
    ]);
    const caller = await signedIn(administrator.id);
    const tenant = await makeTenant();
    const plain = await makeMemberOf(tenant.id, "member");
    const moderator = await makeMemberOf(tenant.id, "moderator");
    expect(code(await actAs(caller, moderator.user.id))).toBe("FORBIDDEN");
    expect((await actAs(caller, plain.user.id)).status).toBe(201);
  });

  it("support, who lack the permission, cannot, and it is recorded as denied", async () => {
    const support = await makeAdministrator("support");
    const answer = await actAs(support, (await makeUser()).id);
    expect(code(answer)).toBe("FORBIDDEN");
    const events = await runtime.asSuperuser("select action, outcome from audit_event where actor_id = $1", [
      support.user.id,
    ]);
    expect(events).toEqual([{ action: "impersonation.start", outcome: "denied" }]);
  });

  it("V7.5.3: asks for a fresh proof, and records what it refuses as denied", async () => {
    const administrator = await makeAdministrator();
    await runtime.asSuperuser("update session set created_at = now() - interval '6 minutes' where id = $1", [
      administrator.sessionId,
    ]);
    expect(code(await actAs(administrator, (await makeUser()).id))).toBe("STEP_UP_REQUIRED");
    const events = await runtime.asSuperuser("select action, outcome, details from audit_event where actor_id = $1", [
      administrator.user.id,
    ]);
    expect(events).toEqual([
      { action: "impersonation.start", outcome: "denied", details: { code: "STEP_UP_REQUIRED" } },
    ]);
  });

  it("is not nested, and refuses everything that asks for a proof of the person", async () => {
    const owner = await makeAdministrator("owner");
    const admin = await makeUser({ platformRole: "admin" });
    const { cookie } = await begin(owner, admin.id);
    const other = await makeUser();
    expect(code(await actAs({ cookie }, other.id))).toBe("FORBIDDEN");
    expect(
      code(
        await call(apiRoute(deleteUser), cookie, {
          method: "DELETE",
          params: { userId: other.id },
          query: "?reason=r",
        }),
      ),
    ).toBe("FORBIDDEN");
    const raised = { email: `${newId()}@example.com`, name: "R", roles: [builtInRoleId("platform", "support")] };
    expect(code(await call(apiRoute(createUser), cookie, { method: "POST", body: raised }))).toBe("FORBIDDEN");
  });

  it("a locked account is nobody's to act as", async () => {
    const locked = await makeUser({ lockedAt: new Date() });
    expect(code(await actAs(await makeAdministrator(), locked.id))).toBe("CONFLICT");
  });
});

describe("in a tenant", () => {
  it("an administrator acts as one of its own people, and nowhere else", async () => {
    const tenant = await makeTenant();
    const elsewhere = await makeTenant();
    const administrator = await makeMemberOf(tenant.id, "admin");
    const target = await makeMemberOf(tenant.id, "moderator");
    await makeMembership(elsewhere.id, target.user.id, "admin");
    const { cookie } = await begin(administrator, target.user.id, tenant.slug);
    const list = (slug?: string) => call(apiRoute(listSessions), cookie, slug ? { params: { tenantSlug: slug } } : {});
    expect((await list(tenant.slug)).status).toBe(200);
    expect(code(await list(elsewhere.slug))).toBe("NOT_FOUND");
    expect(code(await list())).toBe("FORBIDDEN");
    expect((await whoIs(cookie))?.tenant?.slug).toBe(tenant.slug);
    expect((await goBack({ cookie })).status).toBe(200);
  });

  it("nobody acts as a guest, as a holder of a platform role, or as somebody above", async () => {
    const tenant = await makeTenant();
    const administrator = await makeMemberOf(tenant.id, "admin");
    const guest = await makeMemberOf(tenant.id, "guest", null);
    const platformPerson = await makeUser({ homeTenantId: tenant.id, platformRole: "auditor" });
    await makeMembership(tenant.id, platformPerson.id, "member");
    const owner = await makeMemberOf(tenant.id, "owner");
    for (const id of [guest.user.id, platformPerson.id, owner.user.id]) {
      expect(code(await actAs(administrator, id, tenant.slug))).toBe("FORBIDDEN");
    }
  });

  it("somebody of another tenant is as absent as nobody", async () => {
    const tenant = await makeTenant();
    const administrator = await makeMemberOf(tenant.id, "admin");
    const stranger = await makeMemberOf((await makeTenant()).id, "member");
    const withoutId = ({ text }: { text: string }) => text.replace(/"requestId":"[^"]*"/, "");
    const foreign = await actAs(administrator, stranger.user.id, tenant.slug);
    const absent = await actAs(administrator, newId(), tenant.slug);
    expect([foreign.status, withoutId(foreign)]).toEqual([404, withoutId(absent)]);
  });

  it("the database itself refuses a tenant that acts as somebody else's user", async () => {
    const tenant = await makeTenant();
    const administrator = await makeMemberOf(tenant.id, "owner");
    const stranger = await makeUser();
    const { withScope } = await import("@/lib/db/scoped-transaction");
    const attempt = withScope(
      { kind: "tenant", tenantId: tenant.id },
      (tx) =>
        tx.$queryRaw`select * from gatehouse.start_impersonation(${administrator.sessionId}::uuid, ${"0".repeat(64)}, ${stranger.id}::uuid,
        ${newId()}::uuid, ${"1".repeat(64)}, 60)`,
    );
    await expect(attempt).rejects.toThrow(/home tenant/);
  });
});
