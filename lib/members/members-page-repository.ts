import type { ScopedTx } from "@/lib/db/scoped-transaction";
import { Prisma } from "@/prisma/generated/client";
import type { MemberSort } from "./schemas";

/** Where a page starts: behind the row with this sort key and id. */
export type MemberPosition = { value: string; id: string };

/** A member's user and where their row stands in the list. */
export type MemberPlace = MemberPosition & { userId: string };

type PageQuery = {
  tenantId: string;
  /** The id of a role that they hold. */
  role: string | undefined;
  sort: MemberSort;
  after: MemberPosition | undefined;
  limit: number;
};

/** Rows up to which members or holders of a role are gathered and sorted. */
const gatheredMax = 6_000;

/**
 * One page of members, in order. In the order of joining it follows the index of the tenant's memberships. Otherwise it
 * starts from these or from the holders of the role: few are gathered and sorted, many are met every few rows in the
 * index of the order. Which of the two it is, is looked up within.
 */
export async function findPage(tx: ScopedTx, query: PageQuery): Promise<MemberPlace[]> {
  const { tenantId, role, sort, limit } = query;
  const { key, id, toText, descending, walk } = orders[sort];
  const order = descending ? Prisma.sql`${key} desc, ${id} desc` : Prisma.sql`${key} asc, ${id} asc`;
  const direction = descending ? Prisma.sql`desc` : Prisma.sql`asc`;
  const pageOf = (source: Prisma.Sql, condition: Prisma.Sql) => Prisma.sql`(
    select ${id}::text as id, m.user_id::text as "userId", ${toText} as value, ${key} as sort_key, ${id} as sort_id
    from ${source} where ${condition} and ${beyond(query)} order by ${order} limit ${limit})`;
  const inOrder = Prisma.sql`order by sort_key ${direction}, sort_id ${direction}`;
  if (role === undefined && sort.endsWith("joinedAt")) {
    const page = pageOf(walk(tenantId), Prisma.sql`true`);
    return tx.$queryRaw<MemberPlace[]>`select id, "userId", value from ${page} page ${inOrder}`;
  }
  const gathered = Prisma.sql`people p join membership m on m.id = p.id join "user" u on u.id = m.user_id`;
  const count = Prisma.sql`(select count(*) from people)`;
  return tx.$queryRaw<MemberPlace[]>`
    with people as materialized (${peopleOf(tenantId, role)})
    select id, "userId", value from (
      ${pageOf(gathered, Prisma.sql`${count} < ${gatheredMax}`)}
      union all ${pageOf(walk(tenantId), Prisma.sql`${count} >= ${gatheredMax} and ${holds(role)}`)}
    ) page ${inOrder}`;
}

function beyond({ sort, after }: PageQuery): Prisma.Sql {
  const { key, id, fromText, descending } = orders[sort];
  if (!after) return Prisma.sql`true`;
  const comparison = descending ? Prisma.sql`<` : Prisma.sql`>`;
  return Prisma.sql`(${key}, ${id}) ${comparison} (${fromText(after.value)}, ${after.id}::uuid)`;
}

function peopleOf(tenantId: string, role: string | undefined): Prisma.Sql {
  return role === undefined
    ? Prisma.sql`select m.id from membership m where m.tenant_id = ${tenantId}::uuid limit ${gatheredMax}`
    : Prisma.sql`select r.membership_id as id from membership_role r
        where r.tenant_id = ${tenantId}::uuid and r.role_id = ${role}::uuid limit ${gatheredMax}`;
}

// A scalar subselect: an EXISTS would be hashed, which reads every holder to judge a few rows.
function holds(role: string | undefined): Prisma.Sql {
  if (role === undefined) return Prisma.sql`true`;
  return Prisma.sql`(select true from membership_role r where r.membership_id = m.id and r.role_id = ${role}::uuid)`;
}

type SearchQuery = Omit<PageQuery, "tenantId" | "role"> & { search: string };

/**
 * Candidates of a search in the order of names or addresses: people of the tenant, members or not. Row-level security
 * would cost a query its text index, hence the function.
 */
export async function searchPage(tx: ScopedTx, { search, sort, after, limit }: SearchQuery): Promise<MemberPosition[]> {
  const { column, descending } = orders[sort];
  return tx.$queryRaw<MemberPosition[]>`
    select id::text as id, value from gatehouse.search_users(
      ${search}, ${column}, ${descending}, ${after?.value ?? null}, ${after?.id ?? null}::uuid, ${limit}::int)`;
}

/** Which of these users are members and hold the role. */
export async function findMatching(
  tx: ScopedTx,
  userIds: string[],
  { tenantId, role }: Pick<PageQuery, "tenantId" | "role">,
): Promise<Set<string>> {
  const rows = await tx.$queryRaw<{ id: string }[]>`
    select m.user_id::text as id from membership m
    where m.tenant_id = ${tenantId}::uuid and m.user_id = any(${userIds}::uuid[]) and ${holds(role)}`;
  return new Set(rows.map(({ id }) => id));
}

type Order = {
  key: Prisma.Sql;
  id: Prisma.Sql;
  /** The key as the cursor carries it, and back. */
  toText: Prisma.Sql;
  fromText: (text: string) => Prisma.Sql;
  descending: boolean;
  /** The name by which the search function knows the column. */
  column: string;
  /** Members in the order of an index. */
  walk: (tenantId: string) => Prisma.Sql;
};

const joinedAt = {
  column: "created_at",
  key: Prisma.sql`m.created_at`,
  id: Prisma.sql`m.id`,
  toText: Prisma.sql`to_char(m.created_at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`,
  fromText: (text: string) => Prisma.sql`${text}::timestamptz`,
  walk: (tenantId: string) => Prisma.sql`(select * from membership m where m.tenant_id = ${tenantId}::uuid) m`,
};

const ofUser = (column: "name" | "email", key: Prisma.Sql) => ({
  column,
  key,
  id: Prisma.sql`u.id`,
  toText: key,
  fromText: (text: string) => Prisma.sql`${text}`,
  walk: (tenantId: string) => Prisma.sql`"user" u cross join lateral (
    select * from membership m where m.user_id = u.id and m.tenant_id = ${tenantId}::uuid offset 0) m`,
});

const name = ofUser("name", Prisma.sql`u.name`);
const email = ofUser("email", Prisma.sql`u.email`);

/** The allow-list of orders; each has an index that ends in its id. */
const orders: Record<MemberSort, Order> = {
  joinedAt: { ...joinedAt, descending: false },
  "-joinedAt": { ...joinedAt, descending: true },
  name: { ...name, descending: false },
  "-name": { ...name, descending: true },
  email: { ...email, descending: false },
  "-email": { ...email, descending: true },
};
