import { Prisma } from "@/prisma/generated/client";
import type { UserSort } from "./schemas";

/** Where a page starts: behind the row with this sort key and id. */
export type UserPosition = { value: string; id: string };

/** The columns in whose order rows are read. */
export type Place = { key: Prisma.Sql; id: Prisma.Sql };

/** One order of the users list. */
export type UserOrder = Place & {
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
  id: Prisma.sql`u.id`,
  toText: Prisma.sql`to_char(u.created_at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`,
  fromText: (text: string) => Prisma.sql`${text}::timestamptz`,
};
const email = {
  column: "email",
  key: Prisma.sql`u.email`,
  id: Prisma.sql`u.id`,
  toText: Prisma.sql`u.email`,
  fromText: (text: string) => Prisma.sql`${text}`,
};
const name = { ...email, column: "name", key: Prisma.sql`u.name`, toText: Prisma.sql`u.name` };

/** The allow-list of orders; each column has an index that ends in the id. */
export const userOrders: Record<UserSort, UserOrder> = {
  createdAt: { ...createdAt, descending: false },
  "-createdAt": { ...createdAt, descending: true },
  email: { ...email, descending: false },
  "-email": { ...email, descending: true },
  name: { ...name, descending: false },
  "-name": { ...name, descending: true },
};

/** The clause that puts rows in this order, by the columns of `place`. */
export function inOrder(order: UserOrder, { key, id }: Place = order): Prisma.Sql {
  return order.descending ? Prisma.sql`order by ${key} desc, ${id} desc` : Prisma.sql`order by ${key} asc, ${id} asc`;
}

/** The condition that a row comes after a position, by the columns of `place`. */
export function beyond(order: UserOrder, after: UserPosition, { key, id }: Place = order): Prisma.Sql {
  const comparison = order.descending ? Prisma.sql`<` : Prisma.sql`>`;
  return Prisma.sql`(${key}, ${id}) ${comparison} (${order.fromText(after.value)}, ${after.id}::uuid)`;
}
