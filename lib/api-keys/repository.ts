import type { ScopedTx } from "@/lib/db/scoped-transaction";
import { Prisma } from "@/prisma/generated/client";
import type { ApiKeySort, ListApiKeysInput } from "./schemas";

/** A key with what it refers to; the owner's name is null where the scope does not show the person. */
export type ApiKeyRow = {
  id: string;
  name: string;
  prefix: string;
  tenantId: string | null;
  tenantSlug: string | null;
  tenantName: string | null;
  ownerId: string;
  ownerName: string | null;
  ownerEmail: string | null;
  permissions: string[];
  createdAt: Date;
  expiresAt: Date;
  isExpired: boolean;
  lastUsedAt: Date | null;
  lastUsedAddress: string | null;
  previousExpiresAt: Date | null;
  revokedAt: Date | null;
  revokedByType: string | null;
  revokedById: string | null;
  revokedByName: string | null;
};

/** A key to insert. */
export type NewApiKey = {
  id: string;
  tenantId: string | null;
  ownerId: string;
  name: string;
  prefix: string;
  secretHash: string;
  permissions: string[];
  expiresAt: Date;
};

/** Where a page starts: behind this key. */
export type ApiKeyPosition = { createdAt: string; id: string };

type PageQuery = {
  filters: Pick<ListApiKeysInput, "search" | "status" | "tenant">;
  sort: ApiKeySort;
  after: ApiKeyPosition | undefined;
  limit: number;
};

/** One page of keys by keyset. */
export async function findPage(tx: ScopedTx, { filters, sort, after, limit }: PageQuery): Promise<ApiKeyRow[]> {
  const order = Prisma.raw(sort === "createdAt" ? "asc" : "desc");
  const conditions = [...toConditions(filters), ...(after ? [beyond(sort, after)] : [])];
  const where = conditions.length === 0 ? Prisma.empty : Prisma.sql`where ${Prisma.join(conditions, " and ")}`;
  return tx.$queryRaw<ApiKeyRow[]>`${selectKeys} ${where} order by k.created_at ${order}, k.id ${order} limit ${limit}`;
}

/** The key with this id, held against changes until the transaction ends. */
export async function lockById(tx: ScopedTx, id: string): Promise<ApiKeyRow | null> {
  await tx.$queryRaw`select 1 from api_key where id = ${id}::uuid for update`;
  return findById(tx, id);
}

/** The key with this id. */
export async function findById(tx: ScopedTx, id: string): Promise<ApiKeyRow | null> {
  const rows = await tx.$queryRaw<ApiKeyRow[]>`${selectKeys} where k.id = ${id}::uuid`;
  return rows[0] ?? null;
}

/** Inserts a key. */
export async function insert(tx: ScopedTx, key: NewApiKey): Promise<void> {
  await tx.apiKey.createMany({ data: [key] });
}

/** Replaces a key's secret; the old one is accepted until the given time, and the one before it no longer. */
export async function updateSecret(
  tx: ScopedTx,
  { id, prefix, secretHash, previousUntil }: { id: string; prefix: string; secretHash: string; previousUntil: Date },
): Promise<void> {
  await tx.$executeRaw`
    update api_key set previous_secret_hash = secret_hash, previous_expires_at = ${previousUntil}::timestamptz,
      secret_hash = ${secretHash}, prefix = ${prefix}
    where id = ${id}::uuid`;
}

/** Marks a key as revoked. */
export async function updateRevoked(
  tx: ScopedTx,
  id: string,
  by: { type: string; id: string | null; name: string },
): Promise<void> {
  await tx.$executeRaw`
    update api_key set revoked_at = now(), revoked_by_type = ${by.type}, revoked_by_id = ${by.id}, revoked_by_name = ${by.name}
    where id = ${id}::uuid`;
}

const selectKeys = Prisma.sql`
  select k.id::text as id, k.name, k.prefix, k.tenant_id::text as "tenantId", t.slug as "tenantSlug", t.name as "tenantName",
    k.owner_id::text as "ownerId", u.name as "ownerName", u.email as "ownerEmail", k.permissions, k.created_at as "createdAt",
    k.expires_at as "expiresAt", k.expires_at <= now() as "isExpired", k.last_used_at as "lastUsedAt",
    host(k.last_used_address) as "lastUsedAddress", k.previous_expires_at as "previousExpiresAt", k.revoked_at as "revokedAt",
    k.revoked_by_type as "revokedByType", k.revoked_by_id as "revokedById", k.revoked_by_name as "revokedByName"
  from api_key k left join "user" u on u.id = k.owner_id left join tenant t on t.id = k.tenant_id`;

const statuses: Record<NonNullable<ListApiKeysInput["status"]>, Prisma.Sql> = {
  active: Prisma.sql`k.revoked_at is null and k.expires_at > now()`,
  expired: Prisma.sql`k.revoked_at is null and k.expires_at <= now()`,
  revoked: Prisma.sql`k.revoked_at is not null`,
};

function toConditions({ search, status, tenant }: PageQuery["filters"]): Prisma.Sql[] {
  return [
    search
      ? Prisma.sql`(strpos(lower(k.name), lower(${search})) > 0 or starts_with(k.prefix, left(${search}, 8)))`
      : undefined,
    status ? Prisma.sql`(${statuses[status]})` : undefined,
    tenant ? Prisma.sql`(t.slug = ${tenant} or t.id::text = lower(${tenant}))` : undefined,
  ].filter((condition) => condition !== undefined);
}

function beyond(sort: ApiKeySort, after: ApiKeyPosition): Prisma.Sql {
  const position = Prisma.sql`(${after.createdAt}::timestamptz, ${after.id}::uuid)`;
  return sort === "createdAt"
    ? Prisma.sql`(k.created_at, k.id) > ${position}`
    : Prisma.sql`(k.created_at, k.id) < ${position}`;
}
