import type { RequestContext } from "@/lib/operations/request-context";
import { decide } from "./decide";
import { toRefusalError } from "./refusal-error";

/**
 * Refuses a caller who asks too often, before anything else is done, and notes in the context what is left for the
 * answer's headers. Throws `RATE_LIMITED`.
 */
export async function throttle(operationName: string, ctx: RequestContext): Promise<void> {
  const caller = toCaller(ctx);
  if (caller === null) return;
  const decision = await decide([{ rule: "api", subject: caller.subject }], {
    tenantId: ctx.scope.kind === "tenant" ? ctx.scope.tenantId : null,
    path: operationName,
    address: ctx.clientAddress,
    userId: caller.userId,
  });
  if (!decision.allowed) throw toRefusalError(decision, "Too many requests. Wait a moment, then try again.");
  const { rule, limit, windowSeconds, remaining } = decision;
  ctx.rateLimit = { policy: rule, limit, windowSeconds, remaining };
}

function toCaller({ actor }: RequestContext): { subject: string; userId: string } | null {
  if (actor.type === "user") return { subject: `session:${actor.sessionId}`, userId: actor.id };
  return actor.type === "api_key" ? { subject: `api-key:${actor.id}`, userId: actor.ownerId } : null;
}
