import type { ScopedTx } from "@/lib/db/scoped-transaction";
import { Prisma } from "@/prisma/generated/client";

/** One of a user's sessions, alive or in the history. */
export type OwnSessionRow = {
  id: string;
  browser: string | null;
  os: string | null;
  device: string | null;
  ipAddress: string | null;
  country: string | null;
  tenantId: string | null;
  tenantSlug: string | null;
  tenantName: string | null;
  method: string;
  impersonatedById: string | null;
  impersonatedByName: string | null;
  createdAt: Date;
  lastSeenAt: Date | null;
  expiresAt: Date;
  endedAt: Date | null;
  endReason: string | null;
  endedByType: string | null;
  endedById: string | null;
};

/** Whose sessions, as far as they may be seen. */
export type OwnSessionsOf = {
  userId: string;
  /** Only what is active or at home in this tenant; null: everything. */
  confinedTo: string | null;
};

/** Where a page starts: behind the session of this time and id. */
export type OwnSessionPosition = { at: string; id: string };

type PageQuery = OwnSessionsOf & { after: OwnSessionPosition | undefined; limit: number };

/** The session with this id, if it is the user's and alive. */
export async function findAliveOne(tx: ScopedTx, of: OwnSessionsOf, id: string): Promise<OwnSessionRow | null> {
  const rows = await selectAlive(tx, Prisma.sql`${seen(of, "s")} and s.id = ${id}::uuid`, 1);
  return rows[0] ?? null;
}

/** A page of the user's live sessions but one, the newest first. */
export async function findAlivePage(
  tx: ScopedTx,
  { after, limit, except, ...of }: PageQuery & { except: string },
): Promise<OwnSessionRow[]> {
  const behind = after
    ? Prisma.sql`and (s.created_at, s.id) < (${after.at}::timestamptz, ${after.id}::uuid)`
    : Prisma.empty;
  return selectAlive(tx, Prisma.sql`${seen(of, "s")} and s.id <> ${except}::uuid ${behind}`, limit);
}

/** A page of the user's history, the latest end first. */
export async function findEndedPage(tx: ScopedTx, { after, limit, ...of }: PageQuery): Promise<OwnSessionRow[]> {
  const behind = after
    ? Prisma.sql`and (h.ended_at, h.id) < (${after.at}::timestamptz, ${after.id}::uuid)`
    : Prisma.empty;
  return tx.$queryRaw<OwnSessionRow[]>`
    with page as (
      select h.* from session_history h where ${seen(of, "h")} ${behind} order by h.ended_at desc, h.id desc limit ${limit})
    select ${columns}, page.last_seen_at as "lastSeenAt", page.ended_at as "endedAt",
      page.end_reason as "endReason", page.ended_by_type as "endedByType", page.ended_by_id as "endedById"
    from page ${joins} order by page.ended_at desc, page.id desc`;
}

/** The tenant that manages a user's account, whose log tells of what the user does with it; null: the platform. */
export async function findHomeTenantId(tx: ScopedTx, userId: string): Promise<string | null> {
  const user = await tx.user.findFirst({ where: { id: userId }, select: { homeTenantId: true } });
  return user?.homeTenantId ?? null;
}

async function selectAlive(tx: ScopedTx, where: Prisma.Sql, limit: number): Promise<OwnSessionRow[]> {
  return tx.$queryRaw<OwnSessionRow[]>`
    with page as (
      select s.* from session s where ${where} and gatehouse.session_is_alive(s)
      order by s.created_at desc, s.id desc limit ${limit})
    select ${columns}, a.last_seen_at as "lastSeenAt", null::timestamptz as "endedAt",
      null as "endReason", null as "endedByType", null as "endedById"
    from page left join session_activity a on a.session_id = page.id ${joins}
    order by page.created_at desc, page.id desc`;
}

function seen({ userId, confinedTo }: OwnSessionsOf, row: "s" | "h"): Prisma.Sql {
  const alias = Prisma.raw(row);
  const own = Prisma.sql`${alias}.user_id = ${userId}::uuid`;
  if (confinedTo === null) return own;
  return Prisma.sql`${own} and (${alias}.active_tenant_id = ${confinedTo}::uuid or ${alias}.home_tenant_id = ${confinedTo}::uuid)`;
}

const columns = Prisma.sql`page.id::text as id, page.browser, page.os, page.device, host(page.ip_address) as "ipAddress",
  page.country, t.id::text as "tenantId", t.slug as "tenantSlug", t.name as "tenantName", page.method,
  page.impersonated_by_id::text as "impersonatedById", i.name as "impersonatedByName",
  page.created_at as "createdAt", page.expires_at as "expiresAt"`;

const joins = Prisma.sql`left join tenant t on t.id = page.active_tenant_id
  left join "user" i on i.id = page.impersonated_by_id`;
