import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { withScope } from "@/lib/db/scoped-transaction";
import { runOperation } from "@/lib/operations/run-operation";
import { revokeUserSessions } from "@/lib/sessions/revoke-user-sessions";
import { safeNextPath } from "@/lib/ui/safe-next-path";
import { platformContext } from "@/tests/support/contexts";
import { makeMembership, makeTenant, makeUser } from "@/tests/support/factories";
import { cookieOf, makeSession } from "../sessions/session-bed";
import { openProxyBed, type Ports, type ProxyBed } from "./proxy-bed";
import { ask, askForWebSocket, type ProxyAnswer } from "./proxy-client";
import type { RunningProxy } from "./run-proxy";

type Proxy = {
  run: (ports: Ports) => Promise<RunningProxy>;
  /** Whether it can show a person the sign-in, ask for a role, and pass WebSockets on. */
  redirects: boolean;
  knowsRoles: boolean;
  webSockets: boolean;
};

let bed: ProxyBed;
const page = { accept: "text/html,application/xhtml+xml,*/*;q=0.8" };

const get = (path: string, headers: Record<string, string | string[]> = {}) =>
  ask(bed.ports.serviceDoor, path, { headers });
const arrivedIn = ({ text }: ProxyAnswer) => JSON.parse(text);

/** What every worked example promises of the proxy that runs it, tried on the proxy. */
export function declareGuarantees({ run, redirects, knowsRoles, webSockets }: Proxy): void {
  let proxy: RunningProxy | null = null;
  beforeAll(async () => {
    bed = await openProxyBed();
    proxy = await run(bed.ports);
  });
  beforeEach(() => {
    bed.mood.current = "well";
    bed.checks.length = 0;
    bed.arrivals.length = 0;
  });
  afterAll(async () => {
    await proxy?.stop();
    await bed.close();
  });
  declareIdentity();
  declareRequests();
  declareRefusals();
  declareFailures();
  if (redirects) declareRedirects();
  else test("a person without a session gets the plain 401, too", expectRefusedPage);
  if (knowsRoles) declareRoles();
  if (webSockets) declareWebSockets();
}

type Role = "owner" | "admin" | "moderator" | "member";

async function makePerson(role: Role = "moderator", tenantId?: string) {
  const user = await makeUser();
  const tenant = await makeTenant();
  await makeMembership(tenantId ?? tenant.id, user.id, role);
  const session = await makeSession(user.id, { activeTenantId: tenantId ?? tenant.id });
  return { user, tenant, session, cookie: cookieOf(session) };
}

function declareIdentity(): void {
  test("whoever is signed in gets through, and the service is told who, which session, where and with which roles", async () => {
    const { user, tenant, session, cookie } = await makePerson();
    const answer = await get("/reports?page=2", { cookie });
    expect(answer.status).toBe(200);
    expect(arrivedIn(answer)).toMatchObject({
      url: "/reports?page=2",
      headers: {
        "x-gatehouse-user": user.id,
        "x-gatehouse-session": session.id,
        "x-gatehouse-tenant": tenant.slug,
        "x-gatehouse-roles": "moderator",
      },
    });
  });

  test("what a client says of itself never reaches the service, in whichever spelling or number", async () => {
    const user = await makeUser();
    const cookie = cookieOf(await makeSession(user.id));
    const answer = await get("/", {
      cookie,
      "X-Gatehouse-User": ["admin", "root"],
      "x-gatehouse-tenant": "acme",
      "X-GATEHOUSE-ROLES": "owner",
      X_Gatehouse_User: "admin",
      "X-Gatehouse_Roles": "owner",
      x_gatehouse_tenant: "acme",
    });
    const { headers } = arrivedIn(answer);
    expect(headers["x-gatehouse-user"]).toBe(user.id);
    // A session that is in no tenant, of a person without roles.
    expect(headers["x-gatehouse-tenant"] ?? "").toBe("");
    expect(headers["x-gatehouse-roles"] ?? "").toBe("");
    const others = Object.keys(headers).filter((name) => /^x[-_]gatehouse[-_]/.test(name) && name.includes("_"));
    expect(others).toEqual([]);
    expect(JSON.stringify(headers)).not.toMatch(/"(?:admin|root|acme|owner)"/);
  });

  test("a client that names the identity headers as the connection's own gains no identity by it", async () => {
    const { user, cookie } = await makePerson();
    const answer = await get("/", { cookie, Connection: "close, X-Gatehouse-User", "X-Gatehouse-User": "admin" });
    // A proxy may drop what the client calls the connection's: nobody is then who arrives, never somebody else.
    expect([user.id, undefined]).toContain(arrivedIn(answer).headers["x-gatehouse-user"]);
  });

  test("the session cookie stays with the check, and the service can plant none", async () => {
    const { cookie } = await makePerson();
    const answer = await get("/", { cookie: `theme=dark; ${cookie}; last=1` });
    expect(answer.status).toBe(200);
    expect(JSON.stringify(bed.arrivals)).not.toContain(cookie.split("=")[1]);
    expect(answer.headers["set-cookie"]).toBeUndefined();
  });
}

function declareRequests(): void {
  test.each(["POST", "PUT", "PATCH", "DELETE"])(
    "the body of a %s reaches the service, not the check",
    async (method) => {
      const { cookie } = await makePerson();
      const body = JSON.stringify({ text: "x".repeat(20_000) });
      const headers = { cookie, "Content-Length": String(body.length) };
      const answer = await ask(bed.ports.serviceDoor, "/notes", { method, body, headers });
      expect(answer.status).toBe(200);
      expect(arrivedIn(answer)).toMatchObject({ method, url: "/notes" });
      expect(arrivedIn(answer).body === body).toBe(true);
      expect(bed.checks).toHaveLength(1);
      expect(bed.checks[0]).toMatchObject({ url: "/api/v1/session", body: "" });
      expect(bed.checks[0]?.headers["content-length"] ?? "0").toBe("0");
    },
  );

  test("every request is checked, over one kept connection, and Gatehouse is told the client's address", async () => {
    const { cookie } = await makePerson();
    for (let round = 0; round < 5; round += 1) {
      expect((await get("/", { cookie, "X-Forwarded-For": "203.0.113.9" })).status).toBe(200);
    }
    expect(bed.checks).toHaveLength(5);
    expect(new Set(bed.checks.map(({ peer }) => peer)).size).toBe(1);
    for (const { headers } of bed.checks) expect(headers["x-gatehouse-client-address"]).toBe("127.0.0.1");
  });

  test("what the service itself answers is passed on as it is, refusals and failures included", async () => {
    const { cookie } = await makePerson();
    for (const status of [401, 403, 500]) {
      const answer = await get(`/?status=${status}`, { cookie, ...page });
      expect([answer.status, arrivedIn(answer).method]).toEqual([status, "GET"]);
    }
  });

  test("Gatehouse itself is reached through its own door", async () => {
    const answer = await ask(bed.ports.gatehouseDoor, "/sign-in?next=/x", { headers: { cookie: "a=b" } });
    expect(JSON.parse(answer.text)).toMatchObject({ from: "gatehouse", path: "/sign-in", headers: { cookie: "a=b" } });
  });
}

function declareRefusals(): void {
  test("whoever is not signed in gets 401, uncached, and the service hears nothing of it", async () => {
    const { cookie } = await makePerson();
    const known: Record<string, string>[] = [{}, { cookie: "gatehouse.session=junk" }, { cookie: cookie.slice(0, -9) }];
    for (const headers of known) {
      const answer = await get("/reports", headers);
      expect([answer.status, answer.headers["cache-control"]]).toEqual([401, "private, no-store"]);
      expect(JSON.parse(answer.text)).toMatchObject({ code: "UNAUTHENTICATED" });
    }
    const written = await ask(bed.ports.serviceDoor, "/notes", { method: "POST", body: "{}", headers: page });
    expect(written.status).toBe(401);
    expect(bed.arrivals).toEqual([]);
  });

  test("a session is refused from the moment at which its revocation has been answered", async () => {
    const { user, cookie } = await makePerson();
    for (let round = 0; round < 3; round += 1) expect((await get("/", { cookie })).status).toBe(200);
    await runOperation(revokeUserSessions, platformContext("owner"), { userId: user.id });
    const arrived = bed.arrivals.length;
    expect((await get("/", { cookie })).status).toBe(401);
    expect(bed.arrivals).toHaveLength(arrived);
  });
}

async function expectRefusedPage(): Promise<void> {
  const answer = await get("/reports", page);
  expect([answer.status, answer.headers.location]).toEqual([401, undefined]);
}

function declareFailures(): void {
  test.each(["unavailable", "failing", "silent"] as const)("nobody gets in while the check is %s", async (mood) => {
    const { cookie } = await makePerson();
    expect((await get("/", { cookie })).status).toBe(200);
    bed.mood.current = mood;
    const arrived = bed.arrivals.length;
    const answer = await get("/", { cookie, ...page });
    // Never a 401, which would have somebody sign in for nothing.
    expect([500, 502, 503, 504]).toContain(answer.status);
    expect(bed.arrivals).toHaveLength(arrived);
    bed.mood.current = "well";
    expect((await get("/", { cookie })).status).toBe(200);
  });

  test("nobody gets in while Gatehouse is down, and everybody as soon as it is back", async () => {
    const { cookie } = await makePerson();
    await bed.stopGatehouse();
    const answer = await get("/", { cookie });
    expect(answer.status).toBeGreaterThanOrEqual(500);
    expect(bed.arrivals).toEqual([]);
    await bed.startGatehouse();
    expect((await get("/", { cookie })).status).toBe(200);
  });
}

const returned = async (location: string) => {
  const next = safeNextPath(new URL(location).searchParams.get("next") ?? undefined);
  return (await ask(bed.ports.gatehouseDoor, next)).headers.location?.toString();
};

function declareRedirects(): void {
  test("a person without a session is shown the sign-in, which leads back to the page that they asked for", async () => {
    const answer = await get("/reports/2026_q3.html?page=2", page);
    const { gatehouseDoor, serviceDoor } = bed.ports;
    expect([answer.status, answer.headers.location]).toEqual([
      302,
      `http://localhost:${gatehouseDoor}/sign-in?next=/return/service/reports/2026_q3.html`,
    ]);
    expect(await returned(String(answer.headers.location))).toBe(
      `http://localhost:${serviceDoor}/reports/2026_q3.html`,
    );
    expect(bed.arrivals).toEqual([]);
  });

  test("no path makes the sign-in lead anywhere but to the service", async () => {
    const { serviceDoor } = bed.ports;
    const paths = [
      "//evil.example/",
      "/\\evil.example",
      "/%2f%2fevil.example",
      "/a&next=//evil.example",
      "/x%0d%0aLocation:%20//evil.example",
      "/@evil.example",
      "/.evil.example",
      "/%40evil.example?x=//evil.example#y",
    ];
    for (const path of paths) {
      const { headers } = await get(path, page);
      if (headers.location === undefined) continue;
      const target = await returned(String(headers.location));
      if (target === undefined) continue;
      expect([path, new URL(target).origin]).toEqual([path, `http://localhost:${serviceDoor}`]);
    }
    for (const path of paths) {
      const { headers, status } = await ask(bed.ports.gatehouseDoor, `/return/service${path}`);
      if (status < 300 || status >= 400) continue;
      expect([path, new URL(headers.location?.toString() ?? "").origin]).toEqual([
        path,
        `http://localhost:${serviceDoor}`,
      ]);
      expect(Object.keys(headers)).not.toContain("evil");
    }
  });
}

function declareRoles(): void {
  test("a path can ask for a role of one tenant, which the same role of another tenant does not give", async () => {
    const acme = await makeTenant({ slug: "acme" });
    const admin = await makePerson("admin", acme.id);
    const member = await makePerson("member", acme.id);
    const stranger = await makePerson("owner");
    expect((await get("/admin/keys", { cookie: admin.cookie })).status).toBe(200);
    for (const { cookie } of [member, stranger]) {
      const arrived = bed.arrivals.length;
      const forged = { "X-Gatehouse-Tenant": "acme", "X-Gatehouse-Roles": "admin" };
      expect((await get("/admin/keys", { cookie, ...forged })).status).toBe(403);
      expect(bed.arrivals).toHaveLength(arrived);
      expect((await get("/", { cookie })).status).toBe(200);
    }
    expect((await get("/admin/keys")).status).toBe(401);
    await withScope({ kind: "platform" }, (tx) =>
      tx.membershipRole.deleteMany({ where: { tenantId: acme.id, membership: { userId: admin.user.id } } }),
    );
  });
}

function declareWebSockets(): void {
  test("a WebSocket is opened for whoever is signed in, and for nobody else", async () => {
    const { user, cookie } = await makePerson();
    expect(await askForWebSocket(bed.ports.serviceDoor, cookie)).toMatch(/^HTTP\/1\.1 101 [\s\S]*hello$/);
    expect(bed.arrivals[0]?.headers["x-gatehouse-user"]).toBe(user.id);
    expect(bed.checks[0]?.headers.upgrade).toBeUndefined();
    expect(await askForWebSocket(bed.ports.serviceDoor, null)).toMatch(/^HTTP\/1\.1 401 /);
    expect(bed.arrivals).toHaveLength(1);
  });
}
