import type { ScopedTx } from "@/lib/db/scoped-transaction";
import { Prisma } from "@/prisma/generated/client";
import type { ListUsersInput, UserSort } from "./schemas";

/** What narrows the list. */
export type UserFilters = Omit<ListUsersInput, "sort" | "limit" | "cursor" | "search">;

/** Where a page starts: behind the row with this sort key and id. */
export type UserPosition = { value: string; id: string };

type PageQuery = { filters: UserFilters; sort: UserSort; after: UserPosition | undefined; limit: number };

/** The ids and sort keys of one page, in order. A keyset (row comparison), so that every page costs the same. */
export async function findPage(tx: ScopedTx, { filters, sort, after, limit }: PageQuery): Promise<UserPosition[]> {
  const { key, toText, fromText, descending } = orders[sort];
  const conditions = [...toConditions(filters), ...(after ? [beyond({ key, fromText, descending }, after)] : [])];
  const where = conditions.length === 0 ? Prisma.empty : Prisma.sql`where ${Prisma.join(conditions, " and ")}`;
  const order = descending ? Prisma.sql`${key} desc, u.id desc` : Prisma.sql`${key} asc, u.id asc`;
  return tx.$queryRaw<UserPosition[]>`
    select u.id::text as id, ${toText} as value from "user" u ${where} order by ${order} limit ${limit}`;
}

type SearchQuery = Omit<PageQuery, "filters"> & { search: string };

/** As `findPage`, for users whose address or name matches a text: row-level security would cost a query its text index. */
export async function searchPage(tx: ScopedTx, { search, sort, after, limit }: SearchQuery): Promise<UserPosition[]> {
  const { descending, column } = orders[sort];
  return tx.$queryRaw<UserPosition[]>`
    select id::text as id, value from gatehouse.search_users(
      ${search}, ${column}, ${descending}, ${after?.value ?? null}, ${after?.id ?? null}::uuid, ${limit}::int)`;
}

/** Which of these users pass the filters. */
export async function findMatching(tx: ScopedTx, ids: string[], filters: UserFilters): Promise<Set<string>> {
  if (ids.length === 0) return new Set();
  const conditions = [Prisma.sql`u.id = any(${ids}::uuid[])`, ...toConditions(filters)];
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

const isLocked = Prisma.sql`(u.locked_at is not null and (u.locked_until is null or u.locked_until > now()))`;

const statuses: Record<NonNullable<UserFilters["status"]>, Prisma.Sql> = {
  locked: isLocked,
  invited: Prisma.sql`(not ${isLocked} and u.invited_at is not null)`,
  active: Prisma.sql`(not ${isLocked} and u.invited_at is null)`,
};

function toConditions(filters: UserFilters): Prisma.Sql[] {
  const { status, role, tenant, emailVerified, createdAfter, createdBefore, lastSeenBefore } = filters;
  return [
    status ? statuses[status] : undefined,
    role ? holdsRole(role) : undefined,
    tenant ? isMember(tenant) : undefined,
    emailVerified === undefined ? undefined : Prisma.sql`u.email_verified = ${emailVerified}`,
    createdAfter ? Prisma.sql`u.created_at >= ${createdAfter}::timestamptz` : undefined,
    createdBefore ? Prisma.sql`u.created_at < ${createdBefore}::timestamptz` : undefined,
    lastSeenBefore ? notSeenSince(lastSeenBefore) : undefined,
  ].filter((condition) => condition !== undefined);
}

function holdsRole(roleId: string): Prisma.Sql {
  return Prisma.sql`u.id in (
    select a.user_id from platform_role_assignment a where a.role_id = ${roleId}::uuid
    union all select m.user_id from membership_role r join membership m on m.id = r.membership_id
      where r.role_id = ${roleId}::uuid)`;
}

function isMember(tenant: string): Prisma.Sql {
  return Prisma.sql`u.id in (select m.user_id from membership m
    where m.tenant_id = (select t.id from tenant t where t.slug = ${tenant} or t.id::text = lower(${tenant}) limit 1))`;
}

function notSeenSince(moment: string): Prisma.Sql {
  return Prisma.sql`u.created_at < ${moment}::timestamptz and not exists (
    select 1 from user_activity a where a.user_id = u.id and a.last_seen_at >= ${moment}::timestamptz)`;
}
