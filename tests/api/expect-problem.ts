import { expect } from "vitest";
import { errorStatus } from "@/lib/errors/app-error";
import { comparableHeaders } from "@/tests/support/comparable-headers";
import type { Answer } from "./api-client";

type Code = keyof typeof errorStatus | "METHOD_NOT_ALLOWED";

/** The answer is the problem of this code, exactly as the contract has it, and gives nothing of the inside away. */
export function expectProblem(answer: Answer, code: Code, path?: string): void {
  const status = code === "METHOD_NOT_ALLOWED" ? 405 : errorStatus[code];
  expect([answer.status, answer.json?.code, answer.text]).toEqual([status, code, answer.text]);
  expect(answer.headers["content-type"]).toBe("application/problem+json");
  expect(answer.headers["cache-control"]).toBe("private, no-store");
  expect(answer.headers["x-request-id"]).toBe(answer.json.requestId);
  expect(answer.json).toMatchObject({
    type: expect.any(String),
    title: expect.any(String),
    status,
    detail: expect.any(String),
    requestId: expect.stringMatching(/^[\w-]{12,64}$/),
  });
  const known = new Set(["type", "title", "status", "code", "detail", "errors", "requestId"]);
  expect(Object.keys(answer.json).filter((name) => !known.has(name))).toEqual([]);
  expect(answer.text).not.toMatch(/node_modules|\bat [\w.]+ \(|prisma|postgres|select |insert |\.ts\b/i);
  if (path !== undefined) expect(answer.json.errors?.map((error: { path: string }) => error.path)).toContain(path);
}

/** What an answer says apart from its request id: equal for two answers that must not be told apart. */
export function withoutRequestId(answer: Answer): object {
  const headers = comparableHeaders(Object.entries(answer.headers).map(([name, value]) => [name, value ?? ""]));
  const { requestId: _requestId, ...body } = answer.json ?? {};
  return { status: answer.status, headers, body };
}
