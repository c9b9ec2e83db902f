import type { ScopedTx } from "@/lib/db/scoped-transaction";
import type { RuleKey, RuleMode } from "@/lib/rate-limits/rule-catalogue";
import { Prisma } from "@/prisma/generated/client";
import type { CreatedBy } from "./to-actor";

/** What somebody changed of a rule. */
export type RuleRow = {
  rule: string;
  limit: number;
  windowSeconds: number;
  mode: string;
  updatedAt: Date;
  /** Null where the scope is not told. */
  updatedByType: string | null;
  updatedById: string | null;
  updatedByName: string | null;
};

const bounds = Prisma.sql`rule, limit_count as "limit", window_seconds as "windowSeconds", mode, updated_at as "updatedAt"`;
const updatedBy = Prisma.sql`updated_by_type as "updatedByType", updated_by_id as "updatedById", updated_by_name as "updatedByName"`;
const untold = Prisma.sql`null as "updatedByType", null as "updatedById", null as "updatedByName"`;

/** All rules that were changed; without who changed them for a tenant, which may not read it. */
export async function findRules(tx: ScopedTx, { inTenant }: { inTenant: boolean }): Promise<RuleRow[]> {
  return tx.$queryRaw<RuleRow[]>`select ${bounds}, ${inTenant ? untold : updatedBy} from rate_limit_rule`;
}

/** What was changed of a rule, held against other changes until the transaction ends. */
export async function lockRule(tx: ScopedTx, rule: RuleKey): Promise<RuleRow | null> {
  // Also where there is no row yet that could be held.
  await tx.$queryRaw`select pg_advisory_xact_lock(hashtextextended(${`rate-limit-rule:${rule}`}, 0))::text`;
  const rows = await tx.$queryRaw<RuleRow[]>`select ${bounds}, ${updatedBy} from rate_limit_rule where rule = ${rule}`;
  return rows[0] ?? null;
}

/** Bounds and mode of a rule. */
export type RuleValues = { limit: number; windowSeconds: number; mode: RuleMode };

/** Changes a rule, and notes who did. */
export async function saveRule(
  tx: ScopedTx,
  rule: RuleKey,
  { limit, windowSeconds, mode, ...by }: RuleValues & CreatedBy,
): Promise<void> {
  await tx.$executeRaw`
    insert into rate_limit_rule as r
      (rule, limit_count, window_seconds, mode, updated_at, updated_by_type, updated_by_id, updated_by_name)
    values (${rule}, ${limit}, ${windowSeconds}, ${mode}, now(), ${by.createdByType}, ${by.createdById}, ${by.createdByName})
    on conflict (rule) do update set limit_count = excluded.limit_count, window_seconds = excluded.window_seconds,
      mode = excluded.mode, version = r.version + 1, updated_at = excluded.updated_at,
      updated_by_type = excluded.updated_by_type, updated_by_id = excluded.updated_by_id, updated_by_name = excluded.updated_by_name`;
}
