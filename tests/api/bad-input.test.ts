import { beforeAll, describe, expect, inject, it } from "vitest";
import { type Client, createUser, makeClient, send, signIn, signInOwner } from "./api-client";
import { expectProblem, withoutRequestId } from "./expect-problem";

let owner: Client;
let user: { id: string; email: string };
let other: Client;

beforeAll(async () => {
  owner = await signInOwner();
  user = await createUser(owner);
  other = await signIn((await createUser(owner, "admin")).email);
});

const absent = "01900000-0000-7000-8000-000000000000";
const post = (body: unknown, headers: Record<string, string> = {}) =>
  owner.call("/api/v1/users", { method: "POST", body, headers });

describe("a body", () => {
  it.each([
    ["malformed JSON", '{"email":'],
    ["no JSON at all", "hello"],
    ["a list", "[]"],
    ["a number", "1"],
    ["null", "null"],
    ["two values", "{}{}"],
    ["deep nesting", "[".repeat(30_000)],
    ["deep objects", `${'{"a":'.repeat(9_000)}1${"}".repeat(9_000)}`],
    ["bytes that are no UTF-8", Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d])],
    ["an unknown field", { email: "bad.input@example.com", name: "A", isAdmin: true }],
    ["a field of the row", { email: "bad.input@example.com", name: "A", sessionEpoch: 5 }],
    ["__proto__", '{"email":"bad.input@example.com","name":"A","__proto__":{"roles":[]}}'],
    ["wrong types", { email: 5, name: { first: "A" }, roles: "owner" }],
    ["enormous numbers", '{"email":1e999,"name":123456789012345678901234567890}'],
    ["a NUL character", { email: "bad.input@example.com", name: "A\0B" }],
    ["a lone surrogate", '{"email":"bad.input@example.com","name":"\\ud800"}'],
    ["a NUL in a name", '{"email":"bad.input@example.com","na\\u0000me":"A"}'],
    ["missing fields", {}],
    ["an endless name", { email: "bad.input@example.com", name: "x".repeat(10_000) }],
    ["roles of another kind", { email: "bad.input@example.com", name: "A", roles: [absent] }],
    ["roles that are no ids", { email: "bad.input@example.com", name: "A", roles: ["owner"] }],
  ])("with %s is INVALID_INPUT", async (_name, body) => {
    expectProblem(await post(body), "INVALID_INPUT");
  });

  it.each([
    "text/plain",
    "application/x-www-form-urlencoded",
    "multipart/form-data; boundary=x",
    "application/jsonx",
    "",
  ])("under the type %j is INVALID_INPUT", async (type) => {
    expectProblem(await post("{}", { "Content-Type": type }), "INVALID_INPUT");
  });

  it("beyond 64 KiB is TOO_LARGE, announced or streamed", async () => {
    const large = JSON.stringify({ email: "bad.input@example.com", name: "x".repeat(70_000) });
    expectProblem(await post(large), "TOO_LARGE");
    expectProblem(await post(large, { "Transfer-Encoding": "chunked" }), "TOO_LARGE");
  });

  it("on a request that takes none, and a query where a body is due, are INVALID_INPUT", async () => {
    const path = `/api/v1/users/${user.id}`;
    expectProblem(await owner.call(path, { method: "DELETE", body: { reason: "r" } }), "INVALID_INPUT", "reason");
    expectProblem(await owner.patch(`${path}?name=B`, { name: "A" }), "INVALID_INPUT", "name");
  });

  it("cannot name another user than the path", async () => {
    const victim = await createUser(owner);
    const answer = await owner.patch(`/api/v1/users/${user.id}`, { userId: victim.id, name: "By path" });
    expect(answer.json).toMatchObject({ id: user.id, name: "By path" });
    expect((await owner.get(`/api/v1/users/${victim.id}`)).json.name).toBe("Api Person");
  });
});

describe("a query", () => {
  it.each([
    ["users?limit=0", "limit"],
    ["users?limit=101", "limit"],
    ["users?limit=-1", "limit"],
    ["users?limit=1e1", "limit"],
    ["users?limit=9999999999999999999999", "limit"],
    ["users?limit=5&limit=6", "limit"],
    ["users?limit[]=5", "limit[]"],
    ["users?emailVerified=yes", "emailVerified"],
    ["users?sort=password", "sort"],
    ["users?sort=createdAt;drop", "sort"],
    ["users?status=gone", "status"],
    ["users?createdAfter=yesterday", "createdAfter"],
    ["users?createdAfter=0000-01-01T00:00:00Z", "createdAfter"],
    ["users?createdBefore=9999-12-31T23:59:59-23:59", "createdBefore"],
    ["users?role=owner", "role"],
    ["users?unknown=1", "unknown"],
    ["users?search=%00", "search"],
    ["users?cursor=", "cursor"],
    ["users?cursor=junk", "cursor"],
    ["users?cursor=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", "cursor"],
    [`users?cursor=${"A".repeat(4000)}`, "cursor"],
    ["sessions?ip=300.1.1.1", "ip"],
    ["sessions?ip=10.0.0.0/33", "ip"],
    ["sessions?status=alive", "status"],
    ["audit-events?from=2026-02-30T00:00:00Z", "from"],
    ["audit-events?outcome=maybe", "outcome"],
  ])("%s is INVALID_INPUT at %s", async (path, field) => {
    expectProblem(await owner.get(`/api/v1/${path}`), "INVALID_INPUT", field);
  });

  it.each(["users?search=%ff%fe", "users?search=%", "users?search=%E0%A4%A", "users?%00=1", "users?search=%ED%A0%80"])(
    "%s, which is badly encoded, breaks nothing",
    async (path) => {
      expect((await owner.get(`/api/v1/${path}`)).status).toBeLessThan(500);
    },
  );

  it("with the cursor of another list, order or filter is INVALID_INPUT", async () => {
    await createUser(owner);
    const cursor = (await owner.get("/api/v1/users?limit=1")).json.nextCursor;
    expect(cursor).toEqual(expect.any(String));
    expect((await owner.get(`/api/v1/users?limit=2&cursor=${cursor}`)).status).toBe(200);
    for (const path of ["users?sort=email&", "users?status=active&", "users?search=a&", "sessions?", "audit-events?"]) {
      expectProblem(await owner.get(`/api/v1/${path}cursor=${cursor}`), "INVALID_INPUT", "cursor");
    }
  });
});

describe("an id", () => {
  const paths: [string, string][] = [
    ["GET", "users/ID"],
    ["PATCH", "users/ID"],
    ["DELETE", "users/ID"],
    ["POST", "users/ID/lock"],
    ["POST", "users/ID/unlock"],
    ["GET", "users/ID/sessions"],
    ["DELETE", "users/ID/sessions"],
    ["DELETE", "sessions/ID"],
    ["GET", "sessions/revocations/ID"],
    ["GET", "audit-events/ID"],
  ];
  const bodies: Record<string, object> = { PATCH: { name: "A" }, POST: { reason: "r" } };

  it.each(paths)(
    "%s %s that is absent, of another kind or none at all is answered alike: NOT_FOUND",
    async (method, path) => {
      const { json } = await owner.get("/api/v1/session");
      const otherKind = path.startsWith("users") ? json.session.id : json.user.id;
      const call = (id: string) =>
        owner.call(`/api/v1/${path.replace("ID", id)}`, {
          method,
          body: method === "GET" ? undefined : bodies[method],
        });
      const first = await call(absent);
      expectProblem(first, "NOT_FOUND");
      for (const id of [
        otherKind,
        "me",
        "1",
        "-1",
        "null",
        "undefined",
        "%27%20or%201=1",
        "%F0%9F%98%80",
        absent.toUpperCase(),
      ]) {
        expect([id, withoutRequestId(await call(id))]).toEqual([id, withoutRequestId(first)]);
      }
    },
  );

  it.each(["%", "%E0%A4%A", "%ff"])(
    "in a path that is badly encoded (%s) is refused, not an error of ours",
    async (id) => {
      const answer = await owner.get(`/api/v1/users/${id}`);
      expect(answer.status).toBeGreaterThanOrEqual(400);
      expect(answer.status).toBeLessThan(500);
      expect(answer.headers["content-type"]).toBe("application/problem+json");
    },
  );

  it.each(["..%2f..%2fapi", "x".repeat(3_000), "a%2fb", "%00", "a%0ab", "%F0%9F%98%80".repeat(201)])(
    "%s finds nothing",
    async (id) => {
      expectProblem(await owner.get(`/api/v1/users/${id}`), "NOT_FOUND");
    },
  );
});

describe("an address below /api/v1", () => {
  it.each(["", "/", "/nothing", "/users/a/b/c", "/Users", "/users//", "//users", "/openapi", "/users/%2e%2e"])(
    "%j that does not exist is NOT_FOUND",
    async (path) => {
      const answer = await owner.get(`/api/v1${path}`);
      // A doubled or trailing slash is redirected to the plain address first; nothing else is served under it.
      if (answer.status === 308) expect(answer.headers.location).not.toMatch(/^\/\/|^https?:/);
      else expectProblem(answer, "NOT_FOUND");
    },
  );

  it.each([
    ["PUT", "users", "GET, POST"],
    ["DELETE", "users", "GET, POST"],
    ["POST", "users/x", "GET, PATCH, DELETE"],
    ["GET", "users/x/lock", "POST"],
    ["PATCH", "sessions", "GET"],
    ["POST", "audit-events", "GET"],
    ["DELETE", "session", "GET"],
    ["POST", "openapi.json", "GET"],
  ])("with the wrong method (%s %s) says which are right", async (method, path, allowed) => {
    const answer = await owner.call(`/api/v1/${path}`, { method });
    expectProblem(answer, "METHOD_NOT_ALLOWED");
    expect(answer.headers.allow?.replace(", HEAD", "").replace("HEAD, ", "")).toBe(allowed);
  });
});

describe("the origin of a change", () => {
  it.each([undefined, "null", "https://evil.example", "http://localhost", "http://localhost.evil.example:80", ""])(
    "%j is FORBIDDEN, and nothing changes",
    async (origin) => {
      const headers: Record<string, string> = { Cookie: owner.cookie ?? "", "Content-Type": "application/json" };
      if (origin !== undefined) headers.Origin = origin;
      const answer = await send(`/api/v1/users/${user.id}/lock`, { method: "POST", headers, body: { reason: "r" } });
      expectProblem(answer, "FORBIDDEN");
      expect((await owner.get(`/api/v1/users/${user.id}`)).json.status).toBe("active");
    },
  );

  it("does not matter for reading", async () => {
    expect((await owner.call("/api/v1/users?limit=1", { headers: { Origin: "https://evil.example" } })).status).toBe(
      200,
    );
  });
});

describe("a cookie", () => {
  const paths = ["session", "users", "sessions", "audit-events", `users/${absent}`];

  it.each(paths)("that is junk, cut short or altered is UNAUTHENTICATED at %s", async (path) => {
    const [name = "", value = ""] = owner.cookie?.split("=") ?? [];
    const values = [
      "",
      "x",
      "%",
      "%E0%A4%A",
      ".",
      "a.b",
      value.slice(0, -5),
      value.slice(5),
      `${value}x`,
      value.split(".")[0] ?? "",
      "x".repeat(6000),
    ];
    for (const altered of values) {
      expectProblem(await makeClient(`${name}=${altered}`).get(`/api/v1/${path}`), "UNAUTHENTICATED");
    }
    for (const cookie of ["", ";;;", "=", `${name}`, `x${name}=${value}`, `other=1`]) {
      expectProblem(await makeClient(cookie).get(`/api/v1/${path}`), "UNAUTHENTICATED");
    }
    expectProblem(await makeClient().get(`/api/v1/${path}`), "UNAUTHENTICATED");
  });

  it("of nobody may change nothing, and is told so before anything of the request is read", async () => {
    for (const body of ["{", {}]) {
      expectProblem(await makeClient().post("/api/v1/users", body), "UNAUTHENTICATED");
    }
  });
});

describe("after all of this", () => {
  it("the server still serves, and nothing has changed", async () => {
    expect((await makeClient().get("/api/health/live")).status).toBe(200);
    expect((await other.get("/api/v1/session")).status).toBe(200);
    expect((await owner.get(`/api/v1/users/${user.id}`)).json).toMatchObject({ email: user.email, status: "active" });
    expect((await owner.get("/api/v1/users?search=bad.input@example.com")).json.data).toEqual([]);
    expect(inject("apiServer").url).toContain("localhost");
  });
});
