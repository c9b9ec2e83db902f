import { sessionEndReasons } from "@/lib/sessions/schemas";
import type { OwnSessionRow } from "./own-sessions-repository";
import type { OwnSession } from "./schemas";

/** Who looks at the rows: whose they are, from which session, and as far as which tenant. */
export type OwnSessionsViewer = { userId: string; sessionId: string; confinedTo: string | null };

/** A row as its holder sees it. */
export function toOwnSession(row: OwnSessionRow, viewer: OwnSessionsViewer): OwnSession {
  return {
    id: row.id,
    current: row.id === viewer.sessionId,
    status: row.endedAt === null ? "active" : "ended",
    browser: row.browser,
    os: row.os,
    device: row.device,
    ipAddress: row.ipAddress,
    country: row.country,
    tenant: toTenant(row, viewer),
    method: row.method,
    impersonatedBy: row.impersonatedById === null ? null : { name: row.impersonatedByName ?? "" },
    createdAt: row.createdAt.toISOString(),
    lastSeenAt: (row.lastSeenAt ?? row.createdAt).toISOString(),
    expiresAt: row.expiresAt.toISOString(),
    endedAt: row.endedAt?.toISOString() ?? null,
    endReason:
      row.endReason === null ? null : (sessionEndReasons.find((known) => known === row.endReason) ?? "unknown"),
    endedBy: toEnder(row, viewer),
  };
}

// Whoever acts as somebody within one tenant learns nothing of their others.
function toTenant({ tenantId, tenantSlug, tenantName }: OwnSessionRow, { confinedTo }: OwnSessionsViewer) {
  if (tenantId === null || (confinedTo !== null && confinedTo !== tenantId)) return null;
  return { id: tenantId, slug: tenantSlug ?? "", name: tenantName ?? "" };
}

function toEnder({ endedAt, endedByType, endedById }: OwnSessionRow, { userId }: OwnSessionsViewer) {
  if (endedAt === null || endedByType === null) return null;
  if (endedByType === "user") return endedById === userId ? "self" : "administrator";
  return endedByType === "api_key" || endedByType === "cli" ? "administrator" : "gatehouse";
}
