import type { z } from "zod";
import { clientAddressHeader, requestIdHeader } from "@/lib/config/internal-headers";
import { newId } from "@/lib/db/new-id";
import { toAppError } from "@/lib/db/prisma-errors";
import { AppError, isAppError } from "@/lib/errors/app-error";
import { assertStorableText } from "@/lib/http/assert-storable-text";
import { methodNotAllowedResponse, noStore, problemResponse } from "@/lib/http/problem";
import { readJsonBody } from "@/lib/http/read-json-body";
import { logger } from "@/lib/observability/logger";
import { setUpOwner } from "@/lib/platform/set-up-owner";
import { acceptInvitationLink } from "./accept-invitation-link";
import { acceptanceBody, authBodies, mailedLinkBody, setUpBody } from "./auth-bodies";
import { newAuthRequestState, runAsAuthRequest } from "./auth-request-state";
import { disownSessionLink } from "./disown-session-link";
import { exposedEndpoints } from "./exposed-endpoints";
import { forgetDeadSession } from "./forget-dead-session";
import { type BetterAuthDoor, forward } from "./forward-to-better-auth";
import { requestReset } from "./request-reset";
import { signIn } from "./sign-in";
import { unlockLink } from "./unlock-link";

const basePath = "/api/auth";
/** Ours, not Better Auth's: forms of one-time links, sent by somebody who need not be signed in. */
const setUpPath = "/set-up";
const acceptPath = "/accept-invitation";
const disownPath = "/disown-session";
const unlockPath = "/unlock";
const linkPaths: readonly string[] = [setUpPath, acceptPath, disownPath, unlockPath];
/** Ours as well: the sign-in page has said why a session is over, and its cookie can go. */
const forgetPath = "/forget-session";

/**
 * The one door to Better Auth. Only the exposed endpoints pass, with the bodies they declare, from our own pages; every
 * failure is an RFC 9457 problem. Never rejects.
 */
export async function serveAuthRequest(request: Request, door: BetterAuthDoor): Promise<Response> {
  const requestId = request.headers.get(requestIdHeader) ?? newId();
  try {
    return await serve(request, requestId, door);
  } catch (error) {
    const known = toAppError(error);
    if (!isAppError(known)) logger.get().error({ requestId, err: known }, "an authentication request failed");
    return problemResponse(known, requestId);
  }
}

async function serve(request: Request, requestId: string, door: BetterAuthDoor): Promise<Response> {
  const { pathname } = new URL(request.url);
  const path = pathname.startsWith(`${basePath}/`) ? pathname.slice(basePath.length) : "";
  const endpoint = exposedEndpoints.find((candidate) => candidate.path === path);
  const method = linkPaths.includes(path) || path === forgetPath ? "POST" : endpoint?.method;
  if (!method) throw new AppError("NOT_FOUND", "There is no such address here.");
  if (request.method !== method) return methodNotAllowedResponse([method], requestId);
  assertOwnOrigin(request, door.origins);
  const rawBody = method === "GET" ? {} : await readJsonBody(request);
  assertStorableText(rawBody);
  const state = newAuthRequestState({
    requestId,
    path,
    clientAddress: request.headers.get(clientAddressHeader) || null,
    userAgent: request.headers.get("user-agent"),
  });
  const { headers } = request;

  return runAsAuthRequest(state, async () => {
    if (path === acceptPath) {
      const accepted = acceptInvitationLink(parse(acceptanceBody, rawBody), state, headers.get("cookie"));
      return send(await accepted, requestId);
    }
    if (path === disownPath) {
      return send(await disownSessionLink(parse(mailedLinkBody, rawBody), state, door), requestId, 200);
    }
    if (path === unlockPath) {
      const { email, setCookie } = await unlockLink(parse(mailedLinkBody, rawBody), state, headers.get("cookie"));
      const answer = send({ email }, requestId, 200);
      answer.headers.append("Set-Cookie", setCookie);
      return answer;
    }
    if (path === forgetPath) return forgetDeadSession(headers.get("cookie"), { requestId, env: door.env });
    if (!endpoint) return send(await setUpOwner(parse(setUpBody, rawBody), state), requestId);
    if (endpoint.path === "/sign-in/email")
      return signIn({ headers, body: parse(authBodies[endpoint.path], rawBody) }, state, door);
    if (endpoint.path === "/request-password-reset") {
      return requestReset({ headers, body: parse(authBodies[endpoint.path], rawBody) }, state, door);
    }
    return forward({ endpoint, headers, body: parse(authBodies[endpoint.path], rawBody) }, state, door);
  });
}

// Browsers name the origin of whoever sends a change; what comes with a cookie and without an origin is no page of ours.
function assertOwnOrigin(request: Request, origins: string[]): void {
  if (request.method === "GET") return;
  const origin = request.headers.get("origin");
  if (origin === null ? !request.headers.has("cookie") : origins.includes(origin)) return;
  throw new AppError("FORBIDDEN", "Changes are accepted from Gatehouse's own pages only: send its address as Origin.");
}

function parse<Body extends z.ZodType>(schema: Body, rawBody: unknown): z.output<Body> {
  const parsed = schema.safeParse(rawBody);
  if (parsed.success) return parsed.data;
  throw new AppError("INVALID_INPUT", "Some fields are not acceptable. Correct them and try again.", {
    errors: parsed.error.issues.map((issue) => ({ path: issue.path.join("."), message: issue.message })),
  });
}

function send(answer: object, requestId: string, status = 201): Response {
  const headers = { ...noStore, "Content-Type": "application/json", [requestIdHeader]: requestId };
  return new Response(JSON.stringify(answer), { status, headers });
}
