import type { ScopedTx } from "@/lib/db/scoped-transaction";
import { tenantIdOf } from "@/lib/db/tenant-id-of";
import { Prisma } from "@/prisma/generated/client";
import type { UserSort } from "./schemas";
import { toUserConditions, type UserFilters } from "./user-conditions";

/** Where a page starts: behind the row with this sort key and id. */
export type UserPosition = { value: string; id: string };

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
  const { filters, sort, after, limit, tenantId } = query;
  const { key, toText, fromText, descending } = orders[sort];
  const conditions = [
    ...toUserConditions(filters, tenantId),
    ...(after ? [beyond({ key, fromText, descending }, after)] : []),
  ];
  const order = descending ? Prisma.sql`${key} desc, u.id desc` : Prisma.sql`${key} asc, u.id asc`;
  const pageOf = (source: Prisma.Sql, extra: Prisma.Sql[]) => {
    const where = [...extra, ...conditions];
    return Prisma.sql`(select u.id, u.created_at, u.name, u.email from ${source}
      ${where.length === 0 ? Prisma.empty : Prisma.sql`where ${Prisma.join(where, " and ")}`} order by ${order} limit ${limit})`;
  };
  const people = toPeople(query);
  const page = people === null ? pageOf(Prisma.sql`"user" u`, []) : pageOfTenant(people, pageOf);
  return tx.$queryRaw<UserPosition[]>`
    select u.id::text as id, ${toText} as value from ${page} u order by ${order}`;
}

/** Ids that a tenant's people have at most, to be gathered and sorted; who is both a member and at home has two. */
const gatheredMax = 6_000;

// Whose page it is: of a tenant's scope, or of the tenant that the platform asks for; null for everybody's.
function toPeople({ filters, tenantId }: PageQuery): Prisma.Sql | null {
  const tenant = tenantId === null ? filters.tenant && tenantIdOf(filters.tenant) : Prisma.sql`${tenantId}::uuid`;
  if (!tenant) return null;
  const members = Prisma.sql`(select m.user_id as id from membership m where m.tenant_id = ${tenant} limit ${gatheredMax})`;
  if (tenantId === null) return members;
  return Prisma.sql`${members} union all (select h.id from "user" h where h.home_tenant_id = ${tenant} limit ${gatheredMax})`;
}

// The users of a small tenant are scattered over the installation: an index in the list's order would be read from end
// to end to find them (300 ms at a million), so they are gathered and sorted. Those of a large one are met in that index
// every few rows. Which of the two it is, is looked up; the other half of the statement then costs nothing.
function pageOfTenant(people: Prisma.Sql, pageOf: (source: Prisma.Sql, extra: Prisma.Sql[]) => Prisma.Sql): Prisma.Sql {
  const count = Prisma.sql`(select count(*) from people)`;
  const gathered = Prisma.sql`(select u.* from (select distinct id from people) p join "user" u on u.id = p.id offset 0) u`;
  return Prisma.sql`(
    with people as materialized (${people})
    ${pageOf(gathered, [Prisma.sql`${count} < ${gatheredMax}`])}
    union all ${pageOf(Prisma.sql`"user" u`, [Prisma.sql`${count} >= ${gatheredMax}`])})`;
}

type SearchQuery = Omit<PageQuery, "filters" | "tenantId"> & { search: string };

/** As `findPage`, for users whose address or name matches a text: row-level security would cost a query its text index. */
export async function searchPage(tx: ScopedTx, { search, sort, after, limit }: SearchQuery): Promise<UserPosition[]> {
  const { descending, column } = orders[sort];
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

type Order = {
  key: Prisma.Sql;
  /** The key as the cursor carries it. */
  toText: Prisma.Sql;
  /** The key from a cursor's text. */
  fromText: (text: string) => Prisma.Sql;
  descending: boolean;
  /** The name by which the search function knows the column. */
  column: string;
};

const createdAt = {
  column: "created_at",
  key: Prisma.sql`u.created_at`,
  toText: Prisma.sql`to_char(u.created_at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`,
  fromText: (text: string) => Prisma.sql`${text}::timestamptz`,
};
const email = {
  column: "email",
  key: Prisma.sql`u.email`,
  toText: Prisma.sql`u.email`,
  fromText: (text: string) => Prisma.sql`${text}`,
};
const name = { ...email, column: "name", key: Prisma.sql`u.name`, toText: Prisma.sql`u.name` };

/** The allow-list of orders; each column has an index that ends in the id. */
const orders: Record<UserSort, Order> = {
  createdAt: { ...createdAt, descending: false },
  "-createdAt": { ...createdAt, descending: true },
  email: { ...email, descending: false },
  "-email": { ...email, descending: true },
  name: { ...name, descending: false },
  "-name": { ...name, descending: true },
};

function beyond(
  { key, fromText, descending }: Pick<Order, "key" | "fromText" | "descending">,
  after: UserPosition,
): Prisma.Sql {
  const position = Prisma.sql`(${fromText(after.value)}, ${after.id}::uuid)`;
  return descending ? Prisma.sql`(${key}, u.id) < ${position}` : Prisma.sql`(${key}, u.id) > ${position}`;
}
