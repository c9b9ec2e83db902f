import { newId } from "@/lib/db/new-id";
import { type DatabaseScope, type ScopedTx, withScope } from "@/lib/db/scoped-transaction";
import { logger } from "@/lib/observability/logger";
import type { RequestContext } from "@/lib/operations/request-context";
import type { AuditAction, AuditEntry, AuditEntryOf, AuditOutcome } from "./audit-events";
import { insertAuditEvents } from "./repository";

/** Writes events in the caller's transaction, so that they commit with the change or not at all. */
export async function writeAuditEvents(tx: ScopedTx, ctx: RequestContext, entries: AuditEntry[]): Promise<void> {
  await insertAuditEvents(
    tx,
    entries.map((entry) => toAuditRow(ctx, entry)),
  );
}

/** Records an attempt that was refused or failed, in a transaction of its own: the attempt's own was rolled back. */
export async function recordRefusal(
  ctx: RequestContext,
  { action, outcome, code }: { action: AuditAction; outcome: Exclude<AuditOutcome, "success">; code: string },
): Promise<void> {
  const scope: DatabaseScope =
    ctx.scope.kind === "tenant" ? { kind: "tenant", tenantId: ctx.scope.tenantId } : { kind: "platform" };
  const row = toAuditRow(ctx, { action, outcome, target: null, details: { code } });
  try {
    await withScope(scope, (tx) => insertAuditEvents(tx, [row]));
  } catch (error) {
    // The caller is refused either way; an attempt that could not be recorded is at least in the log.
    const line = { action, outcome, requestId: ctx.requestId, err: error };
    logger.get().error(line, "a refused attempt could not be recorded");
  }
}

/** One row of the log as it is inserted; `at` is the database's clock. */
export type AuditRow = {
  id: string;
  tenantId: string | null;
  action: AuditAction;
  outcome: AuditOutcome;
  actorType: string;
  actorId: string | null;
  actorName: string;
  impersonatorId: string | null;
  impersonatorName: string | null;
  targetType: string | null;
  targetId: string | null;
  targetName: string | null;
  reason: string | null;
  changes: object | null;
  details: object | null;
  requestId: string;
  clientAddress: string | null;
  userAgent: string | null;
  source: RequestContext["source"];
};

/** Joins an entry with who, where and through which door. */
export function toAuditRow(ctx: RequestContext, entry: AuditEntryOf<AuditAction>): AuditRow {
  const impersonator = ctx.actor.type === "user" ? ctx.actor.impersonatedBy : null;
  return {
    id: newId(),
    tenantId: entry.tenantId ?? (ctx.scope.kind === "tenant" ? ctx.scope.tenantId : null),
    action: entry.action,
    outcome: entry.outcome ?? "success",
    actorType: ctx.actor.type,
    actorId: ctx.actor.id,
    actorName: ctx.actor.type === "user" ? ctx.actor.email : ctx.actor.name,
    impersonatorId: impersonator?.id ?? null,
    impersonatorName: impersonator?.name ?? null,
    targetType: entry.target?.type ?? null,
    targetId: entry.target?.id ?? null,
    targetName: entry.target?.name ?? null,
    reason: entry.reason ?? null,
    changes: entry.changes ?? null,
    details: entry.details ?? null,
    requestId: ctx.requestId,
    clientAddress: ctx.clientAddress,
    userAgent: ctx.userAgent,
    source: ctx.source,
  };
}
