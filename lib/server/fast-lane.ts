import { timingSafeEqual } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { isIP } from "node:net";
import { clientAddressHeader } from "@/lib/config/internal-headers";
import { AppError } from "@/lib/errors/app-error";
import { methodNotAllowedResponse } from "@/lib/http/problem";
import { checkReadiness } from "@/lib/observability/health-checks";
import { metrics } from "@/lib/observability/metrics";
import type { RequestFacts, RequestHandler } from "./http-server";
import { wasForwarded } from "./request-facts";
import { sendProblem, sendResponse } from "./send-problem";
import { answerSession } from "./session-route";

type FastLaneOptions = {
  /** Bearer of `/api/metrics`; without one it is for loopback only. */
  metricsToken?: string;
  isDraining: () => boolean;
};

type Route = (request: IncomingMessage, response: ServerResponse, facts: RequestFacts) => Promise<void>;

/** The closed list of machine endpoints that are answered without Next, whose bare route costs thirty times more. */
export function createFastLane(options: FastLaneOptions): RequestHandler {
  const routes = new Map<string, Route>([
    ["/api/v1/session", answerSession],
    [
      "/api/health/live",
      async (_request, response, facts) => sendJson(response, facts, { status: 200, body: { status: "live" } }),
    ],
    ["/api/health/ready", (_request, response, facts) => answerReady(response, facts, options)],
    ["/api/metrics", (request, response, facts) => answerMetrics({ request, response, facts }, options.metricsToken)],
  ]);
  return async (request, response, facts) => {
    const route = routes.get(facts.path);
    if (!route) return false;
    try {
      if (request.method === "GET" || request.method === "HEAD") await route(request, response, facts);
      else await sendResponse(response, methodNotAllowedResponse(["GET"], facts.requestId), facts);
    } catch (error) {
      sendProblem(response, error, facts);
    }
    return true;
  };
}

async function answerReady(
  response: ServerResponse,
  facts: RequestFacts,
  { isDraining }: FastLaneOptions,
): Promise<void> {
  if (isDraining()) return sendJson(response, facts, { status: 503, body: { status: "draining", checks: {} } });
  const readiness = await checkReadiness();
  sendJson(response, facts, { status: readiness.status === "ready" ? 200 : 503, body: readiness });
}

type Exchange = { request: IncomingMessage; response: ServerResponse; facts: RequestFacts };

async function answerMetrics({ request, response, facts }: Exchange, metricsToken: string | undefined): Promise<void> {
  if (!mayReadMetrics(request, metricsToken)) {
    throw metricsToken
      ? new AppError("UNAUTHENTICATED", "Send METRICS_TOKEN as the bearer token.")
      : new AppError("FORBIDDEN", "Metrics are for this machine only; set METRICS_TOKEN to read them from elsewhere.");
  }
  const { registry } = metrics.get();
  const body = await registry.metrics();
  response.writeHead(200, [...facts.headers, "Content-Type", registry.contentType, "Cache-Control", "no-store"]);
  response.end(body);
}

function mayReadMetrics(request: IncomingMessage, metricsToken: string | undefined): boolean {
  if (metricsToken === undefined) return isLoopback(request);
  const given = Buffer.from(request.headers.authorization ?? "");
  const expected = Buffer.from(`Bearer ${metricsToken}`);
  return given.length === expected.length && timingSafeEqual(given, expected);
}

function isLoopback(request: IncomingMessage): boolean {
  const address = request.headers[clientAddressHeader];
  if (typeof address !== "string" || wasForwarded(request)) return false;
  return address === "::1" || (isIP(address) === 4 && address.startsWith("127."));
}

function sendJson(
  response: ServerResponse,
  { headers }: RequestFacts,
  { status, body }: { status: number; body: object },
): void {
  const text = JSON.stringify(body);
  const length = String(Buffer.byteLength(text));
  const own = ["Content-Type", "application/json", "Content-Length", length, "Cache-Control", "no-store"];
  response.writeHead(status, [...headers, ...own]);
  response.end(text);
}
