import type { z } from "zod";
import { authenticateRequest } from "@/lib/auth/authenticate-request";
import { takeIssuedCookie, toSetCookie } from "@/lib/auth/issued-session";
import { clientAddressHeader, requestIdHeader } from "@/lib/config/internal-headers";
import { newId } from "@/lib/db/new-id";
import { AppError, isAppError, notFound } from "@/lib/errors/app-error";
import { logger } from "@/lib/observability/logger";
import type { Operation } from "@/lib/operations/define-operation";
import type { RequestContext } from "@/lib/operations/request-context";
import { runOperation } from "@/lib/operations/run-operation";
import { assertSameOrigin } from "./assert-same-origin";
import { assertStorableText } from "./assert-storable-text";
import { brandEntryPoint } from "./entry-point-brand";
import { readIdempotencyKey } from "./idempotency-key";
import { noStore, problemResponse, remainingHeaders } from "./problem";
import { coerceQuery, toQueryFields } from "./query-input";
import { readJsonBody } from "./read-json-body";

/** What Next gives a route handler beside the request. */
type RouteContext = { params: Promise<Record<string, string | string[] | undefined>> };

/** A route handler as Next calls it. */
export type ApiRoute = (request: Request, context: RouteContext) => Promise<Response>;

type ApiRouteOptions<Answer> = {
  /** 200 when left out; with 204 the answer has no body. */
  status?: 200 | 201 | 204;
  /** Headers that repeat parts of the answer. */
  headers?: (answer: Answer) => Record<string, string>;
};

/**
 * The REST route of an operation. Its input is assembled by rule: path parameters, then the query for GET and DELETE,
 * then the JSON body; the path wins. Every failure is an RFC 9457 problem.
 */
export function apiRoute<Input extends z.ZodType, Output extends z.ZodType>(
  operation: Operation<Input, Output>,
  options: ApiRouteOptions<z.output<Output>> = {},
): ApiRoute {
  const status = options.status ?? 200;
  return brandEntryPoint({ kind: "route", operation, status }, async (request, context) => {
    const requestId = request.headers.get(requestIdHeader) ?? newId();
    let known: RequestContext | undefined;
    try {
      const { tenantSlug, params } = splitPath(operation, await context.params);
      const ctx = await authenticateRequest({
        headers: request.headers,
        source: "api",
        tenantSlug,
        remoteAddress: request.headers.get(clientAddressHeader) ?? undefined,
      });
      known = ctx;
      if (ctx.actor.type === "user" && isUnsafe(request)) assertSameOrigin(request.headers);
      assertNameable(params);
      const idempotencyKey = readIdempotencyKey(request.headers);
      if (idempotencyKey !== undefined) ctx.idempotencyKey = idempotencyKey;
      const input = await assembleInput(operation, request, params);
      const answer = await runOperation(operation, ctx, input);
      const cookie = takeIssuedCookie(ctx);
      return send(status, answer, {
        ...options.headers?.(answer),
        ...(cookie ? { "Set-Cookie": toSetCookie(cookie) } : {}),
        ...remainingHeaders(ctx.rateLimit),
        [requestIdHeader]: requestId,
      });
    } catch (error) {
      if (!isAppError(error)) logger.get().error({ requestId, err: error }, "request failed");
      return withHeaders(problemResponse(error, requestId), remainingHeaders(known?.rateLimit));
    }
  });
}

// A refusal for another reason than the limit was let through by it all the same.
function withHeaders(response: Response, headers: Record<string, string>): Response {
  for (const [name, value] of Object.entries(headers)) response.headers.set(name, value);
  return response;
}

// A tenant in the path is where the caller acts, but for the platform's operations it is what they act on. Where the
// path has no parameter Next resolves to nothing.
function splitPath(operation: Operation, resolved: Awaited<RouteContext["params"]> | undefined) {
  if (operation.scope === "platform") return { tenantSlug: undefined, params: resolved ?? {} };
  const { tenantSlug, ...params } = resolved ?? {};
  return { tenantSlug: toText(tenantSlug), params };
}

// Nothing is named by a text that no column could hold, or by one longer than any name of ours.
function assertNameable(params: Awaited<RouteContext["params"]>): void {
  const isName = (text: unknown) => typeof text === "string" && /^[^\p{Cc}\p{Surrogate}]{1,200}$/u.test(text);
  if (!Object.values(params).every(isName)) throw notFound("thing");
}

async function assembleInput(
  operation: Operation,
  request: Request,
  params: Awaited<RouteContext["params"]>,
): Promise<Record<string, unknown>> {
  const query = toQueryFields(new URL(request.url).searchParams);
  const body = request.method === "GET" || request.method === "HEAD" ? {} : await readJsonBody(request);
  if (takesQuery(request)) {
    refuseFields(body, "This request takes no body: put its fields into the query.");
    const input = { ...coerceQuery(operation.input, query), ...params };
    assertStorableText(input);
    return input;
  }
  refuseFields(query, "This request takes no query: put its fields into the body.");
  const input = { ...body, ...params };
  assertStorableText(input);
  return input;
}

function refuseFields(fields: object, message: string): void {
  const names = Object.keys(fields);
  if (names.length === 0) return;
  throw new AppError("INVALID_INPUT", message, {
    errors: names.map((path) => ({ path, message: "Not accepted here." })),
  });
}

function takesQuery(request: Request): boolean {
  return request.method === "GET" || request.method === "HEAD" || request.method === "DELETE";
}

function isUnsafe(request: Request): boolean {
  return request.method !== "GET" && request.method !== "HEAD";
}

function toText(parameter: string | string[] | undefined): string | undefined {
  return typeof parameter === "string" ? parameter : undefined;
}

function send(status: number, answer: unknown, headers: Record<string, string>): Response {
  const all = { ...noStore, ...headers };
  if (status === 204) return new Response(null, { status, headers: all });
  return new Response(JSON.stringify(answer), { status, headers: { ...all, "Content-Type": "application/json" } });
}
