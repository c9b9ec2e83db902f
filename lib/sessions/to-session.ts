import { type Session, type SessionEndReason, sessionEndReasons } from "./schemas";
import type { SessionRow } from "./sessions-page-repository";

/** A row as the answer shows it; `currentSessionId` is the caller's own. */
export function toSession(row: SessionRow, currentSessionId: string | null): Session {
  return {
    id: row.id,
    user: { id: row.userId, name: row.userName, email: row.userEmail },
    tenant: row.tenantId === null ? null : { id: row.tenantId, slug: row.tenantSlug ?? "", name: row.tenantName ?? "" },
    createdAt: row.createdAt.toISOString(),
    lastSeenAt: row.lastSeenAt.toISOString(),
    expiresAt: row.expiresAt.toISOString(),
    idleExpiresAt: row.alive ? earlier(row.idleAt, row.expiresAt).toISOString() : null,
    ipAddress: row.ipAddress,
    country: row.country,
    browser: row.browser,
    os: row.os,
    device: row.device,
    method: row.method,
    authenticationLevel: row.authenticationLevel,
    status: row.alive ? "active" : "ended",
    endedAt: row.endedAt?.toISOString() ?? null,
    endReason: toEndReason(row.endReason),
    endedBy:
      row.endedByType === null
        ? null
        : { type: row.endedByType, id: row.endedById, name: row.endedByName ?? row.endedByType },
    receiptId: row.receiptId,
    current: row.id === currentSessionId,
    impersonatedBy:
      row.impersonatedById === null ? null : { id: row.impersonatedById, name: row.impersonatedByName ?? "" },
  };
}

function earlier(time: Date | null, other: Date): Date {
  return time !== null && time < other ? time : other;
}

function toEndReason(reason: string | null): SessionEndReason | null {
  if (reason === null) return null;
  return sessionEndReasons.find((known) => known === reason) ?? "unknown";
}
