import type { ScopedTx } from "@/lib/db/scoped-transaction";
import { Prisma } from "@/prisma/generated/client";

/** Live sessions of the scope, counted up to `cap`. A tenant's are those active in it and those of people at home in it. */
export async function countActiveSessions(tx: ScopedTx, inTenant: boolean, cap: number): Promise<number> {
  if (!inTenant) {
    return count(tx, Prisma.sql`select 1 from session s where gatehouse.session_is_alive(s) limit ${cap}::int`);
  }
  // Each has an index; the two in one condition have none.
  const arms = ["active_tenant_id", "home_tenant_id"].map(
    (column) => Prisma.sql`(select s.id from session s
      where s.${Prisma.raw(column)} = (select gatehouse.current_tenant_id()) and gatehouse.session_is_alive(s) limit ${cap}::int)`,
  );
  return count(tx, Prisma.sql`select * from (${Prisma.join(arms, " union ")}) s limit ${cap}::int`);
}

/** Users of the scope, counted up to `cap`. A tenant's are its members and the people at home in it. */
export async function countUsers(tx: ScopedTx, inTenant: boolean, cap: number): Promise<number> {
  if (!inTenant) return count(tx, Prisma.sql`select 1 from "user" limit ${cap}::int`);
  const here = Prisma.sql`(select gatehouse.current_tenant_id())`;
  return count(
    tx,
    Prisma.sql`select * from (
      (select m.user_id from membership m where m.tenant_id = ${here} limit ${cap}::int)
      union (select u.id from "user" u where u.home_tenant_id = ${here} limit ${cap}::int)) people limit ${cap}::int`,
  );
}

/** How many users the planner believes there are; 0 where it has not looked yet. */
export async function estimateUsers(tx: ScopedTx): Promise<number> {
  const rows = await tx.$queryRaw<{ count: number }[]>`
    select greatest(c.reltuples, 0)::int as count from pg_class c where c.oid = 'public."user"'::regclass`;
  return rows[0]?.count ?? 0;
}

/** Revocations that are not complete, among the newest `scanned`. */
export async function countPendingReceipts(tx: ScopedTx, scanned: number): Promise<number> {
  return count(
    tx,
    Prisma.sql`select 1 from (
      select r.completed_at from revocation_receipt r order by r.requested_at desc, r.id desc limit ${scanned}::int) r
    where r.completed_at is null`,
  );
}

/** Users who are locked now, counted up to `cap`. */
export async function countLockedUsers(tx: ScopedTx, cap: number): Promise<number> {
  return count(
    tx,
    Prisma.sql`select 1 from "user" u
      where u.locked_at is not null and (u.locked_until is null or u.locked_until > now()) limit ${cap}::int`,
  );
}

/** Tenants that are closed: those in their grace period, or the others. Counted up to `cap`. */
export async function countClosedTenants(tx: ScopedTx, isDeleting: boolean, cap: number): Promise<number> {
  const which = isDeleting ? Prisma.sql`t.deletes_at is not null` : Prisma.sql`t.deletes_at is null`;
  return count(tx, Prisma.sql`select 1 from tenant t where t.suspended_at is not null and ${which} limit ${cap}::int`);
}

/** Invitations that nobody has used and that run out within two days, among the newest `scanned` of the tenant. */
export async function countExpiringInvitations(tx: ScopedTx, scanned: number): Promise<number> {
  return count(
    tx,
    Prisma.sql`select 1 from (
      select i.expires_at, i.accepted_at, i.revoked_at from invitation i
      where i.tenant_id = (select gatehouse.current_tenant_id())
      order by i.created_at desc, i.id desc limit ${scanned}::int) i
    where i.accepted_at is null and i.revoked_at is null and i.expires_at > now() and i.expires_at <= now() + interval '2 days'`,
  );
}

async function count(tx: ScopedTx, rows: Prisma.Sql): Promise<number> {
  const found = await tx.$queryRaw<{ count: number }[]>`select count(*)::int as count from (${rows}) counted`;
  return found[0]?.count ?? 0;
}
