import { clientAddressWatch } from "@/lib/client-addresses/client-address-watch";
import { requestIdHeader } from "@/lib/config/internal-headers";
import { newId } from "@/lib/db/new-id";
import { AppError, notFound } from "@/lib/errors/app-error";
import { metrics } from "@/lib/observability/metrics";
import type { Actor, RequestContext, RequestScope } from "@/lib/operations/request-context";
import { checkSession, type SessionCheck } from "@/lib/sessions/check-session";
import type { CheckedSession } from "@/lib/sessions/checked-session";
import type { NamedTenant } from "@/lib/sessions/session-store";
import { authenticateKey } from "./authenticate-key";
import { rememberSession } from "./current-session";
import { enterTenant } from "./enter-tenant";
import { loadSessionGrants } from "./load-grants";
import { readBearer } from "./read-bearer";
import { assertAdmitted, resolveTenant } from "./resolve-scope";
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
 * Who is calling, from where, and what they may do: the only maker of a context for callers from outside, who come with
 * a session cookie or (to the API) with a key, which then counts alone. Throws `UNAUTHENTICATED` without either,
 * `NOT_FOUND` for a tenant the caller has nothing to do with, `FORBIDDEN` for one that is closed to its members, and
 * `UNAVAILABLE` when no store can tell.
 */
export async function authenticateRequest(facts: RequestFacts): Promise<RequestContext> {
  const circumstances = {
    requestId: facts.headers.get(requestIdHeader) ?? newId(),
    clientAddress: facts.remoteAddress ?? null,
    userAgent: facts.headers.get("user-agent")?.slice(0, userAgentCharactersMax) ?? null,
    source: facts.source,
  };
  const bearer = facts.source === "api" ? readBearer(facts.headers.get("authorization")) : null;
  if (bearer !== null) {
    const { tenantSlug } = facts;
    const { clientAddress } = circumstances;
    return { ...(await authenticateKey({ bearer, tenantSlug, clientAddress })), ...circumstances };
  }
  return authenticateSession(facts, circumstances);
}

type Circumstances = Pick<RequestContext, "requestId" | "clientAddress" | "userAgent" | "source">;

async function authenticateSession(facts: RequestFacts, circumstances: Circumstances): Promise<RequestContext> {
  const check = await findCaller(facts.headers.get("cookie"));
  if (!check) throw new AppError("UNAUTHENTICATED", "Sign in to continue.");
  const { session, grantsVersion: version } = check;
  noteAddress(session, circumstances.clientAddress);
  const tenant = facts.tenantSlug === undefined ? null : await findTenant(facts.tenantSlug, check);
  const grants = await loadSessionGrants({ session, tenantId: tenant?.id ?? null, version });
  if (tenant) assertAdmitted(tenant, grants);
  const ctx: RequestContext = { scope: toScope(tenant), actor: toActor(session), grants, ...circumstances };
  if (tenant?.isMember && tenant.suspendedReason === null && session.tenant?.id !== tenant.id) await enterTenant(ctx);
  return rememberSession(ctx, session);
}

// Where people come from, and not whoever acts as them.
function noteAddress({ userId, impersonatedBy }: CheckedSession, clientAddress: string | null): void {
  if (clientAddress !== null && impersonatedBy === null) clientAddressWatch.peek()?.noteAccount(clientAddress, userId);
}

async function findTenant(slug: string, { session, grantsVersion }: SessionCheck): Promise<NamedTenant> {
  const tenant = await resolveTenant(slug, { userId: session.userId, version: grantsVersion });
  const confinedTo = session.impersonatedBy?.confinedTenantId ?? tenant.id;
  // Whoever acts as somebody within one tenant learns nothing of their others.
  if (confinedTo !== tenant.id) throw notFound("tenant");
  return tenant;
}

function toScope(tenant: NamedTenant | null): RequestScope {
  return tenant ? { kind: "tenant", tenantId: tenant.id, tenantSlug: tenant.slug } : { kind: "platform" };
}

/** The live session that a `Cookie` header holds, or null. Throws `UNAVAILABLE`. */
export async function findCaller(cookieHeader: string | null | undefined): Promise<SessionCheck | null> {
  const tokenHash = readSessionCookie(cookieHeader);
  if (tokenHash !== null) return await checkSession(tokenHash);
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
