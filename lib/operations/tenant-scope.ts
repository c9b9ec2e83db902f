import { notFound } from "@/lib/errors/app-error";
import type { RequestContext } from "./request-context";

/** The tenant in which the caller acts. Throws `NOT_FOUND` outside of one. */
export function tenantScopeOf({ scope }: Pick<RequestContext, "scope">): { tenantId: string; tenantSlug: string } {
  if (scope.kind !== "tenant") throw notFound("tenant");
  return scope;
}
