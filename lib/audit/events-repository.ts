import type { ScopedTx } from "@/lib/db/scoped-transaction";
import { tenantIdOf } from "@/lib/db/tenant-id-of";
import { type AuditEvent, Prisma } from "@/prisma/generated/client";
import type { ListAuditEventsInput } from "./schemas";

/** Events that one page of a search looks through; 50,000 without a match were measured at 0.38 s. */
export const searchedEventsMax = 20_000;

/** An event as it is stored, with the names that its tenant has now. */
export type StoredAuditEvent = Omit<AuditEvent, "recordedXid"> & {
  tenantSlug: string | null;
  tenantName: string | null;
};

/** What narrows the log. */
export type AuditFilters = Omit<ListAuditEventsInput, "limit" | "cursor" | "search">;

/** Where a page starts: behind the event of this time and id. */
export type AuditPosition = { at: string; id: string };

type PageQuery = { filters: AuditFilters; after: AuditPosition | undefined; limit: number };

/** One page of events, newest first. */
export async function findPage(tx: ScopedTx, query: PageQuery): Promise<StoredAuditEvent[]> {
  return tx.$queryRaw<StoredAuditEvent[]>`
    select ${listed} from audit_event e ${withTenant} ${toWhere(query)} order by e.at desc, e.id desc limit ${query.limit}`;
}

/** What a search has found, and where it stopped looking with older events left; null when it has seen them all. */
export type FoundEvents = { rows: StoredAuditEvent[]; stoppedAt: AuditPosition | null };

/**
 * As `findPage`, for events of which action, actor's name, target's name or reason contain a text. Looks through
 * `searchedEventsMax` of them, newest first, and stops at the last one that the page needs: a text index would have to be
 * paid for at every write, and row-level security would not let it be used.
 */
export async function searchPage(tx: ScopedTx, query: PageQuery & { search: string }): Promise<FoundEvents> {
  const found = await tx.$queryRaw<(StoredAuditEvent & { matches: boolean; isLast: boolean })[]>`
    select ${listed}, e.matches, e.nth = ${searchedEventsMax} as "isLast"
    from (
      select e.*, row_number() over (order by e.at desc, e.id desc) as nth,
        strpos(lower(concat_ws(E'\n', e.action, e.actor_name, e.target_name, e.reason)), lower(${query.search})) > 0 as matches
      from audit_event e ${toWhere(query)} order by e.at desc, e.id desc limit ${searchedEventsMax}
    ) e ${withTenant}
    where e.matches or e.nth = ${searchedEventsMax} order by e.at desc, e.id desc limit ${query.limit}`;
  const last = found.find(({ isLast }) => isLast);
  return {
    rows: found.filter(({ matches }) => matches),
    stoppedAt: last ? { at: last.at.toISOString(), id: last.id } : null,
  };
}

const listed = Prisma.sql`e.id::text as id, e.at, e.tenant_id::text as "tenantId",
  t.slug as "tenantSlug", t.name as "tenantName", e.action, e.outcome,
  e.actor_type as "actorType", e.actor_id as "actorId", e.actor_name as "actorName",
  e.impersonator_id as "impersonatorId", e.impersonator_name as "impersonatorName",
  e.target_type as "targetType", e.target_id as "targetId", e.target_name as "targetName",
  e.reason, e.changes, e.details, e.request_id as "requestId", host(e.client_address) as "clientAddress",
  e.user_agent as "userAgent", e.source`;

const withTenant = Prisma.sql`left join tenant t on t.id = e.tenant_id`;

function toWhere({ filters, after }: PageQuery): Prisma.Sql {
  const conditions = [...toConditions(filters), ...(after ? [beyond(after)] : [])];
  return conditions.length === 0 ? Prisma.empty : Prisma.sql`where ${Prisma.join(conditions, " and ")}`;
}

/** The event with this id. */
export async function findById(tx: ScopedTx, id: string): Promise<StoredAuditEvent | null> {
  const rows = await tx.$queryRaw<StoredAuditEvent[]>`
    select ${listed} from audit_event e ${withTenant} where e.id = ${id}::uuid limit 1`;
  return rows[0] ?? null;
}

// The plain comparison beside the row comparison is what prunes the partitions.
function beyond({ at, id }: AuditPosition): Prisma.Sql {
  return Prisma.sql`e.at <= ${at}::timestamptz and (e.at, e.id) < (${at}::timestamptz, ${id}::uuid)`;
}

function toConditions({ actor, action, target, outcome, tenant, ip, requestId, from, to }: AuditFilters): Prisma.Sql[] {
  return [
    actor ? Prisma.sql`e.actor_id = ${actor}` : undefined,
    action ? Prisma.sql`e.action = ${action}` : undefined,
    target ? Prisma.sql`e.target_id = ${target}` : undefined,
    outcome ? Prisma.sql`e.outcome = ${outcome}` : undefined,
    tenant ? Prisma.sql`e.tenant_id = ${tenantIdOf(tenant)}` : undefined,
    ip ? Prisma.sql`e.client_address <<= ${ip}::inet` : undefined,
    requestId ? Prisma.sql`e.request_id = ${requestId}` : undefined,
    from ? Prisma.sql`e.at >= ${from}::timestamptz` : undefined,
    to ? Prisma.sql`e.at < ${to}::timestamptz` : undefined,
  ].filter((condition) => condition !== undefined);
}
