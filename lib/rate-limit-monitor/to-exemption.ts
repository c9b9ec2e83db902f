import type { RateLimitExemption } from "./exemption-schemas";
import type { ExemptionRow } from "./exemptions-repository";

/** A row as the answer shows it. */
export function toExemption(row: ExemptionRow): RateLimitExemption {
  const { tenantId, tenantSlug, tenantName, userId } = row;
  return {
    id: row.id,
    kind: userId === null ? "address" : "account",
    cidr: row.cidr,
    user: userId === null ? null : { id: userId, name: row.userName, email: row.userEmail },
    tenant: tenantId === null ? null : { id: tenantId, slug: tenantSlug ?? "", name: tenantName ?? "" },
    reason: row.reason,
    expiresAt: row.expiresAt.toISOString(),
    status: row.isExpired ? "expired" : "active",
    createdAt: row.createdAt.toISOString(),
    createdBy: { type: row.createdByType, id: row.createdById, name: row.createdByName },
  };
}
