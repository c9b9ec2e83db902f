import { Prisma } from "@/prisma/generated/client";
import type { SessionSort } from "./schemas";

/** An order of the sessions list: where its key stands, and where a page by it begins. */
export type SessionOrder = {
  /** The key's column, of the same name in the history. */
  column: Prisma.Sql;
  /** The table that has live sessions in the key's order, and what joins them where that is not their own. */
  table: Prisma.Sql;
  join: Prisma.Sql;
  /** The row that holds the key, the session's id and its tenants. */
  row: Prisma.Sql;
  id: Prisma.Sql;
  direction: Prisma.Sql;
  /** Compares (key, id) with a position behind which a page starts. */
  beyond: Prisma.Sql;
  /** Whether the key moves while somebody turns the pages. */
  moves: boolean;
};

const session = {
  table: Prisma.sql`session`,
  join: Prisma.empty,
  row: Prisma.raw("s"),
  id: Prisma.sql`s.id`,
  moves: false,
};
const activity = {
  table: Prisma.sql`session_activity`,
  join: Prisma.sql`join session s on s.id = a.session_id`,
  row: Prisma.raw("a"),
  id: Prisma.sql`a.session_id`,
  moves: true,
};

const keys = {
  createdAt: { ...session, column: Prisma.raw("created_at") },
  expiresAt: { ...session, column: Prisma.raw("expires_at") },
  lastSeenAt: { ...activity, column: Prisma.raw("last_seen_at") },
};

const ascending = { direction: Prisma.raw("asc"), beyond: Prisma.raw(">") };
const descending = { direction: Prisma.raw("desc"), beyond: Prisma.raw("<") };

/** The allow-list of orders; each has an index that ends in the id, for everybody's sessions and for a tenant's. */
export const sessionOrders: Record<SessionSort, SessionOrder> = {
  createdAt: { ...keys.createdAt, ...ascending },
  "-createdAt": { ...keys.createdAt, ...descending },
  expiresAt: { ...keys.expiresAt, ...ascending },
  "-expiresAt": { ...keys.expiresAt, ...descending },
  lastSeenAt: { ...keys.lastSeenAt, ...ascending },
  "-lastSeenAt": { ...keys.lastSeenAt, ...descending },
};
