import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressTallies } from "@/lib/client-addresses/address-tallies";
import { requestIdHeader } from "@/lib/config/internal-headers";
import { staticSecurityHeaders } from "@/lib/config/security-headers";
import { AppError } from "@/lib/errors/app-error";
import { logger } from "@/lib/observability/logger";
import { limitBody } from "./limit-body";
import { factsWriter } from "./request-facts";
import { sendProblem } from "./send-problem";

/** What is known of a request before anybody looks at it. */
export type RequestFacts = {
  /** Without the query. */
  path: string;
  requestId: string;
  /** Headers that every answer carries, name and value in turn, as `writeHead` takes them. */
  headers: readonly string[];
};

/** Answers a request, with the headers of its facts. Returns false to leave it to the next one. */
export type RequestHandler = (
  request: IncomingMessage,
  response: ServerResponse,
  facts: RequestFacts,
) => Promise<boolean>;

type HttpServerOptions = {
  gatehouseUrl: string;
  trustedProxies: readonly string[];
  /** Learn where requests come from; left out: nobody asks. */
  tallies?: AddressTallies;
  /** Asked in order; the last one answers everything. */
  handlers: readonly RequestHandler[];
};

/** The one HTTP server: it states the facts of the request, bounds it, and hands it on. */
export function createHttpServer({ gatehouseUrl, trustedProxies, tallies, handlers }: HttpServerOptions): Server {
  const securityHeaders = Object.entries(staticSecurityHeaders(gatehouseUrl)).flat();
  const stateFacts = factsWriter(trustedProxies, tallies);
  const server = createServer({ maxHeaderSize: 16_384 }, (request, response) => {
    const requestId = stateFacts(request);
    const headers = [requestIdHeader, requestId, ...securityHeaders];
    const facts = { path: pathOf(request.url ?? "/"), requestId, headers };
    if (!limitBody(request, response, facts)) return;
    answer({ request, response, facts, handlers }).catch((error: unknown) => fail(response, error, facts));
  });
  // Slow senders hold a connection for so long and no longer; the idle life is above that of usual load balancers.
  server.headersTimeout = 15_000;
  server.requestTimeout = 60_000;
  server.keepAliveTimeout = 75_000;
  return server;
}

function pathOf(url: string): string {
  const query = url.indexOf("?");
  return query === -1 ? url : url.slice(0, query);
}

type Exchange = {
  request: IncomingMessage;
  response: ServerResponse;
  facts: RequestFacts;
  handlers: readonly RequestHandler[];
};

async function answer({ request, response, facts, handlers }: Exchange): Promise<void> {
  for (const handle of handlers) if (await handle(request, response, facts)) return;
}

function fail(response: ServerResponse, error: unknown, facts: RequestFacts): void {
  logger.get().error({ requestId: facts.requestId, err: error }, "request failed");
  if (response.headersSent) response.destroy();
  else sendProblem(response, new AppError("INTERNAL", "Something failed on our side."), facts);
}
