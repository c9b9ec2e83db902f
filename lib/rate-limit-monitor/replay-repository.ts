import type { ScopedTx } from "@/lib/db/scoped-transaction";
import type { RuleKey } from "@/lib/rate-limits/rule-catalogue";
import type { RecordedAttempt } from "./replay";

/** An attempt as it was recorded, and whom it was about. */
export type AttemptRow = RecordedAttempt & { sequence: number; label: string; userId: string | null };

type Since = { rule: RuleKey; since: Date };

/** When the `most`-th newest attempt of a rule was made, if there were more than that since a moment. */
export async function findOldestOf(tx: ScopedTx, { rule, since }: Since, most: number): Promise<Date | null> {
  const rows = await tx.$queryRaw<{ at: Date }[]>`
    select at from rate_limit_attempt where rule = ${rule} and at >= ${since}::timestamptz
    order by at desc, sequence desc offset ${most} limit 1`;
  return rows[0]?.at ?? null;
}

/** Attempts of a rule in the order of time, behind the one with this time and sequence. */
export async function findAttempts(
  tx: ScopedTx,
  { rule, after, limit }: { rule: RuleKey; after: { at: Date; sequence: number }; limit: number },
): Promise<AttemptRow[]> {
  const rows = await tx.$queryRaw<(Omit<AttemptRow, "at"> & { at: Date })[]>`
    select at, sequence, subject, outcome, cost, entry, label, user_id::text as "userId" from rate_limit_attempt
    where rule = ${rule} and (at, sequence) > (${after.at}::timestamptz, ${after.sequence}::int)
    order by at, sequence limit ${limit}`;
  return rows.map((row) => ({ ...row, at: row.at.getTime() }));
}
