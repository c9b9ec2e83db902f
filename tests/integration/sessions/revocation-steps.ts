import { randomInt } from "node:crypto";
import { newId } from "@/lib/db/new-id";
import { withScope } from "@/lib/db/scoped-transaction";
import type { RequestContext } from "@/lib/operations/request-context";
import { runOperation } from "@/lib/operations/run-operation";
import { checkSession } from "@/lib/sessions/check-session";
import { previewRevocation } from "@/lib/sessions/preview-revocation";
import { revokeSessions } from "@/lib/sessions/revoke-sessions";
import type { SessionFilter } from "@/lib/sessions/session-filter";

/** An address that no other test uses: what is found by it is the test's own. */
export function ownAddress(): string {
  return `10.${randomInt(256)}.${randomInt(256)}.${randomInt(1, 255)}`;
}

/** The same caller, whose session in the database is this one. */
export function withSession(ctx: RequestContext, session: { id: string }, userId?: string): RequestContext {
  if (ctx.actor.type !== "user") throw new Error("Nobody in person.");
  const actor = { ...ctx.actor, sessionId: session.id, ...(userId !== undefined && { id: userId }) };
  return { ...ctx, requestId: newId(), actor };
}

/** What a filter would end. */
export function preview(ctx: RequestContext, filter: SessionFilter) {
  return runOperation(previewRevocation, ctx, { filter });
}

/** Ends what a filter finds, as it is previewed at this moment. */
export async function revokeFiltered(ctx: RequestContext, filter: SessionFilter, wishes: object = {}) {
  const { previewToken } = await preview(ctx, filter);
  return runOperation(revokeSessions, ctx, { filter, previewToken, reason: "incident", ...wishes });
}

/** Which of these sessions the check still accepts. */
export async function accepted<Named extends { tokenHash: string }>(sessions: readonly Named[]): Promise<Named[]> {
  const checks = await Promise.all(sessions.map(({ tokenHash }) => checkSession(tokenHash)));
  return sessions.filter((_, index) => checks[index] !== null);
}

/** How many receipts there are by requests of this context. */
export async function receiptsOf({ requestId }: RequestContext): Promise<number> {
  return withScope({ kind: "platform" }, (tx) => tx.revocationReceipt.count({ where: { requestId } }));
}
