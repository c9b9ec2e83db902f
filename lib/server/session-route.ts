import type { IncomingMessage, ServerResponse } from "node:http";
import { findCaller, toActor } from "@/lib/auth/authenticate-request";
import { rememberSession } from "@/lib/auth/current-session";
import { loadGrants } from "@/lib/auth/load-grants";
import { clientAddressHeader } from "@/lib/config/internal-headers";
import { AppError } from "@/lib/errors/app-error";
import type { RequestContext } from "@/lib/operations/request-context";
import { runOperation } from "@/lib/operations/run-operation";
import { readCurrentSession } from "@/lib/sessions/read-current-session";
import type { RequestFacts } from "./http-server";

/** `GET /api/v1/session`: who the session cookie belongs to, for other services and reverse proxies; 401 if nobody. */
export async function answerSession(
  request: IncomingMessage,
  response: ServerResponse,
  facts: RequestFacts,
): Promise<void> {
  const answer = await runOperation(readCurrentSession, await toContext(request, facts.requestId), {});
  const body = JSON.stringify(answer);
  // One flat list: setting each header by itself costs more than the rest of the answer.
  response.writeHead(200, [
    ...facts.headers,
    "Content-Type",
    "application/json",
    "Content-Length",
    String(Buffer.byteLength(body)),
    "Cache-Control",
    "private, no-store",
    "X-Gatehouse-User",
    answer.user.id,
    "X-Gatehouse-Session",
    answer.session.id,
    "X-Gatehouse-Tenant",
    answer.tenant?.slug ?? "",
    "X-Gatehouse-Roles",
    answer.roles.join(","),
  ]);
  response.end(body);
}

async function toContext({ headers }: IncomingMessage, requestId: string): Promise<RequestContext> {
  const check = await findCaller(headers.cookie);
  if (!check) throw new AppError("UNAUTHENTICATED", "Sign in to continue.");
  const { session, grantsVersion } = check;
  const grants = await loadGrants({
    userId: session.userId,
    tenantId: session.tenant?.id ?? null,
    version: grantsVersion,
  });
  const address = headers[clientAddressHeader];
  const ctx: RequestContext = {
    scope: { kind: "none" },
    actor: toActor(session),
    grants,
    requestId,
    clientAddress: typeof address === "string" ? address : null,
    userAgent: headers["user-agent"] ?? null,
    source: "api",
  };
  return rememberSession(ctx, session);
}
