import { STATUS_CODES } from "node:http";
import { requestIdHeader } from "@/lib/config/internal-headers";
import { type ErrorCode, errorStatus, type FieldError, isAppError } from "@/lib/errors/app-error";

/** An RFC 9457 problem: what every failed request of the API answers as `application/problem+json`. */
export type Problem = {
  /** A URN that names the code; nothing stands behind it. */
  type: string;
  title: string;
  status: number;
  code: ErrorCode | "METHOD_NOT_ALLOWED";
  detail: string;
  errors?: FieldError[];
  requestId: string;
};

/** Headers that every answer to a signed-in caller carries. */
export const noStore = { "Cache-Control": "private, no-store" } as const;

/** Seconds until the next attempt where an `UNAVAILABLE` does not say. */
const retryAfterSeconds = 5;

/** The problem that an error is to a caller. What is not an `AppError` keeps its message to itself. */
export function toProblem(error: unknown, requestId: string): Problem {
  if (!isAppError(error)) {
    return problem("INTERNAL", "Something failed on our side. Quote the request id when you ask about it.", requestId);
  }
  return { ...problem(error.code, error.message, requestId), ...(error.errors ? { errors: error.errors } : {}) };
}

/** The answer for an error, with `Retry-After`, `RateLimit`, `WWW-Authenticate` where the code asks for them. */
export function problemResponse(error: unknown, requestId: string): Response {
  return sendProblem(toProblem(error, requestId), problemHeaders(error));
}

/** The 405 of a path that exists, with the methods that it does answer. */
export function methodNotAllowedResponse(allowed: readonly string[], requestId: string): Response {
  const detail = `This address answers ${allowed.join(", ")}.`;
  const status = 405;
  return sendProblem(
    { type: urn("METHOD_NOT_ALLOWED"), title: title(status), status, code: "METHOD_NOT_ALLOWED", detail, requestId },
    { Allow: allowed.join(", ") },
  );
}

function sendProblem(body: Problem, headers: Record<string, string>): Response {
  return new Response(JSON.stringify(body), {
    status: body.status,
    headers: { ...noStore, ...headers, "Content-Type": "application/problem+json", [requestIdHeader]: body.requestId },
  });
}

function problem(code: ErrorCode, detail: string, requestId: string): Problem {
  const status = errorStatus[code];
  return { type: urn(code), title: title(status), status, code, detail, requestId };
}

function urn(code: string): string {
  return `urn:gatehouse:problem:${code.toLowerCase().replaceAll("_", "-")}`;
}

function title(status: number): string {
  return STATUS_CODES[status] ?? "Error";
}

/** The headers that an error asks for beside its problem. */
export function problemHeaders(error: unknown): Record<string, string> {
  if (!isAppError(error)) return {};
  if (error.code === "UNAUTHENTICATED") return { "WWW-Authenticate": 'Bearer realm="gatehouse"' };
  // RFC 9470 names the refusal of a proof that is too old.
  if (error.code === "STEP_UP_REQUIRED") {
    return { "WWW-Authenticate": 'Bearer error="insufficient_user_authentication", max_age=300' };
  }
  if (error.code === "UNAVAILABLE") return { "Retry-After": String(error.retryAfterSeconds ?? retryAfterSeconds) };
  if (error.code === "RATE_LIMITED") return rateLimitHeaders(error.retryAfterSeconds ?? 1, error.rateLimit);
  return {};
}

type RateLimit = { policy: string; limit: number; windowSeconds: number };

// Structured fields of draft-ietf-httpapi-ratelimit-headers: q is the quota, w its window, r what remains, t until when.
function rateLimitHeaders(waitSeconds: number, rateLimit: RateLimit | undefined): Record<string, string> {
  const policy = rateLimit?.policy ?? "default";
  return {
    "Retry-After": String(waitSeconds),
    RateLimit: `"${policy}";r=0;t=${waitSeconds}`,
    ...(rateLimit ? toPolicyHeader(rateLimit) : {}),
  };
}

/** The same headers for a caller who was let through, by what is left; nothing where nobody counted. */
export function remainingHeaders(rateLimit: (RateLimit & { remaining: number }) | undefined): Record<string, string> {
  if (!rateLimit) return {};
  const { policy, limit, windowSeconds, remaining } = rateLimit;
  // The rate fills up evenly: what is gone is back after its share of the window.
  const seconds = Math.ceil(((limit - remaining) * windowSeconds) / limit);
  return { RateLimit: `"${policy}";r=${remaining};t=${seconds}`, ...toPolicyHeader(rateLimit) };
}

function toPolicyHeader({ policy, limit, windowSeconds }: RateLimit): Record<string, string> {
  return { "RateLimit-Policy": `"${policy}";q=${limit};w=${windowSeconds}` };
}
