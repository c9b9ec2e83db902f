import type { ScopedTx } from "@/lib/db/scoped-transaction";
import { Prisma } from "@/prisma/generated/client";

/** Removes up to `most` attempts older than 48 hours; returns how many. */
export async function removeOldAttempts(tx: ScopedTx, most: number): Promise<number> {
  return tx.$executeRaw`
    delete from rate_limit_attempt where (at, sequence) in (
      select at, sequence from rate_limit_attempt where at < now() - interval '48 hours' order by at limit ${most})`;
}

/** Removes up to `most` buckets of everything that have been kept for long enough; returns how many. */
export async function removeOldTallies(tx: ScopedTx, most: number): Promise<number> {
  return tx.$executeRaw`
    delete from rate_limit_tally t using (
      select rule, granularity, bucket_at from rate_limit_tally where ${isOld} limit ${most}) old
    where (t.rule, t.granularity, t.bucket_at) = (old.rule, old.granularity, old.bucket_at)`;
}

/** Removes up to `most` buckets of tenants that have been kept for long enough; returns how many. */
export async function removeOldTenantTallies(tx: ScopedTx, most: number): Promise<number> {
  return tx.$executeRaw`
    delete from rate_limit_tenant_tally t using (
      select tenant_id, rule, granularity, bucket_at from rate_limit_tenant_tally where ${isOld} limit ${most}) old
    where (t.tenant_id, t.rule, t.granularity, t.bucket_at) = (old.tenant_id, old.rule, old.granularity, old.bucket_at)`;
}

/** Removes up to `most` blocks by operators that ended thirty days ago; returns how many. */
export async function removeEndedBlocks(tx: ScopedTx, most: number): Promise<number> {
  return tx.$executeRaw`
    delete from rate_limit_block where id in (
      select id from rate_limit_block where blocked_until < now() - interval '30 days' limit ${most})`;
}

/** Removes up to `most` exemptions that ended thirty days ago; returns how many. */
export async function removeEndedExemptions(tx: ScopedTx, most: number): Promise<number> {
  return tx.$executeRaw`
    delete from rate_limit_exemption where id in (
      select id from rate_limit_exemption where expires_at < now() - interval '30 days' limit ${most})`;
}

const isOld = Prisma.sql`(granularity = 'minute' and bucket_at < now() - interval '2 days'
  or granularity = 'hour' and bucket_at < now() - interval '60 days'
  or granularity = 'day' and bucket_at < now() - interval '366 days')`;
