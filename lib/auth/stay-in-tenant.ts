import { isAppError } from "@/lib/errors/app-error";
import { noGrants, type RequestContext } from "@/lib/operations/request-context";
import { tryToken } from "@/lib/sessions/check-session";
import type { AuthRequestState } from "./auth-request-state";
import { enterTenant } from "./enter-tenant";

/**
 * Whoever signs in again to prove who they are goes on where they were: the new session enters the tenant of the one
 * that it replaces. One that may not be entered any more is left, and refuses its next request by itself.
 */
export async function stayInTenant(state: AuthRequestState): Promise<void> {
  const { created, replaces } = state;
  const before = replaces === null ? null : await tryToken(replaces);
  const user = created ? state.users.get(created.userId) : undefined;
  if (!before?.session.tenant || before.session.impersonatedBy || !created || !user) return;
  if (before.session.userId !== created.userId) return;
  const { id: tenantId, slug: tenantSlug } = before.session.tenant;
  try {
    const ctx: RequestContext = {
      scope: { kind: "tenant", tenantId, tenantSlug },
      actor: {
        type: "user",
        id: user.id,
        name: user.name,
        email: user.email,
        sessionId: created.sessionId,
        authenticatedAt: new Date(),
        impersonatedBy: null,
      },
      grants: noGrants,
      requestId: state.requestId,
      clientAddress: state.clientAddress,
      userAgent: state.userAgent,
      source: "auth",
    };
    await enterTenant(ctx, replaces);
  } catch (error) {
    if (!isAppError(error) || error.code !== "FORBIDDEN") throw error;
  }
}
