import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { findSessionEnd } from "@/lib/auth/find-session-end";
import { apiRoute } from "@/lib/http/api-route";
import { startImpersonation } from "@/lib/impersonation/start-impersonation";
import { stopImpersonation } from "@/lib/impersonation/stop-impersonation";
import { removeMember } from "@/lib/members/remove-member";
import type { RequestContext } from "@/lib/operations/request-context";
import { runOperation } from "@/lib/operations/run-operation";
import { updatePolicy } from "@/lib/policies/update-policy";
import { revokeSession } from "@/lib/sessions/revoke-session";
import { revokeUserSessions } from "@/lib/sessions/revoke-user-sessions";
import { sweepDeadSessions, sweepExpiredSessions } from "@/lib/sessions/sweep-sessions";
import { suspendTenant } from "@/lib/tenants/suspend-tenant";
import { deleteUser } from "@/lib/users/delete-user";
import { lockUser } from "@/lib/users/lock-user";
import { callRoute } from "@/tests/support/callers";
import { platformContext, tenantContext } from "@/tests/support/contexts";
import { makeMembership, makeTenant } from "@/tests/support/factories";
import { tenantCaller } from "@/tests/support/people";
import {
  type AuthFixture,
  mailedToken,
  makeAccount,
  makeBrowser,
  password,
  startAuthFixture,
} from "../auth/auth-fixture";

let fixture: AuthFixture;
beforeAll(async () => {
  fixture = await startAuthFixture();
});
afterAll(() => fixture.stop());

/** Somebody at home in a tenant, active there, in a browser. */
async function signedIn() {
  const tenant = await makeTenant();
  const user = await makeAccount({ homeTenantId: tenant.id });
  await makeMembership(tenant.id, user.id);
  const browser = makeBrowser();
  await browser.signIn(user.email);
  const { rows } = await fixture.sql.query<{ id: string }>(
    "update session set active_tenant_id = $1 where user_id = $2 returning id",
    [tenant.id, user.id],
  );
  return { tenant, user, browser, cookie: browser.cookie(), sessionId: rows[0]?.id ?? "" };
}

type Person = Awaited<ReturnType<typeof signedIn>>;
type EndedBy = "self" | "administrator" | null;

const operator: RequestContext = platformContext("owner");
const sql = (text: string, values: unknown[]) => fixture.sql.query(text, values);
const scopeOf = ({ tenant }: Person) => ({ tenantId: tenant.id, tenantSlug: tenant.slug });

async function historyOf(sessionId: string) {
  const { rows } = await sql(
    "select end_reason, ended_by_type, ended_by_id, ended_by_name, token_hash from session_history where id = $1",
    [sessionId],
  );
  return rows[0];
}

const acts: Record<string, { by: EndedBy; end: (person: Person) => Promise<unknown> }> = {
  signed_out: { by: "self", end: ({ browser }) => browser.signOut() },
  replaced: { by: "self", end: ({ browser, user }) => browser.signIn(user.email) },
  revoked: { by: "administrator", end: ({ sessionId }) => runOperation(revokeSession, operator, { sessionId }) },
  lock: {
    by: "administrator",
    end: ({ user }) => runOperation(lockUser, operator, { userId: user.id, reason: "leaked" }),
  },
  deletion: {
    by: "administrator",
    end: ({ user }) => runOperation(deleteUser, operator, { userId: user.id, reason: "left" }),
  },
  suspended: {
    by: "administrator",
    end: ({ tenant }) => runOperation(suspendTenant, operator, { tenantSlug: tenant.slug, reason: "unpaid" }),
  },
  removed: {
    by: "administrator",
    end: async (person) => {
      const owner = await tenantCaller({ kind: "tenant", ...scopeOf(person) }, "owner");
      await runOperation(removeMember, owner, { userId: person.user.id });
    },
  },
  password_change: {
    by: "self",
    end: async ({ user }) => {
      const other = makeBrowser();
      await other.send("/request-password-reset", { body: { email: user.email } });
      const token = await mailedToken(user.email);
      const newPassword = `${password} anew`;
      expect((await other.send("/reset-password", { body: { newPassword, token } })).status).toBe(200);
    },
  },
  cap: {
    by: "self",
    end: async (person) => {
      const rules = { concurrentSessionsMax: 1, concurrentSessionsMode: "end-oldest" };
      await runOperation(updatePolicy, tenantContext("owner", scopeOf(person)), rules);
      await makeBrowser().signIn(person.user.email);
    },
  },
  expired: {
    by: null,
    end: async ({ sessionId }) => {
      await sql("update session set expires_at = now() - interval '1 second' where id = $1", [sessionId]);
      await sweepExpiredSessions();
    },
  },
  idle: {
    by: null,
    end: async ({ sessionId }) => {
      await makeIdle(sessionId);
      await sweepDeadSessions();
    },
  },
};

async function makeIdle(sessionId: string) {
  await sql(
    "update platform set activity_seen_at = now(), activity_lost_at = now() - interval '9 d', activity_resumed_at = now() - interval '9 d'",
    [],
  );
  await sql("update session set created_at = now() - interval '2 h', idle_seconds = 1800 where id = $1", [sessionId]);
  await sql("update session_activity set last_seen_at = now() - interval '1 h' where session_id = $1", [sessionId]);
}

describe("each end of a session", () => {
  it.each(Object.entries(acts))(
    "by %s is kept with exactly that reason and who did it, and told to whoever held it",
    async (reason, { by, end }) => {
      const person = await signedIn();
      expect(await findSessionEnd(person.cookie)).toBeNull();
      await end(person);
      const kept = await historyOf(person.sessionId);
      expect(kept).toMatchObject({ end_reason: reason, token_hash: expect.stringMatching(/^[0-9a-f]{64}$/) });
      if (by === null) expect(kept).toMatchObject({ ended_by_type: null, ended_by_id: null });
      else expect(kept).toMatchObject({ ended_by_type: "user" });
      if (by === "self") expect(kept?.ended_by_id).toBe(person.user.id);
      if (by === "administrator") expect(kept?.ended_by_id).not.toBe(person.user.id);
      expect(await findSessionEnd(person.cookie)).toMatchObject({ reason, endedBy: by, endedAt: expect.any(String) });
    },
  );

  it("by the end of an impersonation is the administrator's", async () => {
    const administrator = await makeAccount({ platformRole: "owner" });
    const person = await makeAccount();
    const browser = makeBrowser();
    await browser.signIn(administrator.email);
    const start = apiRoute(startImpersonation, { status: 201 });
    const begun = await callRoute(
      start,
      { cookie: browser.cookie() ?? "" },
      { method: "POST", body: { reason: "case 4711" }, params: { userId: person.id } },
    );
    expect(begun.status).toBe(201);
    await callRoute(apiRoute(stopImpersonation), { cookie: begun.cookie ?? "" }, { method: "DELETE" });
    const { rows } = await sql("select end_reason, ended_by_id from session_history where user_id = $1", [person.id]);
    expect(rows).toEqual([{ end_reason: "impersonation_ended", ended_by_id: administrator.id }]);
    expect(await findSessionEnd(begun.cookie)).toMatchObject({ reason: "impersonation_ended" });
  });

  it("that nobody can explain does not occur", async () => {
    const { rows } = await sql("select id from session_history where end_reason = 'unknown'", []);
    expect(rows).toEqual([]);
  });
});

describe("a session that is over and has not been moved yet", () => {
  const facts: Record<string, (person: Person) => Promise<unknown>> = {
    expired: ({ sessionId }) =>
      sql("update session set expires_at = now() - interval '1 second' where id = $1", [sessionId]),
    idle: ({ sessionId }) => makeIdle(sessionId),
    lock: ({ user }) => sql(`update "user" set locked_at = now() where id = $1`, [user.id]),
    password_change: ({ user }) => sql(`update "user" set session_epoch = session_epoch + 1 where id = $1`, [user.id]),
    suspended: ({ tenant }) => sql("update tenant set suspended_at = now() where id = $1", [tenant.id]),
  };

  it.each(Object.entries(facts))("for %s is told as that", async (reason, bringAbout) => {
    const person = await signedIn();
    await bringAbout(person);
    expect(await historyOf(person.sessionId)).toBeUndefined();
    expect(await findSessionEnd(person.cookie)).toMatchObject({ reason });
  });

  it("by a large revocation is told with who asked for it and when", async () => {
    const person = await signedIn();
    const receipt = crypto.randomUUID();
    await sql(
      `insert into revocation_receipt (id, kind, target_id, target_name, request, actor_type, actor_id, actor_name, request_id, committed_at)
       values ($1, 'user', $2, 'x', '{"endReason":"revoked"}', 'user', $3, 'x', 'x', now())`,
      [receipt, person.user.id, crypto.randomUUID()],
    );
    await sql("insert into session_ending (session_id, receipt_id) values ($1, $2)", [person.sessionId, receipt]);
    expect(await findSessionEnd(person.cookie)).toMatchObject({
      reason: "revoked",
      endedBy: "administrator",
      endedAt: expect.any(String),
    });
  });
});

describe("what is told of an end", () => {
  it("reaches nobody but the holder of the signed cookie", async () => {
    const person = await signedIn();
    await runOperation(revokeUserSessions, operator, { userId: person.user.id });
    const { token_hash: tokenHash } = (await historyOf(person.sessionId)) ?? {};
    const [name = "", value = ""] = person.cookie?.split("=") ?? [];
    const forged = `${value.slice(0, -6)}AAAAAA`;
    for (const cookie of [null, "", `${name}=${tokenHash}`, `${name}=${forged}`, `${name}=${tokenHash}.x`]) {
      expect(await findSessionEnd(cookie), String(cookie)).toBeNull();
    }
    expect(Object.keys((await findSessionEnd(person.cookie)) ?? {}).sort()).toEqual([
      "endedAt",
      "endedBy",
      "idleSeconds",
      "lastedSeconds",
      "reason",
      "sessionsMax",
    ]);
  });

  it("names the cap that holds", async () => {
    const person = await signedIn();
    await acts.cap?.end(person);
    expect(await findSessionEnd(person.cookie)).toMatchObject({ reason: "cap", sessionsMax: 1 });
  });

  it("says once: the browser then forgets the dead session, and never one that lives", async () => {
    const person = await signedIn();
    const kept = await person.browser.send("/forget-session", { body: {} });
    expect([kept.status, kept.headers.getSetCookie()]).toEqual([200, []]);
    await runOperation(revokeUserSessions, operator, { userId: person.user.id });
    const forgotten = await person.browser.send("/forget-session", { body: {} });
    expect([forgotten.status, forgotten.headers.getSetCookie()]).toEqual([200, [expect.stringMatching(/Max-Age=0/)]]);
    expect(person.browser.cookie()).toBeNull();
    const elsewhere = await person.browser.send("/forget-session", {
      body: {},
      headers: { origin: "https://evil.example" },
    });
    expect(elsewhere.status).toBe(403);
  });
});
