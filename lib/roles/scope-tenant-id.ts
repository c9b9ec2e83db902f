import type { RequestContext } from "@/lib/operations/request-context";

/** The tenant whose roles a caller means; null for the platform's. */
export function scopeTenantId({ scope }: RequestContext): string | null {
  return scope.kind === "tenant" ? scope.tenantId : null;
}
