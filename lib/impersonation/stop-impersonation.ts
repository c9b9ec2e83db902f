import { z } from "zod";
import { issueSession, newSessionToken } from "@/lib/auth/issued-session";
import { hashSessionToken } from "@/lib/auth/session-cookie";
import { setEndedBy } from "@/lib/db/scoped-transaction";
import { AppError, notFound } from "@/lib/errors/app-error";
import { defineCommand } from "@/lib/operations/define-operation";
import type { RequestContext } from "@/lib/operations/request-context";
import { removeImpersonation } from "./repository";
import { stoppedImpersonation } from "./schemas";

/** Returns to the administrator's own session, which gets a new token in this browser. */
export const stopImpersonation = defineCommand({
  name: "stopImpersonation",
  summary: "Stop acting as somebody else",
  scope: "self",
  permission: null,
  readPermission: null,
  audit: "impersonation.stop",
  endsImpersonation: true,
  input: z.strictObject({}),
  output: stoppedImpersonation,
  run: async ({ ctx, tx, afterCommit }) => {
    // Begun in whichever scope, it is the platform's to end: no tenant may touch an administrator's session.
    if (ctx.scope.kind !== "platform") throw notFound("page");
    const { user, sessionId, by } = toImpersonation(ctx);
    await setEndedBy(tx, { reason: "impersonation_ended", type: "user", id: by.id, name: by.name, receiptId: null });
    const token = newSessionToken();
    const own = await removeImpersonation(tx, { sessionId, tokenHash: hashSessionToken(token) });
    if (!own) throw new AppError("UNAUTHENTICATED", "This has ended already. Sign in to continue.");
    afterCommit(async (result) => {
      issueSession(ctx, { token, expiresAt: own.rememberMe ? own.expiresAt : null });
      return result;
    });
    return {
      result: { user: { id: by.id, name: by.name }, expiresAt: own.expiresAt.toISOString() },
      event: { target: user, details: { sessionId }, tenantId: by.confinedTenantId },
    };
  },
});

function toImpersonation({ actor }: RequestContext) {
  if (actor.type !== "user" || actor.impersonatedBy === null) {
    throw new AppError("CONFLICT", "You are acting as yourself already.");
  }
  const user = { type: "user", id: actor.id, name: actor.email };
  return { user, sessionId: actor.sessionId, by: actor.impersonatedBy };
}
