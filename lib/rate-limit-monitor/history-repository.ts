import type { ScopedTx } from "@/lib/db/scoped-transaction";
import { tenantIdOf } from "@/lib/db/tenant-id-of";
import { Prisma } from "@/prisma/generated/client";
import type { RateLimitRuleKey } from "./schemas";
import type { RateLimitGranularity } from "./series-schemas";

/** What one bucket counted. */
export type BucketRow = {
  at: Date;
  allowed: number;
  refused: number;
  observed: number;
  degraded: number;
  uniqueAddresses: number | null;
};

/** Which buckets: `from` inclusive, `to` exclusive; without a rule all of them together. */
export type BucketQuery = {
  rule: RateLimitRuleKey | undefined;
  granularity: RateLimitGranularity;
  from: Date;
  to: Date;
};

/** Buckets of everything that was decided, those without a decision left out. Oldest first. */
export async function findBuckets(tx: ScopedTx, query: BucketQuery): Promise<BucketRow[]> {
  const unique = query.rule ? Prisma.sql`max(unique_addresses)::float8` : Prisma.sql`null::float8`;
  return tx.$queryRaw<BucketRow[]>`
    select bucket_at as at, ${sums}, ${unique} as "uniqueAddresses" from rate_limit_tally
    where ${toWhere(query)} group by bucket_at order by bucket_at`;
}

/** As `findBuckets`, of what concerned one tenant; without one, of whichever tenant the scope is. */
export async function findTenantBuckets(tx: ScopedTx, query: BucketQuery, tenant?: string): Promise<BucketRow[]> {
  const ofTenant = tenant === undefined ? Prisma.empty : Prisma.sql`and tenant_id = ${tenantIdOf(tenant)}`;
  return tx.$queryRaw<BucketRow[]>`
    select bucket_at as at, ${sums}, null::float8 as "uniqueAddresses" from rate_limit_tenant_tally
    where ${toWhere(query)} ${ofTenant} group by bucket_at order by bucket_at`;
}

/** The minutes of every rule since a moment. */
export async function findMinutes(
  tx: ScopedTx,
  { since, inTenant }: { since: Date; inTenant: boolean },
): Promise<(BucketRow & { rule: string })[]> {
  const table = Prisma.raw(inTenant ? "rate_limit_tenant_tally" : "rate_limit_tally");
  return tx.$queryRaw<(BucketRow & { rule: string })[]>`
    select rule, bucket_at as at, ${sums}, null::float8 as "uniqueAddresses" from ${table}
    where granularity = 'minute' and bucket_at >= ${since}::timestamptz group by rule, bucket_at order by bucket_at`;
}

const sums = Prisma.sql`sum(allowed)::float8 as allowed, sum(refused)::float8 as refused, sum(observed)::float8 as observed,
  sum(degraded)::float8 as degraded`;

function toWhere({ rule, granularity, from, to }: BucketQuery): Prisma.Sql {
  const ofRule = rule === undefined ? Prisma.empty : Prisma.sql`rule = ${rule} and`;
  return Prisma.sql`${ofRule} granularity = ${granularity} and bucket_at >= ${from}::timestamptz and bucket_at < ${to}::timestamptz`;
}
