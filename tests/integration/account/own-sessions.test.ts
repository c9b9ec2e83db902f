import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { listOwnSessions } from "@/lib/account/list-own-sessions";
import { revokeOtherOwnSessions } from "@/lib/account/revoke-other-own-sessions";
import { revokeOwnSession } from "@/lib/account/revoke-own-session";
import { type OwnSession, ownSession } from "@/lib/account/schemas";
import { findCaller } from "@/lib/auth/authenticate-request";
import { requestIdHeader } from "@/lib/config/internal-headers";
import { newId } from "@/lib/db/new-id";
import { type ApiRoute, apiRoute } from "@/lib/http/api-route";
import { startImpersonation } from "@/lib/impersonation/start-impersonation";
import { endedAtOnceMax } from "@/lib/sessions/session-windows";
import { byKey, callRoute } from "../../support/callers";
import { auditEventsAbout, auditEventsOf, makeMembership, makeTenant, makeUser } from "../../support/factories";
import { startTestRuntime, type TestRuntime } from "../../support/test-runtime";
import { cookieOf, historyOf, makeSession, makeSessions } from "../sessions/session-bed";

let runtime: TestRuntime;
beforeAll(async () => {
  runtime = await startTestRuntime();
});
afterAll(() => runtime.stop());

const list = apiRoute(listOwnSessions);
const endOne = apiRoute(revokeOwnSession);
const endOthers = apiRoute(revokeOtherOwnSessions);
const impersonate = apiRoute(startImpersonation, { status: 201 });

type Device = { cookie: string; id: string };
const isAlive = async ({ cookie }: { cookie: string }) => (await findCaller(cookie)) !== null;
const code = (answer: { json: unknown }): unknown => Reflect.get(Object(answer.json), "code");

/** A person who is signed in on several devices, the newest last. */
async function signedIn(count: number, wishes: Parameters<typeof makeUser>[0] = {}) {
  const user = await makeUser(wishes);
  const devices: Device[] = [];
  for (let made = 0; made < count; made += 1) {
    const createdAt = new Date(Date.now() - (count - made) * 60_000);
    const session = await makeSession(user.id, { createdAt, browser: `Browser ${made}`, ipAddress: "192.0.2.9" });
    devices.push({ cookie: cookieOf(session), id: session.id });
  }
  return { user, devices, here: devices[0] ?? { cookie: "", id: "" } };
}

type Page = { data: OwnSession[]; nextCursor: string | null };

async function read(caller: { cookie: string }, query = ""): Promise<Page> {
  const answer = await callRoute(list, { cookie: caller.cookie }, { query });
  expect([answer.status, answer.text.slice(0, 200)]).toEqual([200, expect.any(String)]);
  const { data, nextCursor }: { data: unknown[]; nextCursor: string | null } = Object(answer.json);
  return { data: data.map((row) => ownSession.parse(row)), nextCursor };
}

const remove = (route: ApiRoute, { cookie }: { cookie: string }, sessionId?: string) =>
  callRoute(
    route,
    { cookie, [requestIdHeader]: newId() },
    { method: "DELETE", params: sessionId === undefined ? {} : { sessionId } },
  );

async function actedAs(userId: string, tenantSlug?: string) {
  const admin = await signedIn(1, { platformRole: "admin" });
  const params = { userId, ...(tenantSlug === undefined ? {} : { tenantSlug }) };
  const answer = await callRoute(
    impersonate,
    { cookie: admin.here.cookie },
    { method: "POST", params, body: { reason: "case 12" } },
  );
  if (answer.cookie === null) throw new Error(answer.text);
  return { cookie: answer.cookie };
}

describe("the list of one's own sessions", () => {
  it("has this one first, then the newest, and nobody else's", async () => {
    const { devices, here } = await signedIn(3);
    await signedIn(2);
    const { data, nextCursor } = await read(here);
    expect(data.map(({ id, current, status }) => [id, current, status])).toEqual([
      [here.id, true, "active"],
      [devices[2]?.id, false, "active"],
      [devices[1]?.id, false, "active"],
    ]);
    expect(nextCursor).toBeNull();
    expect(data[0]).toMatchObject({
      browser: "Browser 0",
      ipAddress: "192.0.2.9",
      endedAt: null,
      impersonatedBy: null,
    });
  });

  it.each([1, 2, 3, 7])("is paged by %i without loss or repetition", async (limit) => {
    const { devices, here } = await signedIn(5);
    const seen: string[] = [];
    let cursor: string | null = null;
    do {
      const page: Page = await read(here, `?limit=${limit}${cursor === null ? "" : `&cursor=${cursor}`}`);
      seen.push(...page.data.map(({ id }) => id));
      cursor = page.nextCursor;
    } while (cursor !== null);
    expect(seen).toEqual([here, ...devices.slice(1).reverse()].map(({ id }) => id));
  });

  it("is for people without any role, members of a tenant and people of the platform alike", async () => {
    const tenant = await makeTenant();
    const member = await signedIn(1, { homeTenantId: tenant.id });
    await makeMembership(tenant.id, member.user.id);
    for (const { here } of [await signedIn(1), member, await signedIn(1, { platformRole: "support" })]) {
      expect((await read(here)).data).toHaveLength(1);
    }
  });

  it("is about a person, not about a tenant: below a tenant's address there is none", async () => {
    const tenant = await makeTenant();
    const { user, here } = await signedIn(1);
    await makeMembership(tenant.id, user.id);
    const answer = await callRoute(list, { cookie: here.cookie }, { params: { tenantSlug: tenant.slug } });
    expect(answer.status).toBe(404);
  });

  it("shows who acts as oneself, and how sessions ended, without naming the administrator who ended them", async () => {
    const { user, devices, here } = await signedIn(3);
    await actedAs(user.id);
    const [, second, third] = devices;
    const shown = (await read(here)).data.find(({ impersonatedBy }) => impersonatedBy !== null);
    expect(shown).toMatchObject({ method: "impersonation", impersonatedBy: { name: "Test Person" }, current: false });
    await remove(endOne, here, second?.id);
    await runtime.asSuperuser(
      `update session_history set end_reason = 'revoked', ended_by_type = 'user', ended_by_id = $2, ended_by_name = 'boss@example.com' where id = $1`,
      [second?.id, newId()],
    );
    await remove(endOne, here, third?.id);
    const ended = await callRoute(list, { cookie: here.cookie }, { query: "?status=ended" });
    expect(ended.json).toMatchObject({
      data: [
        { id: third?.id, status: "ended", endReason: "revoked", endedBy: "self" },
        { id: second?.id, status: "ended", endReason: "revoked", endedBy: "administrator" },
      ],
      nextCursor: null,
    });
    expect(ended.text).not.toContain("boss@example.com");
  });

  it("pages through what has ended, the latest first, and takes no cursor of another person or list", async () => {
    const { here, devices } = await signedIn(4);
    await remove(endOthers, here);
    const first = await read(here, "?status=ended&limit=2");
    const second = await read(here, `?status=ended&limit=2&cursor=${first.nextCursor}`);
    expect([first.data.length, second.data.length, second.nextCursor]).toEqual([2, 1, null]);
    const ids = [...first.data, ...second.data].map(({ id }) => id);
    expect(ids.sort()).toEqual(
      devices
        .slice(1)
        .map(({ id }) => id)
        .sort(),
    );
    const stranger = await signedIn(1);
    for (const [caller, query] of [
      [stranger.here, `?status=ended&cursor=${first.nextCursor}`],
      [here, `?status=active&cursor=${first.nextCursor}`],
      [here, "?cursor=junk"],
    ] as const) {
      expect(code(await callRoute(list, { cookie: caller.cookie }, { query }))).toBe("INVALID_INPUT");
    }
  });

  it("refuses unknown fields, keys, and whoever is not signed in", async () => {
    const { here } = await signedIn(1);
    expect(code(await callRoute(list, { cookie: here.cookie }, { query: `?userId=${newId()}` }))).toBe("INVALID_INPUT");
    expect(code(await callRoute(list, { cookie: here.cookie }, { query: "?status=any" }))).toBe("INVALID_INPUT");
    expect(code(await callRoute(list, byKey("gh_junk")))).toBe("UNAUTHENTICATED");
    expect(code(await callRoute(list, {}))).toBe("UNAUTHENTICATED");
  });
});

describe("ending one of one's own sessions", () => {
  it("ends exactly that one at once, under a receipt, with one event", async () => {
    const { user, devices, here } = await signedIn(3);
    const [, ended, other] = devices;
    expect(await isAlive({ cookie: ended?.cookie ?? "" })).toBe(true);
    const answer = await remove(endOne, here, ended?.id);
    expect(answer.json).toMatchObject({
      status: "complete",
      kind: "session",
      matched: 1,
      ended: 1,
      actor: { type: "user", id: user.id },
      stores: { redis: { status: "fenced" } },
      verified: { checked: 1, stillAccepted: 0 },
    });
    expect(await isAlive({ cookie: ended?.cookie ?? "" })).toBe(false);
    expect([await isAlive(here), await isAlive({ cookie: other?.cookie ?? "" })]).toEqual([true, true]);
    expect(await historyOf(ended?.id ?? "")).toMatchObject({ endReason: "revoked", endedById: user.id });
    const [event, ...more] = await auditEventsAbout(ended?.id ?? "");
    expect([event?.action, event?.outcome, event?.actorId, more]).toEqual(["session.revoke", "success", user.id, []]);
  });

  it("works however old the session is that asks", async () => {
    const user = await makeUser();
    const old = await makeSession(user.id, {
      createdAt: new Date(Date.now() - 20 * 86_400_000),
      idleSeconds: 2_592_000,
    });
    const other = await makeSession(user.id);
    expect((await remove(endOne, { cookie: cookieOf(old) }, other.id)).status).toBe(200);
  });

  it("may be the one that asks: its token is refused from then on", async () => {
    const { here } = await signedIn(1);
    expect((await remove(endOne, here, here.id)).json).toMatchObject({ ended: 1 });
    expect((await callRoute(list, { cookie: here.cookie })).status).toBe(401);
  });

  it("answers somebody else's, an ended one and nonsense alike: there is none, and nothing ends", async () => {
    const [{ here, devices }, stranger] = [await signedIn(2), await signedIn(1)];
    const past = devices[1]?.id ?? "";
    await remove(endOne, here, past);
    const answers = [];
    for (const id of [stranger.here.id, past, newId(), "nonsense"]) answers.push(await remove(endOne, here, id));
    const told = answers.map(({ status, json }) => [status, Reflect.get(Object(json), "detail")]);
    expect(new Set(told.map((one) => JSON.stringify(one))).size).toBe(1);
    expect(told[0]?.[0]).toBe(404);
    expect(await isAlive(stranger.here)).toBe(true);
  });

  it("is refused to a page of somebody else", async () => {
    const { here, devices } = await signedIn(2);
    const call = {
      method: "DELETE",
      params: { sessionId: devices[1]?.id ?? "" },
      headers: { origin: "https://evil.example" },
    };
    expect((await callRoute(endOne, { cookie: here.cookie }, call)).status).toBe(403);
    expect(await isAlive({ cookie: devices[1]?.cookie ?? "" })).toBe(true);
  });
});

describe("ending all others", () => {
  it("ends every session but the one that asks, impersonations included, with one event", async () => {
    const [{ user, devices, here }, stranger] = [await signedIn(4), await signedIn(1)];
    const acting = await actedAs(user.id);
    const answer = await remove(endOthers, here);
    expect(answer.json).toMatchObject({ status: "complete", matched: 4, ended: 4, users: 1 });
    for (const device of [...devices.slice(1), acting]) expect(await isAlive(device)).toBe(false);
    expect([await isAlive(here), await isAlive(stranger.here)]).toEqual([true, true]);
    const events = (await auditEventsAbout(user.id)).filter(({ action }) => action !== "impersonation.start");
    expect(events.map(({ action, outcome, actorId }) => [action, outcome, actorId])).toEqual([
      ["session.revoke", "success", user.id],
    ]);
    expect((await auditEventsOf(events[0]?.requestId ?? "")).length).toBe(1);
  });

  it("stands in the log of the tenant that manages the account, as signing in does", async () => {
    const home = await makeTenant();
    const { user, devices, here } = await signedIn(3, { homeTenantId: home.id });
    await remove(endOne, here, devices[1]?.id);
    await remove(endOthers, here);
    const events = [...(await auditEventsAbout(devices[1]?.id ?? "")), ...(await auditEventsAbout(user.id))];
    expect(events.map(({ action, tenantId }) => [action, tenantId])).toEqual([
      ["session.revoke", home.id],
      ["session.revoke", home.id],
    ]);
  });

  it("says so where there is no other", async () => {
    const { here } = await signedIn(1);
    expect((await remove(endOthers, here)).json).toMatchObject({ matched: 0, ended: 0 });
    expect(await isAlive(here)).toBe(true);
  });

  it("is exact beyond what ends in one transaction", async () => {
    const { user, here } = await signedIn(1);
    const many = await makeSessions(user.id, endedAtOnceMax + 5);
    const answer = await remove(endOthers, here);
    expect(answer.json).toMatchObject({ stores: { redis: { status: "fenced" } }, verified: { stillAccepted: 0 } });
    for (const session of [many[0], many[500], many.at(-1)]) {
      expect(await isAlive({ cookie: session ? cookieOf(session) : "" })).toBe(false);
    }
    expect(await isAlive(here)).toBe(true);
    expect((await read(here)).data).toHaveLength(1);
  });
});

describe("in an impersonation", () => {
  it("the sessions may be seen, and none ended; the refusal is clear and recorded under both names", async () => {
    const { user, here, devices } = await signedIn(2);
    const acting = await actedAs(user.id);
    const { data } = await read(acting);
    expect(data.map(({ current, impersonatedBy }) => [current, impersonatedBy !== null])).toEqual([
      [true, true],
      [false, false],
      [false, false],
    ]);
    for (const answer of [await remove(endOne, acting, devices[1]?.id), await remove(endOthers, acting)]) {
      expect([answer.status, code(answer)]).toEqual([403, "FORBIDDEN"]);
      expect(answer.text).toContain("while acting as somebody else");
      const { requestId }: { requestId: string } = Object(answer.json);
      const [event, ...more] = await auditEventsOf(requestId);
      expect(more).toEqual([]);
      expect(event).toMatchObject({ action: "session.revoke", outcome: "denied", actorId: user.id });
      expect(event?.impersonatorId).toEqual(expect.any(String));
    }
    expect(await isAlive(here)).toBe(true);
  });

  it("that is confined to a tenant nothing is learnt of the others", async () => {
    const [home, other] = [await makeTenant(), await makeTenant({ name: "The other one" })];
    const { user } = await signedIn(1, { homeTenantId: home.id });
    await makeMembership(home.id, user.id);
    await makeMembership(other.id, user.id);
    await makeSession(user.id, { activeTenantId: other.id });
    const acting = await actedAs(user.id, home.slug);
    const answer = await callRoute(list, { cookie: acting.cookie });
    expect(answer.text).not.toContain("The other one");
    expect(answer.text).not.toContain(other.id);
    expect((await read(acting)).data.map(({ tenant }) => tenant?.id ?? null)).toEqual([home.id, null, null]);
  });
});
