import type { ScopedTx } from "@/lib/db/scoped-transaction";
import { Prisma } from "@/prisma/generated/client";
import { sessionOrders } from "./session-orders";
import { type SessionPagePlan, type SessionPageQuery, type SessionPart, toPageParts } from "./session-page-parts";

/** A session, alive or ended, as lists read it. */
export type SessionRow = {
  id: string;
  /** What the page is sorted by. */
  at: Date;
  userId: string;
  userName: string | null;
  userEmail: string | null;
  tenantId: string | null;
  tenantSlug: string | null;
  tenantName: string | null;
  createdAt: Date;
  lastSeenAt: Date;
  expiresAt: Date;
  /** The idle limit, of which an ended session has none. */
  idleAt: Date | null;
  ipAddress: string | null;
  country: string | null;
  browser: string | null;
  os: string | null;
  device: string | null;
  method: string;
  authenticationLevel: number;
  impersonatedById: string | null;
  impersonatedByName: string | null;
  alive: boolean;
  endedAt: Date | null;
  endReason: string | null;
  endedByType: string | null;
  endedById: string | null;
  endedByName: string | null;
  /** The revocation that ended it, where its receipt is of the scope. */
  receiptId: string | null;
};

// People and tenants are joined by plain columns of the page: behind row-level security an expression such as COALESCE,
// which Postgres does not hold to be leakproof, costs the join its index, and every user would be read.
/** One page by keyset: of live sessions, of ended ones (moved into the history or not yet), or of both. */
export async function findPage(tx: ScopedTx, query: SessionPageQuery, plan: SessionPagePlan): Promise<SessionRow[]> {
  const { direction } = sessionOrders[query.sort];
  return tx.$queryRaw<SessionRow[]>`
    with page as (
      select * from (${toPageParts(query, plan)}) rows order by at ${direction}, id ${direction} limit ${query.limit})
    select page.id::text as id, page.at, page.user_id::text as "userId", u.name as "userName", u.email as "userEmail",
      t.id::text as "tenantId", t.slug as "tenantSlug", t.name as "tenantName",
      coalesce(s.created_at, h.created_at) as "createdAt", coalesce(a.last_seen_at, h.last_seen_at) as "lastSeenAt",
      coalesce(s.expires_at, h.expires_at) as "expiresAt",
      gatehouse.idle_deadline(s.created_at, a.last_seen_at, s.idle_seconds, p.activity_lost_at, p.activity_resumed_at) as "idleAt",
      host(coalesce(s.ip_address, h.ip_address)) as "ipAddress",
      coalesce(s.country, h.country) as country, coalesce(s.browser, h.browser) as browser, coalesce(s.os, h.os) as os,
      coalesce(s.device, h.device) as device, coalesce(s.method, h.method) as method,
      coalesce(s.authentication_level, h.authentication_level) as "authenticationLevel",
      i.id::text as "impersonatedById", i.name as "impersonatedByName",
      ${isAliveIn[query.part]} as alive, h.ended_at as "endedAt", h.end_reason as "endReason",
      h.ended_by_type as "endedByType", h.ended_by_id as "endedById", h.ended_by_name as "endedByName",
      r.id::text as "receiptId"
    from page
    left join session s on page.present and s.id = page.id
    left join session_history h on not page.present and h.id = page.id
    left join session_activity a on a.session_id = s.id
    left join platform p on page.present
    left join revocation_receipt r on r.id = h.receipt_id
    left join "user" u on u.id = page.user_id
    left join tenant t on t.id = page.active_tenant_id
    left join "user" i on i.id = page.impersonated_by_id
    order by page.at ${direction}, page.id ${direction}`;
}

// Most of what a page of live sessions costs is this question, so it is not asked again where the answer is known.
const isAliveIn: Record<SessionPart, Prisma.Sql> = {
  active: Prisma.sql`true`,
  moved: Prisma.sql`false`,
  unmoved: Prisma.sql`false`,
  any: Prisma.sql`(page.present and gatehouse.session_is_alive(s))`,
};

/**
 * Whether the transaction's statements are to read in the order of an index rather than fetch and sort: for pages that
 * are known to lie in one, because Postgres would fetch all sessions of a large tenant, which it takes for a small one.
 */
export async function preferOrder(tx: ScopedTx, prefer: boolean): Promise<void> {
  const fetching = prefer ? "off" : "on";
  // What is forbidden counts as so dear, up to Postgres 17, that a plan with a trace of it would be compiled first.
  await tx.$queryRaw`
    select set_config('enable_sort', ${fetching}, true), set_config('enable_bitmapscan', ${fetching}, true),
      set_config('jit', 'off', true)`;
}
