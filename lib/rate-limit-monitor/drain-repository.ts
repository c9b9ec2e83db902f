import type { ScopedTx } from "@/lib/db/scoped-transaction";
import type { MinuteTally, StreamedAttempt, TenantMinuteTally } from "./collected";

/** What is collected. */
export type DrainName = "attempts" | "tallies";

/** How far the collector has come, held against others until the transaction ends; null: it has not begun. */
export async function lockPosition(tx: ScopedTx, name: DrainName): Promise<string | null> {
  await tx.$executeRaw`insert into rate_limit_drain (name, position) values (${name}, '') on conflict do nothing`;
  const rows = await tx.$queryRaw<{ position: string }[]>`
    select position from rate_limit_drain where name = ${name} for update`;
  return rows[0]?.position || null;
}

/** Says how far the collector has come. */
export async function savePosition(tx: ScopedTx, name: DrainName, position: string): Promise<void> {
  await tx.$executeRaw`update rate_limit_drain set position = ${position}, updated_at = now() where name = ${name}`;
}

/** Inserts attempts; one that is there already stays as it is. */
export async function insertAttempts(tx: ScopedTx, attempts: readonly StreamedAttempt[]): Promise<void> {
  if (attempts.length === 0) return;
  const rows = attempts.map(({ at, hash, userId, ...rest }) => ({
    ...rest,
    at: at.toISOString(),
    subject: hash,
    user_id: userId,
  }));
  await tx.$executeRaw`
    insert into rate_limit_attempt (at, sequence, rule, subject, outcome, cost, entry, label, user_id)
    select at, sequence, rule, subject, outcome, cost, entry, label, user_id
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as row
      (at timestamptz, sequence int, rule text, subject text, outcome text, cost int, entry text, label text, user_id uuid)
    on conflict (at, sequence) do nothing`;
}

// A minute that is counted again may have been forgotten in part, by a flush of Redis, but never counted less.
/** Writes what minutes counted everywhere. Counted twice, a minute is what it was the first time. */
export async function saveMinutes(tx: ScopedTx, tallies: readonly MinuteTally[]): Promise<void> {
  if (tallies.length === 0) return;
  await tx.$executeRaw`
    insert into rate_limit_tally as t (rule, granularity, bucket_at, allowed, refused, observed, degraded, unique_addresses)
    select rule, 'minute', to_timestamp(minute * 60), allowed, refused, observed, degraded, "uniqueAddresses"
    from jsonb_to_recordset(${JSON.stringify(tallies)}::jsonb) as row
      (rule text, minute bigint, allowed bigint, refused bigint, observed bigint, degraded bigint, "uniqueAddresses" int)
    on conflict (rule, granularity, bucket_at) do update set
      allowed = greatest(t.allowed, excluded.allowed), refused = greatest(t.refused, excluded.refused),
      observed = greatest(t.observed, excluded.observed), degraded = greatest(t.degraded, excluded.degraded),
      unique_addresses = greatest(t.unique_addresses, excluded.unique_addresses)`;
}

/** The same for what concerned tenants; one that is gone is passed over. */
export async function saveTenantMinutes(tx: ScopedTx, tallies: readonly TenantMinuteTally[]): Promise<void> {
  if (tallies.length === 0) return;
  await tx.$executeRaw`
    insert into rate_limit_tenant_tally as t (tenant_id, rule, granularity, bucket_at, allowed, refused, observed, degraded)
    select tenant.id, row.rule, 'minute', to_timestamp(row.minute * 60), row.allowed, row.refused, row.observed, row.degraded
    from jsonb_to_recordset(${JSON.stringify(tallies)}::jsonb) as row
      ("tenantId" uuid, rule text, minute bigint, allowed bigint, refused bigint, observed bigint, degraded bigint)
    join tenant on tenant.id = row."tenantId"
    on conflict (tenant_id, rule, granularity, bucket_at) do update set
      allowed = greatest(t.allowed, excluded.allowed), refused = greatest(t.refused, excluded.refused),
      observed = greatest(t.observed, excluded.observed), degraded = greatest(t.degraded, excluded.degraded)`;
}

/** Hours and days between two moments, and the network addresses that each rule has seen in them. */
export type SumUp = {
  from: Date;
  to: Date;
  unique: readonly { rule: string; granularity: "hour" | "day"; at: string; count: number }[];
};

/** Adds up the minutes, and then the hours, of all hours and days that a span of time touches. */
export async function sumUpTallies(tx: ScopedTx, { from, to, unique }: SumUp): Promise<void> {
  for (const [granularity, part] of [
    ["hour", "minute"],
    ["day", "hour"],
  ] as const) {
    await tx.$executeRaw`
      insert into rate_limit_tally as t (rule, granularity, bucket_at, allowed, refused, observed, degraded, unique_addresses)
      select p.rule, ${granularity}::text, date_trunc(${granularity}::text, p.bucket_at, 'UTC') as bucket, sum(p.allowed), sum(p.refused),
        sum(p.observed), sum(p.degraded), greatest(max(p.unique_addresses), coalesce(max(u.count), 0))
      from rate_limit_tally p
      left join jsonb_to_recordset(${JSON.stringify(unique)}::jsonb) as u (rule text, granularity text, at timestamptz, count int)
        on u.rule = p.rule and u.granularity = ${granularity}::text and u.at = date_trunc(${granularity}::text, p.bucket_at, 'UTC')
      where p.granularity = ${part} and p.bucket_at >= date_trunc(${granularity}::text, ${from}::timestamptz, 'UTC')
        and p.bucket_at < date_trunc(${granularity}::text, ${to}::timestamptz, 'UTC') + ('1 ' || ${granularity}::text)::interval
      group by p.rule, bucket
      on conflict (rule, granularity, bucket_at) do update set allowed = excluded.allowed, refused = excluded.refused,
        observed = excluded.observed, degraded = excluded.degraded,
        unique_addresses = greatest(t.unique_addresses, excluded.unique_addresses)`;
    await tx.$executeRaw`
      insert into rate_limit_tenant_tally as t (tenant_id, rule, granularity, bucket_at, allowed, refused, observed, degraded)
      select p.tenant_id, p.rule, ${granularity}::text, date_trunc(${granularity}::text, p.bucket_at, 'UTC') as bucket, sum(p.allowed),
        sum(p.refused), sum(p.observed), sum(p.degraded)
      from rate_limit_tenant_tally p
      where p.granularity = ${part} and p.bucket_at >= date_trunc(${granularity}::text, ${from}::timestamptz, 'UTC')
        and p.bucket_at < date_trunc(${granularity}::text, ${to}::timestamptz, 'UTC') + ('1 ' || ${granularity}::text)::interval
      group by p.tenant_id, p.rule, bucket
      on conflict (tenant_id, rule, granularity, bucket_at) do update set allowed = excluded.allowed,
        refused = excluded.refused, observed = excluded.observed, degraded = excluded.degraded`;
  }
}
