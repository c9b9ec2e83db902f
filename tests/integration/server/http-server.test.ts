import { once } from "node:events";
import { createServer, type Server } from "node:http";
import { connect } from "node:net";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { builtInRoleId } from "@/lib/authorization/built-in-roles";
import { newId } from "@/lib/db/new-id";
import { withScope } from "@/lib/db/scoped-transaction";
import { runOperation } from "@/lib/operations/run-operation";
import { redisClient } from "@/lib/redis/redis-client";
import { redisRun } from "@/lib/redis/redis-run";
import { createFastLane } from "@/lib/server/fast-lane";
import { createHttpServer, type RequestHandler } from "@/lib/server/http-server";
import { listen } from "@/lib/server/listen";
import { drain } from "@/lib/server/shutdown";
import { replaceGrantsVersion } from "@/lib/sessions/grants-version";
import { revokeUserSessions } from "@/lib/sessions/revoke-user-sessions";
import { platformContext } from "@/tests/support/contexts";
import { makeMembership, makeTenant, makeUser } from "@/tests/support/factories";
import { until } from "@/tests/support/until";
import { startOwnRedis } from "../sessions/own-redis";
import { cookieOf, makeSession, openSessionBed } from "../sessions/session-bed";

let redis: Awaited<ReturnType<typeof startOwnRedis>>;
let bed: Awaited<ReturnType<typeof openSessionBed>>;
let server: Server;
let address: string;
let draining = false;

/** Stands where Next stands: tells what reached it. */
const echo: RequestHandler = async (request, response, { headers }) => {
  for await (const _chunk of request);
  response.writeHead(200, [...headers]);
  response.end(JSON.stringify({ headers: request.headers }));
  return true;
};

beforeAll(async () => {
  redis = await startOwnRedis();
  bed = await openSessionBed({ redisUrl: redis.redisUrl });
  server = createHttpServer({
    gatehouseUrl: "https://gate.example.com",
    trustedProxies: [],
    handlers: [createFastLane({ isDraining: () => draining }), echo],
  });
  await listen(server, { host: "127.0.0.1", port: 0 });
  address = addressOf(server);
});
afterAll(async () => {
  await drain(server);
  await bed.close();
  await redis.remove();
});

function addressOf(listening: Server): string {
  const bound = listening.address();
  if (bound === null || typeof bound === "string") throw new Error("The server listens on no port.");
  return `http://127.0.0.1:${bound.port}`;
}

const get = (path: string, headers: Record<string, string> = {}) => fetch(`${address}${path}`, { headers });

describe("GET /api/v1/session", () => {
  test("says who the cookie belongs to and what they may do, in the body and in headers, uncached", async () => {
    const user = await makeUser({ platformRole: "support" });
    const session = await makeSession(user.id);
    const response = await get("/api/v1/session", { cookie: cookieOf(session) });
    expect(response.status).toBe(200);
    expect(response.headers.get("cache-control")).toBe("private, no-store");
    expect(response.headers.get("x-gatehouse-user")).toBe(user.id);
    expect(response.headers.get("x-gatehouse-session")).toBe(session.id);
    expect(response.headers.get("x-gatehouse-roles")).toBe("support");
    expect(response.headers.get("x-gatehouse-tenant")).toBe("");
    const body = await response.text();
    expect(JSON.parse(body)).toMatchObject({
      user: { id: user.id, email: user.email, name: user.name },
      session: { id: session.id, method: "password", impersonatedBy: null },
      tenant: null,
      roles: ["support"],
      permissions: [
        ...["users.read", "users.lock", "sessions.read", "sessions.revoke", "receipts.read"],
        ...["rate-limits.read", "rate-limits.clear"],
      ],
    });
    expect(body).not.toContain(session.token);
    expect(body).not.toContain(session.tokenHash);
  });

  test("names the tenant that the session is active in, and the roles held there", async () => {
    const user = await makeUser();
    const tenant = await makeTenant();
    await makeMembership(tenant.id, user.id, "moderator");
    const session = await makeSession(user.id, { activeTenantId: tenant.id });
    const response = await get("/api/v1/session", { cookie: cookieOf(session) });
    expect(response.headers.get("x-gatehouse-tenant")).toBe(tenant.slug);
    expect(await response.json()).toMatchObject({ tenant: { id: tenant.id, slug: tenant.slug }, roles: ["moderator"] });
  });

  test("shows other roles as soon as they have changed, to a cookie that has been answered before", async () => {
    const user = await makeUser();
    const cookie = cookieOf(await makeSession(user.id));
    for (let round = 0; round < 3; round += 1) {
      expect(await (await get("/api/v1/session", { cookie })).json()).toMatchObject({ roles: [], permissions: [] });
    }
    const held = { userId: user.id, roleId: builtInRoleId("platform", "support") };
    await withScope({ kind: "platform" }, (tx) => tx.platformRoleAssignment.createMany({ data: [held] }));
    await replaceGrantsVersion();
    const response = await get("/api/v1/session", { cookie });
    expect(response.headers.get("x-gatehouse-roles")).toBe("support");
    expect(await response.json()).toMatchObject({ user: { id: user.id }, roles: ["support"] });
  });

  test("is 401 from the moment a revocation is answered, and for no, junk and foreign cookies", async () => {
    const user = await makeUser();
    const session = await makeSession(user.id);
    const cookie = cookieOf(session);
    for (let round = 0; round < 3; round += 1) expect((await get("/api/v1/session", { cookie })).status).toBe(200);
    await runOperation(revokeUserSessions, platformContext("owner"), { userId: user.id });
    const junk: Record<string, string>[] = [
      { cookie },
      {},
      { cookie: "gatehouse.session=junk" },
      { cookie: cookie.slice(0, -8) },
    ];
    for (const headers of junk) {
      const response = await get("/api/v1/session", headers);
      expect(response.status).toBe(401);
      expect(response.headers.get("content-type")).toBe("application/problem+json");
      expect(response.headers.get("cache-control")).toBe("private, no-store");
      expect(await response.json()).toMatchObject({ code: "UNAUTHENTICATED", status: 401 });
    }
  });

  test("refuses other methods with Allow", async () => {
    const response = await fetch(`${address}/api/v1/session`, { method: "POST" });
    expect(response.status).toBe(405);
    expect(response.headers.get("allow")).toBe("GET");
  });
});

describe("every request", () => {
  test("gets an id of ours, whatever the client sent under that name", async () => {
    const response = await get("/anything", { "x-request-id": "theirs" });
    const id = response.headers.get("x-request-id") ?? "";
    expect(id).toMatch(/^[\w-]{14,}$/);
    expect((await get("/anything")).headers.get("x-request-id")).not.toBe(id);
    expect((await response.json()).headers["x-request-id"]).toBe(id);
  });

  test("carries its socket's address, and nothing that a client says of addresses without a trusted proxy", async () => {
    const { headers } = await (
      await get("/anything", {
        "x-gatehouse-client-address": "8.8.8.8",
        "x-forwarded-for": "9.9.9.9",
        "x-forwarded-host": "evil.example",
      })
    ).json();
    expect(headers["x-gatehouse-client-address"]).toBe("127.0.0.1");
    for (const name of ["x-forwarded-for", "x-forwarded-host"]) expect(headers[name]).toBeUndefined();
  });

  test("is answered with the static security headers, on https with HSTS", async () => {
    const { headers } = await get("/api/health/live");
    expect(headers.get("x-content-type-options")).toBe("nosniff");
    expect(headers.get("strict-transport-security")).toContain("max-age=");
  });

  test("may have a body of one MiB at most, whether it declares the length or not", async () => {
    const post = (body: BodyInit, extra = {}) => fetch(`${address}/anything`, { method: "POST", body, ...extra });
    expect((await post("x".repeat(1_000_000))).status).toBe(200);
    const declared = await post("x".repeat(1_100_000));
    expect(declared.status).toBe(413);
    expect(await declared.json()).toMatchObject({ code: "TOO_LARGE" });
    const chunk = new TextEncoder().encode("x".repeat(100_000));
    let left = 40;
    const stream = new ReadableStream({
      pull: (controller) => {
        left -= 1;
        if (left < 0) controller.close();
        else controller.enqueue(chunk);
      },
    });
    const undeclared = await post(stream, { duplex: "half" }).then(
      ({ status }) => status,
      () => "cut off",
    );
    expect([413, "cut off"]).toContain(undeclared);
  });

  test("that is no HTTP at all ends that connection and no other", async () => {
    const socket = connect(Number(new URL(address).port), "127.0.0.1");
    socket.resume();
    socket.write("\0\0garbage\r\n\r\n");
    await once(socket, "close");
    expect((await get("/api/health/live")).status).toBe(200);
  });
});

describe("health and metrics", () => {
  test("ready names each store, and turns red when one is gone or the server drains", async () => {
    await until(() => redisRun.get().current() !== null);
    const response = await get("/api/health/ready");
    expect(response.status).toBe(200);
    expect(await response.json()).toEqual({
      status: "ready",
      checks: { postgres: { status: "up" }, redis: { status: "up" }, migrations: { status: "up" } },
    });
    await redis.stop();
    await until(() => redisRun.get().current() === null);
    const unready = await get("/api/health/ready");
    expect(unready.status).toBe(503);
    expect(await unready.json()).toMatchObject({ checks: { postgres: { status: "up" }, redis: { status: "down" } } });
    await redis.start();
    await until(() => redisRun.get().current() !== null);
    draining = true;
    expect((await get("/api/health/ready")).status).toBe(503);
    expect((await get("/api/health/live")).status).toBe(200);
    draining = false;
  });

  test("metrics are for loopback, or for whoever holds the token where one is set", async () => {
    const open = await get("/api/metrics");
    expect(open.status).toBe(200);
    expect(await open.text()).toContain("gatehouse_session_checks_total");
    const guarded = createHttpServer({
      gatehouseUrl: "http://localhost",
      trustedProxies: [],
      handlers: [createFastLane({ metricsToken: "metrics-token-of-the-tests", isDraining: () => false }), echo],
    });
    await listen(guarded, { host: "127.0.0.1", port: 0 });
    const url = `${addressOf(guarded)}/api/metrics`;
    expect((await fetch(url)).status).toBe(401);
    expect((await fetch(url, { headers: { authorization: "Bearer wrong" } })).status).toBe(401);
    expect((await fetch(url, { headers: { authorization: "Bearer metrics-token-of-the-tests" } })).status).toBe(200);
    await drain(guarded);
  });

  test("a request that came through a proxy nobody trusts is not from loopback", async () => {
    expect((await get("/api/metrics", { "x-forwarded-for": "203.0.113.1" })).status).toBe(403);
  });
});

test("a port that is taken says so, and what to do", async () => {
  const taken = createServer();
  taken.listen(0, "127.0.0.1");
  await once(taken, "listening");
  const bound = taken.address();
  const port = typeof bound === "object" && bound ? bound.port : 0;
  await expect(listen(createServer(), { host: "127.0.0.1", port })).rejects.toThrow(
    /PORT: 127\.0\.0\.1:\d+ is in use[\s\S]*PORT=3100/,
  );
  taken.close();
});

test("draining lets a request under way finish and accepts no other", async () => {
  let release: () => void = () => {};
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  let arrived = false;
  const slow = createHttpServer({
    gatehouseUrl: "http://localhost",
    trustedProxies: [],
    handlers: [
      async (_request, response) => {
        arrived = true;
        await held;
        response.end("done");
        return true;
      },
    ],
  });
  await listen(slow, { host: "127.0.0.1", port: 0 });
  const url = addressOf(slow);
  const underWay = fetch(url);
  await until(() => arrived);
  const drained = drain(slow);
  await expect(fetch(url)).rejects.toThrow();
  release();
  expect(await (await underWay).text()).toBe("done");
  await drained;
});

test("an error of a handler is a problem with the request's id, and no detail", async () => {
  const failing = createHttpServer({
    gatehouseUrl: "http://localhost",
    trustedProxies: [],
    handlers: [() => Promise.reject(new Error(`secret ${newId()}`))],
  });
  await listen(failing, { host: "127.0.0.1", port: 0 });
  const response = await fetch(addressOf(failing));
  expect(response.status).toBe(500);
  const body = await response.text();
  expect(body).not.toContain("secret");
  expect(JSON.parse(body)).toMatchObject({ code: "INTERNAL", requestId: response.headers.get("x-request-id") });
  await drain(failing);
});

test("a process has one of each shared object, whichever copy of the code asks", () => {
  const registry: unknown = Reflect.get(globalThis, Symbol.for("gatehouse.runtime"));
  if (!(registry instanceof Map)) throw new Error("There is no registry.");
  expect(registry.get("redis")).toBe(redisClient.get());
  for (const name of ["prisma", "session-pool", "metrics", "redis-run", "auth", "session-breakers", "last-seen"]) {
    expect(registry.has(name)).toBe(true);
  }
});
