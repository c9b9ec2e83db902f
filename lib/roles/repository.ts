import type { ScopedTx } from "@/lib/db/scoped-transaction";
import { Prisma } from "@/prisma/generated/client";
import type { RoleSort } from "./schemas";

/** Holders are counted up to here: an exact count of more would cost what it counts. */
export const holdersCountMax = 1000;

/** A role of the scope, with its holders counted up to one more than `holdersCountMax`. */
export type RoleRow = {
  id: string;
  key: string;
  name: string;
  rank: number;
  /** Null or empty for built-in roles, whose permissions stand in code. */
  permissions: string[] | null;
  builtIn: boolean;
  createdAt: Date;
  updatedAt: Date;
  holders: number;
};

/** Where a page starts: behind the role with this sort key and id. */
export type RolePosition = { value: string; id: string };

type PageQuery = {
  /** The tenant of the transaction; null on the platform. */
  tenantId: string | null;
  /** Lower case; empty for none. */
  search: string;
  sort: RoleSort;
  after: RolePosition | undefined;
  limit: number;
};

const orders: Record<RoleSort, { key: Prisma.Sql; type: Prisma.Sql; descending: boolean }> = {
  rank: { key: Prisma.sql`r.rank`, type: Prisma.sql`int`, descending: false },
  "-rank": { key: Prisma.sql`r.rank`, type: Prisma.sql`int`, descending: true },
  name: { key: Prisma.sql`r.name`, type: Prisma.sql`text`, descending: false },
  "-name": { key: Prisma.sql`r.name`, type: Prisma.sql`text`, descending: true },
};

/** One page of the scope's roles, built-in ones included. */
export async function findPage(tx: ScopedTx, { tenantId, search, sort, after, limit }: PageQuery): Promise<RoleRow[]> {
  const { key, type, descending } = orders[sort];
  const conditions = [
    ofScope(tenantId),
    ...(search === "" ? [] : [Prisma.sql`(strpos(r.key, ${search}) > 0 or strpos(lower(r.name), ${search}) > 0)`]),
    ...(after ? [beyond({ key, type, descending }, after)] : []),
  ];
  const order = descending ? Prisma.sql`${key} desc, r.id desc` : Prisma.sql`${key} asc, r.id asc`;
  return tx.$queryRaw<RoleRow[]>`
    select ${columns(tenantId)} from role r where ${Prisma.join(conditions, " and ")} order by ${order} limit ${limit}`;
}

/** One role of the scope. */
export async function findById(tx: ScopedTx, tenantId: string | null, id: string): Promise<RoleRow | null> {
  const rows = await tx.$queryRaw<RoleRow[]>`
    select ${columns(tenantId)} from role r where r.id = ${id}::uuid and ${ofScope(tenantId)}`;
  return rows[0] ?? null;
}

/** Whether another role of the scope, a built-in one included, has this key. */
export async function isKeyTaken(tx: ScopedTx, tenantId: string | null, key: string): Promise<boolean> {
  const rows = await tx.$queryRaw<unknown[]>`select 1 from role r where r.key = ${key} and ${ofScope(tenantId)}`;
  return rows.length > 0;
}

/** A role to insert. */
export type NewRole = {
  id: string;
  tenantId: string | null;
  key: string;
  name: string;
  rank: number;
  permissions: string[];
};

/** Inserts a custom role. */
export async function insert(tx: ScopedTx, { id, tenantId, key, name, rank, permissions }: NewRole): Promise<void> {
  const scope = tenantId === null ? "platform" : "tenant";
  await tx.$executeRaw`
    insert into role (id, tenant_id, scope, key, name, rank, permissions)
    values (${id}::uuid, ${tenantId}::uuid, ${scope}, ${key}, ${name}, ${rank}::int, ${permissions}::text[])`;
}

/** What may change about a custom role. */
export type RoleChanges = { key?: string; name?: string; rank?: number; permissions?: string[] };

/** Writes the changes to one custom role. */
export async function update(tx: ScopedTx, id: string, changes: RoleChanges): Promise<void> {
  await tx.role.updateMany({ where: { id, builtIn: false }, data: changes });
}

/** Deletes one custom role that nobody holds. */
export async function remove(tx: ScopedTx, id: string): Promise<void> {
  await tx.role.deleteMany({ where: { id, builtIn: false } });
}

function columns(tenantId: string | null): Prisma.Sql {
  const holders =
    tenantId === null
      ? Prisma.sql`select 1 from platform_role_assignment a where a.role_id = r.id`
      : Prisma.sql`select 1 from membership_role mr where mr.tenant_id = ${tenantId}::uuid and mr.role_id = r.id`;
  return Prisma.sql`r.id::text as id, r.key, r.name, r.rank, r.permissions, r.built_in as "builtIn",
    r.created_at as "createdAt", r.updated_at as "updatedAt",
    (select count(*)::int from (${holders} limit ${holdersCountMax + 1}) h) as holders`;
}

function ofScope(tenantId: string | null): Prisma.Sql {
  if (tenantId === null) return Prisma.sql`r.scope = 'platform'`;
  return Prisma.sql`r.scope = 'tenant' and (r.tenant_id = ${tenantId}::uuid or r.built_in)`;
}

function beyond(
  { key, type, descending }: { key: Prisma.Sql; type: Prisma.Sql; descending: boolean },
  after: RolePosition,
): Prisma.Sql {
  const position = Prisma.sql`(${after.value}::${type}, ${after.id}::uuid)`;
  return descending ? Prisma.sql`(${key}, r.id) < ${position}` : Prisma.sql`(${key}, r.id) > ${position}`;
}
