import { insertAuditEvents } from "@/lib/audit/repository";
import { toAuditRow } from "@/lib/audit/write-audit-events";
import { prismaClient } from "@/lib/db/prisma-client";
import { toAppError } from "@/lib/db/prisma-errors";
import { raisedError } from "@/lib/db/raised-error";
import { AppError } from "@/lib/errors/app-error";
import type { RequestContext } from "@/lib/operations/request-context";
import { forgetCachedSession } from "@/lib/sessions/forget-cached-session";
import { createSessionEndListener } from "@/lib/sessions/session-end-listener";
import type { EndedSessions } from "./session-end-listener";
import { holdToTenantCap } from "./tenant-cap";

/**
 * Makes the caller's session active in the tenant of the request: from then on the tenant's own ends and policies cover
 * it. A trigger asks for membership, takes over the epochs and tightens the limits. `replaced` is the hash of a token that
 * this very sign-in is about to end. Throws `FORBIDDEN` where a policy of the tenant refuses the session,
 * `STEP_UP_REQUIRED` where it wants a younger one, and `UNAVAILABLE`.
 */
export async function enterTenant(ctx: RequestContext, replaced: string | null = null): Promise<void> {
  const { actor, scope } = ctx;
  if (actor.type !== "user" || scope.kind !== "tenant") return;
  const listener = createSessionEndListener();
  let ended: EndedSessions[] = [];
  try {
    const tokenHash = await prismaClient.get().$transaction(async (tx) => {
      // Policies look at where this request comes from, not at where the person once signed in.
      await tx.$queryRaw`select set_config('app.client_address', ${ctx.clientAddress ?? ""}, true)`;
      const entry = { ctx, userId: actor.id, sessionId: actor.sessionId, tenantId: scope.tenantId, replaced };
      // An impersonation is the administrator's, and takes nobody's place.
      ended = actor.impersonatedBy === null ? await holdToTenantCap(tx, entry, listener) : [];
      const [entered] = await tx.$queryRaw<{ token_hash: string }[]>`
        update session set active_tenant_id = ${scope.tenantId}::uuid, updated_at = now()
        where id = ${actor.sessionId}::uuid and active_tenant_id is distinct from ${scope.tenantId}::uuid
        returning token_hash`;
      // Another request of the same device was faster: its event is enough.
      if (!entered) return null;
      const target = { type: "user", id: actor.id, name: actor.email };
      const details = { sessionId: actor.sessionId };
      await insertAuditEvents(tx, [toAuditRow(ctx, { action: "session.enter-tenant", target, details })]);
      return entered.token_hash;
    });
    for (const one of ended) await listener.after(one);
    if (tokenHash !== null) await forgetCachedSession(tokenHash);
  } catch (error) {
    throw toRefusal(error);
  }
}

// GH003: closed or left in this very moment. GH008: a fresh sign-in is what it takes. The others are policies, and their
// sentences are for the person.
function toRefusal(error: unknown): unknown {
  const raised = raisedError(error);
  if (!raised) return toAppError(error);
  const message = raised.code === "GH003" ? "This tenant cannot be entered right now. Try again." : raised.message;
  return new AppError(raised.code === "GH008" ? "STEP_UP_REQUIRED" : "FORBIDDEN", message, { cause: error });
}
