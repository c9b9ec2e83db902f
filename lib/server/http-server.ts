import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { requestIdHeader } from "@/lib/config/internal-headers";
import { staticSecurityHeaders } from "@/lib/config/security-headers";
import { AppError, isAppError } from "@/lib/errors/app-error";
import { logger } from "@/lib/observability/logger";
import { limitBody } from "./limit-body";
import { factsWriter } from "./request-facts";
import { sendProblem } from "./send-problem";

/** Answers a request; `path` is its path without the query. Returns false to leave it to the next one. */
export type RequestHandler = (request: IncomingMessage, response: ServerResponse, path: string) => Promise<boolean>;

type HttpServerOptions = {
  gatehouseUrl: string;
  trustedProxies: readonly string[];
  /** Asked in order; the last one answers everything. */
  handlers: readonly RequestHandler[];
};

/** The one HTTP server: it states the facts of the request, sets the static headers and bounds, and hands it on. */
export function createHttpServer({ gatehouseUrl, trustedProxies, handlers }: HttpServerOptions): Server {
  const securityHeaders = Object.entries(staticSecurityHeaders(gatehouseUrl));
  const stateFacts = factsWriter(trustedProxies);
  const server = createServer({ maxHeaderSize: 16_384 }, (request, response) => {
    const requestId = stateFacts(request);
    response.setHeader(requestIdHeader, requestId);
    for (const [name, value] of securityHeaders) response.setHeader(name, value);
    if (!limitBody(request, response, requestId)) return;
    answer(request, response, handlers).catch((error: unknown) => fail(response, error, requestId));
  });
  // Slow senders hold a connection for so long and no longer; the idle life is above that of usual load balancers.
  server.headersTimeout = 15_000;
  server.requestTimeout = 60_000;
  server.keepAliveTimeout = 75_000;
  return server;
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  handlers: readonly RequestHandler[],
): Promise<void> {
  const url = request.url ?? "/";
  const query = url.indexOf("?");
  const path = query === -1 ? url : url.slice(0, query);
  assertWellEncoded(path);
  for (const handle of handlers) if (await handle(request, response, path)) return;
}

// Next answers a path that cannot be decoded with a 500.
function assertWellEncoded(path: string): void {
  try {
    decodeURIComponent(path);
  } catch (cause) {
    throw new AppError("INVALID_INPUT", "The address is not well encoded.", { cause });
  }
}

function fail(response: ServerResponse, error: unknown, requestId: string): void {
  if (!isAppError(error)) logger.get().error({ requestId, err: error }, "request failed");
  if (response.headersSent) response.destroy();
  else if (isAppError(error)) sendProblem(response, error, requestId);
  else sendProblem(response, new AppError("INTERNAL", "Something failed on our side."), requestId);
}
