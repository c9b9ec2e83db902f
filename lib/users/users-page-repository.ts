import type { ScopedTx } from "@/lib/db/scoped-transaction";
import { tenantIdOf } from "@/lib/db/tenant-id-of";
import { Prisma } from "@/prisma/generated/client";
import type { UserSort } from "./schemas";
import { holdersOf, toUserConditions, type UserFilters } from "./user-conditions";
import { beyond, inOrder, type Place, type UserPosition, userOrders } from "./user-orders";

type PageQuery = {
  filters: UserFilters;
  sort: UserSort;
  after: UserPosition | undefined;
  limit: number;
  /** The tenant of the transaction; null on the platform. It opens nothing: it says where to begin. */
  tenantId: string | null;
};

/** The ids and sort keys of one page, in order. A keyset (row comparison), so that every page costs the same. */
export async function findPage(tx: ScopedTx, query: PageQuery): Promise<UserPosition[]> {
  const order = userOrders[query.sort];
  return tx.$queryRaw<UserPosition[]>`
    select u.id::text as id, ${order.toText} as value from (${pageOf(query)}) u ${inOrder(order)} limit ${query.limit}`;
}

/** Rows to read a page from, as `u`, and the columns in whose order they are read, where these are others than the list's. */
type Source = { from: Prisma.Sql; where: Prisma.Sql[]; place?: Place };

const everybody: Source = { from: Prisma.sql`"user" u`, where: [] };

function pageFrom({ filters, sort, after, limit, tenantId }: PageQuery, { from, where, place }: Source): Prisma.Sql {
  const order = userOrders[sort];
  const conditions = [
    ...where,
    ...toUserConditions(filters, tenantId),
    ...(after ? [beyond(order, after, place)] : []),
  ];
  return Prisma.sql`(select u.id, u.created_at, u.name, u.email from ${from}
    ${conditions.length === 0 ? Prisma.empty : Prisma.sql`where ${Prisma.join(conditions, " and ")}`}
    ${inOrder(order, place)} limit ${limit})`;
}

/** People that are gathered and sorted, at most. */
const gatheredMax = 6_000;

// A tenant's people are those at home there and its guests. In the order of creation both have an index, and a page reads
// little more than itself. By name or address a small tenant's are gathered and sorted, and so are a role's few holders:
// they are scattered over the installation, and an index in the list's order would be read from end to end to find them
// (300 ms at a million). Many are met in that index every few rows. Which of the two it is, is looked up within.
function pageOf(query: PageQuery): Prisma.Sql {
  const tenant = toTenant(query);
  const walks = tenant !== null && query.sort.endsWith("createdAt") ? peopleOf(tenant) : [everybody];
  const few = toFew(query, tenant);
  if (few === null) return union(walks.map((walk) => pageFrom(query, walk)));
  const count = Prisma.sql`(select count(*) from few)`;
  const gathered = Prisma.sql`(select u.* from few join "user" u on u.id = few.id offset 0) u`;
  const isMany = Prisma.sql`${count} >= ${gatheredMax}`;
  return Prisma.sql`
    with few as materialized (${few})
    ${union([
      pageFrom(query, { from: gathered, where: [Prisma.sql`${count} < ${gatheredMax}`] }),
      ...walks.map((walk) => pageFrom(query, { ...walk, where: [isMany, ...walk.where] })),
    ])}`;
}

// Whose page it is: of a tenant's scope, or of the tenant that the platform asks for; null for everybody's.
function toTenant({ filters, tenantId }: PageQuery): Prisma.Sql | null {
  if (tenantId !== null) return Prisma.sql`${tenantId}::uuid`;
  return filters.tenant ? tenantIdOf(filters.tenant) : null;
}

function peopleOf(tenant: Prisma.Sql): Source[] {
  const guests = {
    from: Prisma.sql`membership m join "user" u on u.id = m.user_id`,
    where: [isGuest(tenant)],
    place: { key: Prisma.sql`m.guest_account_at`, id: Prisma.sql`m.user_id` },
  };
  return [{ ...everybody, where: [Prisma.sql`u.home_tenant_id = ${tenant}`] }, guests];
}

// Whose ids may be gathered; null where a page is read in order in any case.
function toFew({ filters, sort, tenantId }: PageQuery, tenant: Prisma.Sql | null): Prisma.Sql | null {
  if (filters.role !== undefined) return holdersOf(filters.role, tenantId, gatheredMax);
  if (tenant === null || sort.endsWith("createdAt")) return null;
  return union([
    Prisma.sql`(select u.id from "user" u where u.home_tenant_id = ${tenant} limit ${gatheredMax})`,
    Prisma.sql`(select m.user_id from membership m where ${isGuest(tenant)} limit ${gatheredMax})`,
  ]);
}

function isGuest(tenant: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`m.tenant_id = ${tenant} and m.guest_account_at is not null`;
}

function union(parts: Prisma.Sql[]): Prisma.Sql {
  return Prisma.join(parts, " union ");
}

type SearchQuery = Omit<PageQuery, "filters" | "tenantId"> & { search: string };

/** As `findPage`, for users whose address or name matches a text: row-level security would cost a query its text index. */
export async function searchPage(tx: ScopedTx, { search, sort, after, limit }: SearchQuery): Promise<UserPosition[]> {
  const { descending, column } = userOrders[sort];
  return tx.$queryRaw<UserPosition[]>`
    select id::text as id, value from gatehouse.search_users(
      ${search}, ${column}, ${descending}, ${after?.value ?? null}, ${after?.id ?? null}::uuid, ${limit}::int)`;
}

/** Which of these users pass the filters. */
export async function findMatching(
  tx: ScopedTx,
  ids: string[],
  { filters, tenantId }: Pick<PageQuery, "filters" | "tenantId">,
): Promise<Set<string>> {
  if (ids.length === 0) return new Set();
  const conditions = [Prisma.sql`u.id = any(${ids}::uuid[])`, ...toUserConditions(filters, tenantId)];
  const rows = await tx.$queryRaw<{ id: string }[]>`
    select u.id::text as id from "user" u where ${Prisma.join(conditions, " and ")}`;
  return new Set(rows.map(({ id }) => id));
}
