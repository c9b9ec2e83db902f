import type { ScopedTx } from "@/lib/db/scoped-transaction";
import { tenantIdOf } from "@/lib/db/tenant-id-of";
import { Prisma } from "@/prisma/generated/client";
import type { BlockPosition } from "./block-order";

/** A block that an operator set. */
export type ManualBlockRow = {
  id: string;
  tenantId: string | null;
  dimension: "account" | "address" | "tenant" | "caller";
  subject: string;
  label: string;
  userId: string | null;
  userEmail: string | null;
  reason: string;
  blockedUntil: Date;
  /** By the clock of Postgres; none is left of a block that has ended. */
  secondsLeft: number;
  createdAt: Date;
  createdByType: string;
  createdById: string | null;
  createdByName: string;
};

/** Which manual blocks a page shows; those that have ended are in none. */
export type ManualBlockQuery = {
  search: string;
  dimension: string | undefined;
  tenant: string | undefined;
  descending: boolean;
  after: BlockPosition | undefined;
  limit: number;
};

/** One page of manual blocks, by the time until which they last and then by id. */
export async function findPage(tx: ScopedTx, query: ManualBlockQuery): Promise<ManualBlockRow[]> {
  const order = Prisma.raw(query.descending ? "desc" : "asc");
  const conditions = [Prisma.sql`b.blocked_until > now()`, ...toConditions(query)];
  return tx.$queryRaw<ManualBlockRow[]>`
    ${selectBlocks} where ${Prisma.join(conditions, " and ")}
    order by b.blocked_until ${order}, b.id ${order} limit ${query.limit}`;
}

function toConditions({ search, dimension, tenant, descending, after }: ManualBlockQuery): Prisma.Sql[] {
  const text = Prisma.sql`lower(concat_ws(E'\n', b.id, b.label, b.reason, u.name, u.email, u.id))`;
  const beyond = Prisma.raw(descending ? "<" : ">");
  return [
    search === "" ? undefined : Prisma.sql`strpos(${text}, lower(${search})) > 0`,
    dimension ? Prisma.sql`b.dimension = ${dimension}` : undefined,
    tenant ? Prisma.sql`b.tenant_id = ${tenantIdOf(tenant)}` : undefined,
    after
      ? Prisma.sql`(b.blocked_until, b.id::text collate "C") ${beyond} (${new Date(after.until)}::timestamptz, ${after.id})`
      : undefined,
  ].filter((condition) => condition !== undefined);
}

/** The manual block with this id, also one that has ended. */
export async function findById(tx: ScopedTx, id: string): Promise<ManualBlockRow | null> {
  const rows = await tx.$queryRaw<ManualBlockRow[]>`${selectBlocks} where b.id = ${id}::uuid`;
  return rows[0] ?? null;
}

/** A manual block to insert. */
export type NewManualBlock = Omit<ManualBlockRow, "userEmail" | "secondsLeft" | "createdAt">;

/** Inserts a block. */
export async function insert(tx: ScopedTx, block: NewManualBlock): Promise<void> {
  await tx.rateLimitBlock.createMany({ data: [block] });
}

/** Removes a block; false if it was gone already. */
export async function remove(tx: ScopedTx, id: string): Promise<boolean> {
  return (await tx.$executeRaw`delete from rate_limit_block where id = ${id}::uuid`) > 0;
}

/** How many manual blocks last in the scope, counted up to `most`. */
export async function countCurrent(tx: ScopedTx, most: number): Promise<number> {
  const rows = await tx.$queryRaw<{ count: number }[]>`
    select count(*)::int as count from (select from rate_limit_block where blocked_until > now() limit ${most}) current`;
  return rows[0]?.count ?? 0;
}

const selectBlocks = Prisma.sql`
  select b.id::text as id, b.tenant_id::text as "tenantId", b.dimension, b.subject, b.label, b.user_id::text as "userId",
    u.email as "userEmail", b.reason, b.blocked_until as "blockedUntil",
    greatest(0, ceil(extract(epoch from b.blocked_until - now())))::int as "secondsLeft", b.created_at as "createdAt",
    b.created_by_type as "createdByType", b.created_by_id as "createdById", b.created_by_name as "createdByName"
  from rate_limit_block b left join "user" u on u.id = b.user_id`;
