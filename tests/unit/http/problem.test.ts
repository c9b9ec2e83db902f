import { describe, expect, it } from "vitest";
import { AppError } from "@/lib/errors/app-error";
import { methodNotAllowedResponse, problemResponse } from "@/lib/http/problem";

describe("a problem", () => {
  it("is RFC 9457 with the code, what to do, the fields and the request id", async () => {
    const errors = [{ path: "email", message: "Not an address." }];
    const response = problemResponse(new AppError("INVALID_INPUT", "Correct it.", { errors }), "r1");
    expect(response.status).toBe(400);
    expect(response.headers.get("content-type")).toBe("application/problem+json");
    expect(response.headers.get("cache-control")).toBe("private, no-store");
    expect(response.headers.get("x-request-id")).toBe("r1");
    expect(await response.json()).toEqual({
      type: "urn:gatehouse:problem:invalid-input",
      title: "Bad Request",
      status: 400,
      code: "INVALID_INPUT",
      detail: "Correct it.",
      errors,
      requestId: "r1",
    });
  });

  it("of an unexpected error says nothing of its message, cause or stack", async () => {
    const text = await problemResponse(new Error("select * from secret", { cause: "dsn" }), "r2").text();
    expect(JSON.parse(text)).toMatchObject({ status: 500, code: "INTERNAL", requestId: "r2" });
    expect(text).not.toMatch(/secret|dsn|at /);
  });

  it("never shows what was kept for the log", async () => {
    const error = new AppError("CONFLICT", "Reload.", { details: { sql: "hidden" }, cause: new Error("hidden") });
    expect(await problemResponse(error, "r3").text()).not.toContain("hidden");
  });

  it("of a limit says when to come back and which limit it was", () => {
    const rateLimit = { policy: "api", limit: 1200, windowSeconds: 60 };
    const { headers } = problemResponse(
      new AppError("RATE_LIMITED", "Slow down.", { retryAfterSeconds: 7, rateLimit }),
      "r4",
    );
    expect(headers.get("retry-after")).toBe("7");
    expect(headers.get("ratelimit")).toBe('"api";r=0;t=7');
    expect(headers.get("ratelimit-policy")).toBe('"api";q=1200;w=60');
  });

  it("of missing or stale proof names the scheme (RFC 9110, RFC 9470)", () => {
    const challenge = (code: "UNAUTHENTICATED" | "STEP_UP_REQUIRED") =>
      problemResponse(new AppError(code, "Sign in."), "r5").headers.get("www-authenticate");
    expect(challenge("UNAUTHENTICATED")).toContain("Bearer");
    expect(challenge("STEP_UP_REQUIRED")).toContain("insufficient_user_authentication");
  });

  it("of a store that is gone always says when to retry", () => {
    expect(problemResponse(new AppError("UNAVAILABLE", "Later."), "r6").headers.get("retry-after")).toBe("5");
  });

  it("of a wrong method lists the right ones", () => {
    const response = methodNotAllowedResponse(["GET", "POST"], "r7");
    expect([response.status, response.headers.get("allow")]).toEqual([405, "GET, POST"]);
  });
});
