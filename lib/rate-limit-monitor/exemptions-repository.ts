import type { ScopedTx } from "@/lib/db/scoped-transaction";
import { tenantIdOf } from "@/lib/db/tenant-id-of";
import { Prisma } from "@/prisma/generated/client";
import type { ListRateLimitExemptionsInput, RateLimitExemptionSort } from "./exemption-schemas";
import type { CreatedBy } from "./to-actor";

/** An exemption with what it refers to; the user is unnamed where the scope does not show the person. */
export type ExemptionRow = CreatedBy & {
  id: string;
  tenantId: string | null;
  tenantSlug: string | null;
  tenantName: string | null;
  cidr: string | null;
  userId: string | null;
  userName: string | null;
  userEmail: string | null;
  reason: string;
  expiresAt: Date;
  isExpired: boolean;
  createdAt: Date;
};

/** Where a page starts: behind this exemption. */
export type ExemptionPosition = { expiresAt: string; id: string };

type PageQuery = {
  filters: Pick<ListRateLimitExemptionsInput, "search" | "kind" | "status" | "tenant">;
  sort: RateLimitExemptionSort;
  after: ExemptionPosition | undefined;
  limit: number;
};

/** One page of exemptions by keyset. */
export async function findPage(tx: ScopedTx, { filters, sort, after, limit }: PageQuery): Promise<ExemptionRow[]> {
  const order = Prisma.raw(sort === "expiresAt" ? "asc" : "desc");
  const conditions = [...toConditions(filters), ...(after ? [beyond(sort, after)] : [])];
  const where = conditions.length === 0 ? Prisma.empty : Prisma.sql`where ${Prisma.join(conditions, " and ")}`;
  return tx.$queryRaw<
    ExemptionRow[]
  >`${selectExemptions} ${where} order by e.expires_at ${order}, e.id ${order} limit ${limit}`;
}

/** The exemption with this id. */
export async function findById(tx: ScopedTx, id: string): Promise<ExemptionRow | null> {
  const rows = await tx.$queryRaw<ExemptionRow[]>`${selectExemptions} where e.id = ${id}::uuid`;
  return rows[0] ?? null;
}

/** An exemption to insert. */
export type NewExemption = CreatedBy & {
  id: string;
  tenantId: string | null;
  cidr: string | null;
  userId: string | null;
  reason: string;
  expiresAt: Date;
};

/** Inserts an exemption; of a range the bits behind its length are cleared. */
export async function insert(tx: ScopedTx, row: NewExemption): Promise<void> {
  await tx.$executeRaw`
    insert into rate_limit_exemption
      (id, tenant_id, network, user_id, reason, expires_at, created_by_type, created_by_id, created_by_name)
    values (${row.id}::uuid, ${row.tenantId}::uuid, network(${row.cidr}::inet), ${row.userId}::uuid, ${row.reason},
      ${row.expiresAt}::timestamptz, ${row.createdByType}, ${row.createdById}, ${row.createdByName})`;
}

/** Removes an exemption; false if it was gone already. */
export async function remove(tx: ScopedTx, id: string): Promise<boolean> {
  return (await tx.$executeRaw`delete from rate_limit_exemption where id = ${id}::uuid`) > 0;
}

/** How many exemptions of the scope hold, counted up to `most`. */
export async function countCurrent(tx: ScopedTx, most: number): Promise<number> {
  const rows = await tx.$queryRaw<{ count: number }[]>`
    select count(*)::int as count from (select from rate_limit_exemption where expires_at > now() limit ${most}) current`;
  return rows[0]?.count ?? 0;
}

const selectExemptions = Prisma.sql`
  select e.id::text as id, e.tenant_id::text as "tenantId", t.slug as "tenantSlug", t.name as "tenantName",
    text(e.network) as cidr, e.user_id::text as "userId", u.name as "userName", u.email as "userEmail", e.reason,
    e.expires_at as "expiresAt", e.expires_at <= now() as "isExpired", e.created_at as "createdAt",
    e.created_by_type as "createdByType", e.created_by_id as "createdById", e.created_by_name as "createdByName"
  from rate_limit_exemption e left join tenant t on t.id = e.tenant_id left join "user" u on u.id = e.user_id`;

function toConditions({ search, kind, status, tenant }: PageQuery["filters"]): Prisma.Sql[] {
  const text = Prisma.sql`lower(concat_ws(E'\n', e.id, text(e.network), e.reason, u.id, u.name, u.email))`;
  const [active, expired] = [Prisma.sql`e.expires_at > now()`, Prisma.sql`e.expires_at <= now()`];
  return [
    search ? Prisma.sql`strpos(${text}, lower(${search})) > 0` : undefined,
    kind ? Prisma.sql`(e.network is null) = ${kind === "account"}` : undefined,
    status ? (status === "active" ? active : expired) : undefined,
    tenant ? Prisma.sql`e.tenant_id = ${tenantIdOf(tenant)}` : undefined,
  ].filter((condition) => condition !== undefined);
}

function beyond(sort: RateLimitExemptionSort, after: ExemptionPosition): Prisma.Sql {
  const position = Prisma.sql`(${after.expiresAt}::timestamptz, ${after.id}::uuid)`;
  return sort === "expiresAt"
    ? Prisma.sql`(e.expires_at, e.id) > ${position}`
    : Prisma.sql`(e.expires_at, e.id) < ${position}`;
}
