import type { z } from "zod";
import type { StoredAuditEvent } from "./events-repository";
import type { auditEvent } from "./schemas";

/** An event as callers see it. Its JSON was written by `writeAuditEvents`; the operation's output schema checks it again. */
export function toAuditEvent(row: StoredAuditEvent): z.input<typeof auditEvent> {
  return {
    id: row.id,
    at: row.at.toISOString(),
    action: row.action,
    outcome: toOutcome(row.outcome),
    actor: { type: row.actorType, id: row.actorId, name: row.actorName },
    impersonator: row.impersonatorName === null ? null : { id: row.impersonatorId, name: row.impersonatorName },
    target: row.targetType === null ? null : { type: row.targetType, id: row.targetId ?? "", name: row.targetName },
    tenantId: row.tenantId,
    tenant: toTenant(row),
    reason: row.reason,
    changes: toChanges(row.changes),
    details: toRecord(row.details),
    requestId: row.requestId,
    clientAddress: row.clientAddress?.replace(/\/(?:32|128)$/, "") ?? null,
    userAgent: row.userAgent,
    source: row.source,
  };
}

function toTenant({ tenantId, tenantSlug, tenantName }: StoredAuditEvent): z.input<typeof auditEvent>["tenant"] {
  if (tenantId === null || tenantSlug === null || tenantName === null) return null;
  return { id: tenantId, slug: tenantSlug, name: tenantName };
}

// A check constraint keeps the column to these three.
function toOutcome(outcome: string): "success" | "denied" | "failure" {
  return outcome === "success" || outcome === "denied" ? outcome : "failure";
}

function toRecord(json: unknown): Record<string, unknown> | null {
  return typeof json === "object" && json !== null ? Object.fromEntries(Object.entries(json)) : null;
}

function toChanges(json: unknown): Record<string, { before: unknown; after: unknown }> | null {
  const record = toRecord(json);
  if (record === null) return null;
  const changes = Object.entries(record).map(([field, change]) => {
    const { before = null, after = null } = toRecord(change) ?? {};
    return [field, { before, after }] as const;
  });
  return Object.fromEntries(changes);
}
