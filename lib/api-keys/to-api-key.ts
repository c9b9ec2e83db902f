import type { ApiKeyRow } from "./repository";
import type { ApiKey, ApiKeyStatus } from "./schemas";

/** A row as the answer shows it. */
export function toApiKey(row: ApiKeyRow): ApiKey {
  const { tenantId, tenantSlug, tenantName, revokedByType } = row;
  return {
    id: row.id,
    name: row.name,
    prefix: row.prefix,
    tenant: tenantId === null ? null : { id: tenantId, slug: tenantSlug ?? "", name: tenantName ?? "" },
    owner: { id: row.ownerId, name: row.ownerName, email: row.ownerEmail },
    permissions: row.permissions,
    status: toStatus(row),
    createdAt: row.createdAt.toISOString(),
    expiresAt: row.expiresAt.toISOString(),
    lastUsedAt: row.lastUsedAt?.toISOString() ?? null,
    lastUsedAddress: row.lastUsedAddress,
    previousKeyValidUntil: row.previousExpiresAt?.toISOString() ?? null,
    revokedAt: row.revokedAt?.toISOString() ?? null,
    revokedBy:
      revokedByType === null
        ? null
        : { type: revokedByType, id: row.revokedById, name: row.revokedByName ?? revokedByType },
  };
}

function toStatus({ revokedAt, isExpired }: ApiKeyRow): ApiKeyStatus {
  if (revokedAt !== null) return "revoked";
  return isExpired ? "expired" : "active";
}
