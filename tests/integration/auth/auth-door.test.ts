import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { closedPaths } from "@/lib/auth/exposed-endpoints";
import { createPrismaClient } from "@/lib/db/prisma-client";
import { type AuthFixture, authWith, makeAccount, makeBrowser, password, startAuthFixture } from "./auth-fixture";

let fixture: AuthFixture;

beforeAll(async () => {
  fixture = await startAuthFixture();
});
afterAll(() => fixture.stop());

const expectProblem = (answer: { status: number; headers: Headers; json: unknown }, status: number, code: string) => {
  expect([answer.status, answer.headers.get("content-type")]).toEqual([status, "application/problem+json"]);
  expect(answer.json).toMatchObject({ status, code, type: expect.any(String), requestId: expect.any(String) });
};

describe("the door to Better Auth", () => {
  it.each(closedPaths)("does not serve %s, by any method, with or without a session", async (path) => {
    const user = await makeAccount();
    const browser = makeBrowser();
    await browser.signIn(user.email);
    for (const method of ["GET", "POST"]) {
      const body = method === "POST" ? {} : undefined;
      expectProblem(await browser.send(path.replace(/:\w+/, "something"), { method, body }), 404, "NOT_FOUND");
    }
  });

  it.each([
    "/sign-in/email/",
    "//sign-in/email",
    "/sign-in//email",
    "/sign-in/%65mail",
    "/SIGN-IN/EMAIL",
    "/list-sessions/../list-sessions",
    "/admin/list-users",
    "/organization/create",
    "/forget-password",
    "/dash/execute-adapter",
    "",
  ])("knows one spelling of each path: not %s", async (path) => {
    expectProblem(await makeBrowser().send(path, { body: { email: "a@example.com", password } }), 404, "NOT_FOUND");
  });

  it("names the method that a path answers", async () => {
    const answer = await makeBrowser().send("/sign-in/email", { method: "GET" });
    expect([answer.status, answer.headers.get("allow")]).toEqual([405, "POST"]);
    const other = await makeBrowser().send("/get-session", { body: {} });
    expect([other.status, other.headers.get("allow")]).toEqual([405, "GET"]);
  });

  it("accepts changes from our own pages only (ASVS V3.5)", async () => {
    const user = await makeAccount();
    const browser = makeBrowser();
    await browser.signIn(user.email);
    for (const origin of [
      "https://evil.example",
      "null",
      "http://localhost:3001",
      "http://localhost:3000.evil.example",
      null,
    ]) {
      expectProblem(await browser.send("/sign-out", { body: {}, headers: { origin } }), 403, "FORBIDDEN");
    }
    expect((await browser.session()).json.user.id).toBe(user.id);
    const stranger = makeBrowser();
    const body = { email: user.email, password };
    expectProblem(
      await stranger.send("/sign-in/email", { body, headers: { origin: "https://evil.example" } }),
      403,
      "FORBIDDEN",
    );
    const script = await stranger.send("/sign-in/email", { body, headers: { origin: null } });
    expect(script.status).toBe(200);
  });

  it.each([
    ["malformed JSON", "{", 400],
    ["a list", "[]", 400],
    ["a number", "7", 400],
    ["nothing", "{}", 400],
    ["an address of another type", '{"email":7,"password":"x"}', 400],
    ["an address that is none", '{"email":"nobody","password":"x"}', 400],
    ["a password of another type", '{"email":"a@example.com","password":{"$ne":null}}', 400],
    ["a NUL", '{"email":"a@example.com","password":"\\u0000"}', 400],
    ["an unknown field", '{"email":"a@example.com","password":"x","role":"owner"}', 400],
    ["a password without end", JSON.stringify({ email: "a@example.com", password: "x".repeat(5_000) }), 400],
    ["more than it takes", JSON.stringify({ email: "a@example.com", password: "x".repeat(70_000) }), 413],
  ])("refuses a sign-in with %s", async (_name, body, status) => {
    expectProblem(
      await makeBrowser().send("/sign-in/email", { body }),
      status,
      status === 413 ? "TOO_LARGE" : "INVALID_INPUT",
    );
  });

  it("takes JSON and nothing that a foreign page's form could send", async () => {
    const user = await makeAccount();
    const body = `email=${encodeURIComponent(user.email)}&password=${encodeURIComponent(password)}`;
    const headers = { "content-type": "application/x-www-form-urlencoded" };
    expectProblem(await makeBrowser().send("/sign-in/email", { body, headers }), 400, "INVALID_INPUT");
  });

  it("answers 503, never a sign-out, while Postgres is away", async () => {
    const user = await makeAccount();
    const browser = makeBrowser();
    await browser.signIn(user.email);
    const cookie = browser.cookie();
    const nowhere = "postgresql://gatehouse_app@127.0.0.1:1/gone";
    const prisma = createPrismaClient({
      databaseUrl: nowhere,
      poolMax: 2,
      patienceMilliseconds: 2_000,
      onConnectionError: () => undefined,
    });
    const away = makeBrowser(() => authWith({ prisma }));
    away.useCookie(cookie);
    for (const answer of [await away.session(), await away.signOut(), await away.signIn(user.email)]) {
      expectProblem(answer, 503, "UNAVAILABLE");
      expect(answer.headers.get("retry-after")).toMatch(/^\d+$/);
      expect(answer.headers.getSetCookie()).toEqual([]);
    }
    await prisma.$disconnect();
    expect(browser.cookie()).toBe(cookie);
    expect((await browser.session()).json.user.id).toBe(user.id);
  });
});
