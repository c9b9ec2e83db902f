import { requestIdHeader } from "@/lib/config/internal-headers";
import { newId } from "@/lib/db/new-id";
import { AppError, notFound } from "@/lib/errors/app-error";
import { metrics } from "@/lib/observability/metrics";
import type { Actor, RequestContext } from "@/lib/operations/request-context";
import { checkSession, type SessionCheck } from "@/lib/sessions/check-session";
import type { CheckedSession } from "@/lib/sessions/checked-session";
import { loadGrants } from "./load-grants";
import { resolveScope } from "./resolve-scope";
import { readSessionCookie } from "./session-cookie";

/** What a request says about its caller. */
export type RequestFacts = {
  /** Of the request; `x-request-id` in it was set by our own server. */
  headers: { get(name: string): string | null };
  source: "console" | "api";
  /** Present: the caller acts in this tenant; absent: on the platform. */
  tenantSlug?: string;
  /** The client's address, after trusted proxies. */
  remoteAddress?: string;
};

/** Characters of a user agent that are kept. */
const userAgentCharactersMax = 512;

/**
 * Who is calling, from where, and what they may do: the only maker of a context for callers from outside. Throws
 * `UNAUTHENTICATED` without a live session, `NOT_FOUND` for a tenant the caller has nothing to do with, and
 * `UNAVAILABLE` when no store can tell.
 */
export async function authenticateRequest(facts: RequestFacts): Promise<RequestContext> {
  const check = await findCaller(facts.headers.get("cookie"));
  if (!check) throw new AppError("UNAUTHENTICATED", "Sign in to continue.");
  const scope = await resolveScope(facts.tenantSlug);
  const tenantId = scope.kind === "tenant" ? scope.tenantId : null;
  const grants = await loadGrants({ userId: check.session.userId, tenantId, version: check.grantsVersion });
  if (scope.kind === "tenant" && grants.roles.length === 0) throw notFound("tenant");
  return {
    scope,
    actor: toActor(check.session),
    grants,
    requestId: facts.headers.get(requestIdHeader) ?? newId(),
    clientAddress: facts.remoteAddress ?? null,
    userAgent: facts.headers.get("user-agent")?.slice(0, userAgentCharactersMax) ?? null,
    source: facts.source,
  };
}

/** The live session that a `Cookie` header holds, or null. Throws `UNAVAILABLE`. */
export async function findCaller(cookieHeader: string | null | undefined): Promise<SessionCheck | null> {
  const tokenHash = readSessionCookie(cookieHeader);
  if (tokenHash !== null) return checkSession(tokenHash);
  metrics.get().sessionChecks.inc({ answer: "junk" });
  return null;
}

/** The holder of a live session as an actor. */
export function toActor(session: CheckedSession): Actor {
  return {
    type: "user",
    id: session.userId,
    name: session.name,
    email: session.email,
    sessionId: session.sessionId,
    authenticatedAt: new Date(session.createdAt),
    impersonatedBy: session.impersonatedBy,
  };
}
