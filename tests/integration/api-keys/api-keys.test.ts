import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createApiKey } from "@/lib/api-keys/create-api-key";
import { listApiKeys } from "@/lib/api-keys/list-api-keys";
import { revokeApiKey } from "@/lib/api-keys/revoke-api-key";
import { rotateApiKey } from "@/lib/api-keys/rotate-api-key";
import { apiRoute } from "@/lib/http/api-route";
import { stopImpersonation } from "@/lib/impersonation/stop-impersonation";
import { listSessions } from "@/lib/sessions/list-sessions";
import { listUsers } from "@/lib/users/list-users";
import { lockUser } from "@/lib/users/lock-user";
import { byKey, byToken, callRoute } from "../../support/callers";
import { auditEventsAbout, makeMembership, makeTenant, makeUser } from "../../support/factories";
import { startTestRuntime, type TestRuntime } from "../../support/test-runtime";

let runtime: TestRuntime;

beforeAll(async () => {
  runtime = await startTestRuntime();
});
afterAll(() => runtime.stop());

const create = apiRoute(createApiKey, { status: 201 });
const rotate = apiRoute(rotateApiKey);
const revoke = apiRoute(revokeApiKey, { status: 204 });
const list = apiRoute(listApiKeys);
const users = apiRoute(listUsers);

type Caller = { cookie: string } | { authorization: string };
type Place = { tenantSlug?: string };
type Made = { id: string; secret: string; prefix: string; expiresAt: string };
const day = 24 * 3_600_000;

async function signedIn(userId: string) {
  const [session] = await runtime.makeSessions(userId, 1);
  return byToken(session?.token ?? "");
}

async function makeAdministrator(platformRole: "owner" | "admin" | "support" = "admin") {
  const user = await makeUser({ platformRole });
  return { user, caller: await signedIn(user.id) };
}

async function makeTenantAdministrator(role: "owner" | "admin" = "admin") {
  const tenant = await makeTenant();
  const user = await makeUser({ homeTenantId: tenant.id });
  const membership = await makeMembership(tenant.id, user.id, role);
  return { tenant, place: { tenantSlug: tenant.slug }, user, membership, caller: await signedIn(user.id) };
}

const post = (caller: Caller, body: object, params: Place = {}) =>
  callRoute(create, caller, { method: "POST", body, params });

async function makeKey(caller: Caller, permissions: string[], params: Place = {}): Promise<Made> {
  const answer = await post(caller, { name: "Reporting", permissions }, params);
  if (answer.status !== 201) throw new Error(`${answer.status} ${answer.text}`);
  return toMade(answer.json);
}

// What the route answered, whose shape the first test below proves.
function toMade(json: unknown): Made {
  return json as Made;
}

const use = (secret: string, params: Place = {}) => callRoute(users, byKey(secret), { params });
const statusOf = async (secret: string, params: Place = {}) => (await use(secret, params)).status;
const code = (answer: { json: unknown }) => Reflect.get(Object(answer.json), "code");

describe("a new key", () => {
  it("is shown once, kept as a hash, runs out after 90 days, and leaves one event without itself", async () => {
    const { user, caller } = await makeAdministrator();
    const answer = await post(caller, {
      name: " Reporting ",
      permissions: ["users.read", "users.read", "sessions.read"],
    });
    expect([answer.status, answer.json]).toMatchObject([
      201,
      {
        name: "Reporting",
        prefix: expect.stringMatching(/^gh_[\w-]{5}$/),
        secret: expect.stringMatching(/^gh_[\w-]{43}$/),
        permissions: ["sessions.read", "users.read"],
        owner: { id: user.id },
        tenant: null,
        status: "active",
        lastUsedAt: null,
      },
    ]);
    const { id, secret, expiresAt } = toMade(answer.json);
    expect(Math.abs(Date.parse(expiresAt) - Date.now() - 90 * day)).toBeLessThan(60_000);
    const events = await auditEventsAbout(id);
    expect(events).toMatchObject([{ action: "api-key.create", outcome: "success", actorId: user.id }]);
    const dump = await runtime.asSuperuser(
      "select row_to_json(k)::text as row from api_key k union all select row_to_json(e)::text from audit_event e",
    );
    expect(JSON.stringify(dump)).not.toContain(secret);
    expect((await callRoute(list, caller)).text).not.toContain(secret);
  });

  it("may do no more than whoever makes it, and makes no keys and acts as nobody", async () => {
    const admin = await makeAdministrator("admin");
    expect(code(await post(admin.caller, { name: "K", permissions: ["users.read", "mailbox.read"] }))).toBe(
      "FORBIDDEN",
    );
    for (const permission of ["api-keys.create", "users.impersonate", "nothing.at-all"]) {
      expect(code(await post(admin.caller, { name: "K", permissions: [permission] }))).toBe("INVALID_INPUT");
    }
    const { caller, place } = await makeTenantAdministrator();
    expect(code(await post(caller, { name: "K", permissions: ["tenants.read"] }, place))).toBe("INVALID_INPUT");
    expect(code(await post(caller, { name: "K", permissions: ["settings.update"] }, place))).toBe("FORBIDDEN");
  });

  it.each([new Date(Date.now() - 1000), new Date(Date.now() + 366 * day)])("cannot run out at %s", async (at) => {
    const { caller } = await makeAdministrator();
    expect(code(await post(caller, { name: "K", permissions: ["users.read"], expiresAt: at.toISOString() }))).toBe(
      "INVALID_INPUT",
    );
  });

  it("takes the permission and a fresh proof; what is refused is recorded as denied", async () => {
    const support = await makeAdministrator("support");
    expect(code(await post(support.caller, { name: "K", permissions: ["users.read"] }))).toBe("NOT_FOUND");
    const admin = await makeAdministrator();
    await runtime.asSuperuser("update session set created_at = now() - interval '6 minutes' where user_id = $1", [
      admin.user.id,
    ]);
    expect(code(await post(admin.caller, { name: "K", permissions: ["users.read"] }))).toBe("STEP_UP_REQUIRED");
    const events = await runtime.asSuperuser(
      "select action, outcome from audit_event where actor_id = any($1) order by at",
      [[support.user.id, admin.user.id]],
    );
    expect(events).toEqual([
      { action: "api-key.create", outcome: "denied" },
      { action: "api-key.create", outcome: "denied" },
    ]);
  });
});

describe("a key in use", () => {
  it("does what it carries and its owner may do, without an Origin, and is the actor of what it does", async () => {
    const { caller } = await makeAdministrator();
    const { id, secret } = await makeKey(caller, ["users.read", "users.lock"]);
    const victim = await makeUser();
    expect(await statusOf(secret)).toBe(200);
    expect(code(await callRoute(apiRoute(listSessions), byKey(secret)))).toBe("FORBIDDEN");
    const locked = await callRoute(apiRoute(lockUser), byKey(secret), {
      method: "POST",
      params: { userId: victim.id },
      body: { reason: "r" },
      headers: { origin: "https://elsewhere.example" },
    });
    expect(locked.status).toBe(200);
    expect(await auditEventsAbout(victim.id)).toMatchObject([
      { action: "user.lock", actorType: "api_key", actorId: id },
    ]);
    const [row] = await runtime.asSuperuser("select last_used_at is not null as used from api_key where id = $1", [id]);
    expect(row).toEqual({ used: true });
  });

  it("loses at the next request what its owner loses, and has it again when the owner has", async () => {
    const { user, caller } = await makeAdministrator("owner");
    await makeAdministrator("owner");
    const { secret } = await makeKey(caller, ["users.read"]);
    expect(await statusOf(secret)).toBe(200);
    const roles = await runtime.asSuperuser<{ role_id: string }>(
      "delete from platform_role_assignment where user_id = $1 returning role_id",
      [user.id],
    );
    expect(await statusOf(secret)).toBe(401);
    await runtime.asSuperuser("insert into platform_role_assignment (user_id, role_id) values ($1, $2)", [
      user.id,
      roles[0]?.role_id,
    ]);
    expect(await statusOf(secret)).toBe(200);
  });

  it.each([
    ["its owner is locked", 'update "user" set locked_at = now() where id = $1'],
    ["its owner is deleted", 'delete from "user" where id = $1'],
    [
      "it has run out",
      "update api_key set created_at = now() - interval '2 days', expires_at = now() - interval '1 day' where owner_id = $1",
    ],
  ])("opens nothing once %s", async (_what, sql) => {
    const { user, caller } = await makeAdministrator("admin");
    const { secret } = await makeKey(caller, ["users.read"]);
    expect(await statusOf(secret)).toBe(200);
    await runtime.asSuperuser(sql, [user.id]);
    expect(await statusOf(secret)).toBe(401);
  });

  it("counts alone: a bad key is refused whatever cookie comes with it", async () => {
    const { caller } = await makeAdministrator();
    for (const authorization of ["Bearer", "Bearer x", `Bearer gh_${"a".repeat(43)}`, "bearer gh_"]) {
      expect((await callRoute(users, { ...caller, authorization })).status).toBe(401);
    }
    expect((await callRoute(users, { ...caller, authorization: "Basic eDp5" })).status).toBe(200);
  });

  it("has no account of its own", async () => {
    const { caller } = await makeAdministrator();
    const { secret } = await makeKey(caller, ["users.read"]);
    expect(code(await callRoute(apiRoute(stopImpersonation), byKey(secret), { method: "DELETE" }))).toBe("FORBIDDEN");
  });
});

describe("a tenant's key", () => {
  it("works in its tenant, and neither in another nor on the platform, which are as absent as nothing", async () => {
    const { caller, place } = await makeTenantAdministrator();
    const { secret } = await makeKey(caller, ["users.read"], place);
    const other = await makeTenant();
    expect(await statusOf(secret, place)).toBe(200);
    const withoutId = ({ status, text }: { status: number; text: string }) => [
      status,
      text.replace(/"requestId":"[^"]*"/, ""),
    ];
    expect(withoutId(await use(secret, { tenantSlug: other.slug }))).toEqual(
      withoutId(await use(secret, { tenantSlug: "absent" })),
    );
    expect([await statusOf(secret, { tenantSlug: other.slug }), await statusOf(secret)]).toEqual([404, 404]);
  });

  it("dies with its owner's membership, and stays dead when they come back", async () => {
    const { tenant, user, caller, place, membership } = await makeTenantAdministrator("admin");
    const { secret } = await makeKey(caller, ["users.read"], place);
    await runtime.asSuperuser("delete from membership where id = $1", [membership.id]);
    expect(await statusOf(secret, place)).toBe(401);
    await makeMembership(tenant.id, user.id, "admin");
    expect(await statusOf(secret, place)).toBe(401);
  });

  it("is told why its tenant is suspended", async () => {
    const { tenant, caller, place } = await makeTenantAdministrator();
    const { secret } = await makeKey(caller, ["users.read"], place);
    await runtime.asSuperuser("update tenant set suspended_at = now(), suspended_reason = 'unpaid' where id = $1", [
      tenant.id,
    ]);
    const answer = await use(secret, place);
    expect([answer.status, answer.text]).toEqual([403, expect.stringContaining("unpaid")]);
  });

  it("is held to the addresses that its tenant accepts", async () => {
    const { tenant, caller, place } = await makeTenantAdministrator();
    const { secret } = await makeKey(caller, ["users.read"], place);
    await runtime.asSuperuser(
      "insert into policy (id, tenant_id, allowed_addresses) values (gen_random_uuid(), $1, '{192.0.2.0/24}')",
      [tenant.id],
    );
    const from = (address: string) =>
      callRoute(users, byKey(secret), { params: place, headers: { "x-gatehouse-client-address": address } });
    expect([(await from("198.51.100.1")).status, (await from("192.0.2.1")).status]).toEqual([403, 200]);
  });

  it("of a platform person carries nothing of the platform", async () => {
    const { place } = await makeTenantAdministrator();
    const admin = await makeAdministrator();
    const { secret } = await makeKey(admin.caller, ["users.read"], place);
    expect([await statusOf(secret, place), await statusOf(secret)]).toEqual([200, 404]);
  });

  it("is listed in its tenant and on the platform, and in no other tenant", async () => {
    const ours = await makeTenantAdministrator();
    const theirs = await makeTenantAdministrator();
    const { id } = await makeKey(ours.caller, ["users.read"], ours.place);
    const owner = await makeAdministrator("owner");
    const idsOf = ({ text }: { text: string }) => (text.includes(id) ? [id] : []);
    expect(idsOf(await callRoute(list, ours.caller, { params: ours.place }))).toEqual([id]);
    expect(idsOf(await callRoute(list, theirs.caller, { params: theirs.place }))).toEqual([]);
    expect(idsOf(await callRoute(list, owner.caller, { query: `?tenant=${ours.tenant.slug}` }))).toEqual([id]);
    const foreign = await callRoute(revoke, theirs.caller, {
      method: "DELETE",
      params: { ...theirs.place, keyId: id },
    });
    expect(foreign.status).toBe(404);
    expect(await auditEventsAbout(id)).toHaveLength(1);
  });
});

describe("a platform key", () => {
  it("acts in a tenant with what its owner may do there as one of the platform", async () => {
    const { place } = await makeTenantAdministrator();
    const { caller } = await makeAdministrator();
    const { secret } = await makeKey(caller, ["users.read"]);
    expect([await statusOf(secret), await statusOf(secret, place)]).toEqual([200, 200]);
    expect(await statusOf(secret, { tenantSlug: "absent" })).toBe(404);
  });
});

describe("rotation and revocation", () => {
  const turn = (caller: Caller, keyId: string, body: object = {}) =>
    callRoute(rotate, caller, { method: "POST", params: { keyId }, body });

  it("accepts the old key beside the new one for the overlap, and no longer", async () => {
    const { caller } = await makeAdministrator();
    const old = await makeKey(caller, ["users.read"]);
    const answer = await turn(caller, old.id, { overlapSeconds: 600 });
    const fresh = toMade(answer.json);
    expect([answer.status, fresh.id, fresh.expiresAt]).toEqual([200, old.id, old.expiresAt]);
    expect([await statusOf(old.secret), await statusOf(fresh.secret)]).toEqual([200, 200]);
    await runtime.asSuperuser("update api_key set previous_expires_at = now() where id = $1", [old.id]);
    expect([await statusOf(old.secret), await statusOf(fresh.secret)]).toEqual([401, 200]);
    expect((await auditEventsAbout(old.id)).map(({ action }) => action)).toEqual(["api-key.create", "api-key.rotate"]);
  });

  it("without an overlap ends the old key at once", async () => {
    const { caller } = await makeAdministrator();
    const old = await makeKey(caller, ["users.read"]);
    const fresh = toMade((await turn(caller, old.id, { overlapSeconds: 0 })).json);
    expect([await statusOf(old.secret), await statusOf(fresh.secret)]).toEqual([401, 200]);
    expect(code(await turn(caller, old.id, { overlapSeconds: 7 * 24 * 3600 + 1 }))).toBe("INVALID_INPUT");
  });

  it("is for the owner of a key alone: nobody gets a key that acts for somebody else", async () => {
    const owner = await makeAdministrator("owner");
    const admin = await makeAdministrator("admin");
    const { id } = await makeKey(admin.caller, ["users.read"]);
    expect(code(await turn(owner.caller, id))).toBe("FORBIDDEN");
  });

  it("revokes the key and its predecessor at once, with one event however often", async () => {
    const { caller } = await makeAdministrator();
    const old = await makeKey(caller, ["users.read"]);
    const fresh = toMade((await turn(caller, old.id)).json);
    for (let time = 0; time < 2; time += 1) {
      const answer = await callRoute(revoke, caller, { method: "DELETE", params: { keyId: old.id } });
      expect([answer.status, answer.text]).toEqual([204, ""]);
    }
    expect([await statusOf(old.secret), await statusOf(fresh.secret)]).toEqual([401, 401]);
    const events = await auditEventsAbout(old.id);
    expect(events.filter(({ action }) => action === "api-key.revoke")).toHaveLength(1);
    expect(code(await turn(caller, old.id))).toBe("CONFLICT");
  });

  it("is refused for the key of somebody who ranks as high", async () => {
    const one = await makeAdministrator("admin");
    const other = await makeAdministrator("admin");
    const { id, secret } = await makeKey(one.caller, ["users.read"]);
    expect(code(await callRoute(revoke, other.caller, { method: "DELETE", params: { keyId: id } }))).toBe("FORBIDDEN");
    expect(await statusOf(secret)).toBe(200);
  });
});

describe("the list of keys", () => {
  it("is paged by a cursor, filtered by status and text, and misses none", async () => {
    const { caller, place } = await makeTenantAdministrator();
    const made: string[] = [];
    for (const permissions of [["users.read"], ["users.lock"], ["sessions.read"]]) {
      made.unshift((await makeKey(caller, permissions, place)).id);
    }
    const read = async (query: string) => {
      const { json } = await callRoute(list, caller, { params: place, query });
      return json as { data: { id: string; status: string }[]; nextCursor: string | null };
    };
    const first = await read("?limit=2");
    const second = await read(`?limit=2&cursor=${first.nextCursor}`);
    expect([...first.data, ...second.data].map(({ id }) => id)).toEqual(made);
    expect(second.nextCursor).toBeNull();
    await callRoute(revoke, caller, { method: "DELETE", params: { ...place, keyId: made[0] ?? "" } });
    expect((await read("?status=revoked")).data.map(({ id }) => id)).toEqual([made[0]]);
    expect((await read("?status=active&search=REPORT")).data.map(({ id }) => id)).toEqual(made.slice(1));
    expect((await read("?search=nothing")).data).toEqual([]);
  });
});
