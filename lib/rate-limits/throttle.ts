import type { RequestContext } from "@/lib/operations/request-context";
import { toCallerOperation } from "./caller-operation";
import { type Charge, decide } from "./decide";
import { toRefusalError } from "./refusal-error";

/**
 * Refuses a caller who asks too often, altogether or for one operation, and everybody in a tenant in which too much is
 * asked; before anything else is done. Notes in the context what is left for the answer's headers. Throws `RATE_LIMITED`.
 */
export async function throttle(operationName: string, ctx: RequestContext): Promise<void> {
  const caller = toCaller(ctx);
  if (caller === null) return;
  const tenantId = ctx.scope.kind === "tenant" ? ctx.scope.tenantId : null;
  const charges: Charge[] = [
    { rule: "api", subject: caller.subject },
    { rule: "api-operation", subject: toCallerOperation(caller.subject, operationName) },
  ];
  // Those who run the platform come in to help, however busy a tenant is.
  const isOfTenant = ctx.grants.platformPermissions.size === 0;
  if (tenantId !== null && isOfTenant) charges.push({ rule: "api-tenant", subject: tenantId });
  const decision = await decide(charges, {
    tenantId,
    path: operationName,
    address: ctx.clientAddress,
    userId: caller.userId,
  });
  if (!decision.allowed) {
    throw toRefusalError(decision, decision.rule === "api-tenant" ? tooManyHere : tooMany);
  }
  const { rule, limit, windowSeconds, remaining } = decision;
  ctx.rateLimit = { policy: rule, limit, windowSeconds, remaining };
}

const tooMany = "Too many requests. Wait a moment, then try again.";
const tooManyHere = "Too many requests in this tenant. Wait a moment, then try again.";

function toCaller({ actor }: RequestContext): { subject: string; userId: string } | null {
  if (actor.type === "user") return { subject: `session:${actor.sessionId}`, userId: actor.id };
  return actor.type === "api_key" ? { subject: `api-key:${actor.id}`, userId: actor.ownerId } : null;
}
