import type { ScopedTx } from "@/lib/db/scoped-transaction";
import { Prisma } from "@/prisma/generated/client";
import type { ListAuditEventsInput } from "./schemas";

const columns = {
  id: true,
  at: true,
  tenantId: true,
  action: true,
  outcome: true,
  actorType: true,
  actorId: true,
  actorName: true,
  impersonatorId: true,
  impersonatorName: true,
  targetType: true,
  targetId: true,
  targetName: true,
  reason: true,
  changes: true,
  details: true,
  requestId: true,
  clientAddress: true,
  userAgent: true,
  source: true,
} as const satisfies Prisma.AuditEventSelect;

/** An event as it is stored. */
export type StoredAuditEvent = Prisma.AuditEventGetPayload<{ select: typeof columns }>;

/** What narrows the log. */
export type AuditFilters = Omit<ListAuditEventsInput, "limit" | "cursor">;

/** Where a page starts: behind the event of this time and id. */
export type AuditPosition = { at: string; id: string };

type PageQuery = { filters: AuditFilters; after: AuditPosition | undefined; limit: number };

/** One page of events, newest first. */
export async function findPage(tx: ScopedTx, { filters, after, limit }: PageQuery): Promise<StoredAuditEvent[]> {
  const conditions = [...toConditions(filters), ...(after ? [beyond(after)] : [])];
  const where = conditions.length === 0 ? Prisma.empty : Prisma.sql`where ${Prisma.join(conditions, " and ")}`;
  return tx.$queryRaw<StoredAuditEvent[]>`
    select e.id::text as id, e.at, e.tenant_id::text as "tenantId", e.action, e.outcome,
      e.actor_type as "actorType", e.actor_id as "actorId", e.actor_name as "actorName",
      e.impersonator_id as "impersonatorId", e.impersonator_name as "impersonatorName",
      e.target_type as "targetType", e.target_id as "targetId", e.target_name as "targetName",
      e.reason, e.changes, e.details, e.request_id as "requestId", host(e.client_address) as "clientAddress",
      e.user_agent as "userAgent", e.source
    from audit_event e ${where} order by e.at desc, e.id desc limit ${limit}`;
}

/** The event with this id. */
export async function findById(tx: ScopedTx, id: string): Promise<StoredAuditEvent | null> {
  return tx.auditEvent.findFirst({ where: { id }, select: columns });
}

// The plain comparison beside the row comparison is what prunes the partitions.
function beyond({ at, id }: AuditPosition): Prisma.Sql {
  return Prisma.sql`e.at <= ${at}::timestamptz and (e.at, e.id) < (${at}::timestamptz, ${id}::uuid)`;
}

function toConditions({ actor, action, target, outcome, ip, requestId, from, to }: AuditFilters): Prisma.Sql[] {
  return [
    actor ? Prisma.sql`e.actor_id = ${actor}` : undefined,
    action ? Prisma.sql`e.action = ${action}` : undefined,
    target ? Prisma.sql`e.target_id = ${target}` : undefined,
    outcome ? Prisma.sql`e.outcome = ${outcome}` : undefined,
    ip ? Prisma.sql`e.client_address <<= ${ip}::inet` : undefined,
    requestId ? Prisma.sql`e.request_id = ${requestId}` : undefined,
    from ? Prisma.sql`e.at >= ${from}::timestamptz` : undefined,
    to ? Prisma.sql`e.at < ${to}::timestamptz` : undefined,
  ].filter((condition) => condition !== undefined);
}
