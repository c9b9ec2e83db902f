import type { ScopedTx } from "@/lib/db/scoped-transaction";
import { Prisma } from "@/prisma/generated/client";
import type { ListTenantsInput, TenantSort, TenantStatus } from "./schemas";

/** Where a page starts: behind the row with this sort key and id. */
export type TenantPosition = { value: string; id: string };

type PageQuery = Pick<ListTenantsInput, "status" | "sort" | "limit"> & {
  /** Trimmed; empty for none. */
  search: string;
  after: TenantPosition | undefined;
};

/** The ids and sort keys of one page, in order. */
export async function findPage(
  tx: ScopedTx,
  { search, status, sort, after, limit }: PageQuery,
): Promise<TenantPosition[]> {
  const { key, toText, descending } = orders[sort];
  const conditions = [
    ...(status ? [statuses[status]] : []),
    ...(search === "" ? [] : [matches(search)]),
    ...(after ? [beyond(orders[sort], after)] : []),
  ];
  const where = conditions.length === 0 ? Prisma.empty : Prisma.sql`where ${Prisma.join(conditions, " and ")}`;
  const order = descending ? Prisma.sql`${key} desc, t.id desc` : Prisma.sql`${key} asc, t.id asc`;
  return tx.$queryRaw<TenantPosition[]>`
    select t.id::text as id, ${toText} as value from tenant t ${where} order by ${order} limit ${limit}::int`;
}

function beyond({ key, fromText, descending }: Order, { value, id }: TenantPosition): Prisma.Sql {
  const position = Prisma.sql`(${fromText(value)}, ${id}::uuid)`;
  return descending ? Prisma.sql`(${key}, t.id) < ${position}` : Prisma.sql`(${key}, t.id) > ${position}`;
}

const statuses: Record<TenantStatus, Prisma.Sql> = {
  active: Prisma.sql`t.suspended_at is null`,
  suspended: Prisma.sql`t.suspended_at is not null and t.deletes_at is null`,
  deleting: Prisma.sql`t.deletes_at is not null`,
};

// Tenants are thousands where users are millions: going through them costs less than an index for every insert.
function matches(search: string): Prisma.Sql {
  return Prisma.sql`strpos(lower(t.name) || E'\n' || t.slug, lower(${search})) > 0`;
}

type Order = {
  key: Prisma.Sql;
  /** The key as the cursor carries it. */
  toText: Prisma.Sql;
  /** The key from a cursor's text. */
  fromText: (text: string) => Prisma.Sql;
  descending: boolean;
};

const createdAt = {
  key: Prisma.sql`t.created_at`,
  toText: Prisma.sql`to_char(t.created_at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`,
  fromText: (text: string) => Prisma.sql`${text}::timestamptz`,
};
const name = {
  key: Prisma.sql`t.name`,
  toText: Prisma.sql`t.name`,
  fromText: (text: string) => Prisma.sql`${text}`,
};

/** The allow-list of orders; each column has an index that ends in the id. */
const orders: Record<TenantSort, Order> = {
  createdAt: { ...createdAt, descending: false },
  "-createdAt": { ...createdAt, descending: true },
  name: { ...name, descending: false },
  "-name": { ...name, descending: true },
};
