import { defineQuery } from "@/lib/operations/define-operation";
import { type BucketRow, findBuckets, findTenantBuckets } from "./history-repository";
import { bucketMilliseconds, type HistoryWindow, historyWindow } from "./history-window";
import {
  listRateLimitHistoryInput,
  type RateLimitBucket,
  type RateLimitGranularity,
  rateLimitHistory,
} from "./series-schemas";

/** What the rules decided, by minute, hour or day, for up to a year. The minute under way is not in it yet. */
export const listRateLimitHistory = defineQuery({
  name: "listRateLimitHistory",
  summary: "List the history of the rate limits",
  scope: "either",
  permission: "rate-limits.read",
  input: listRateLimitHistoryInput,
  output: rateLimitHistory,
  run: async ({ ctx, tx }, { rule, granularity, tenant, ...times }) => {
    const window = historyWindow({ granularity, ...times }, Date.now());
    const query = { rule, granularity, ...window };
    const isOfTenant = tenant !== undefined || ctx.scope.kind === "tenant";
    const rows = isOfTenant ? await findTenantBuckets(tx, query, tenant) : await findBuckets(tx, query);
    return {
      rule: rule ?? null,
      granularity,
      from: window.from.toISOString(),
      to: window.to.toISOString(),
      data: withoutGaps(rows, { granularity, hasUnique: !isOfTenant && rule !== undefined }, window),
    };
  },
});

type Shape = { granularity: RateLimitGranularity; hasUnique: boolean };

function withoutGaps(rows: BucketRow[], { granularity, hasUnique }: Shape, { from, to }: HistoryWindow) {
  const byTime = new Map(rows.map((row) => [row.at.getTime(), row]));
  const buckets: RateLimitBucket[] = [];
  for (let at = from.getTime(); at < to.getTime(); at += bucketMilliseconds[granularity]) {
    const { allowed = 0, refused = 0, observed = 0, degraded = 0, uniqueAddresses = null } = byTime.get(at) ?? {};
    const unique = uniqueAddresses ?? (hasUnique ? 0 : null);
    const counts = { allowed, refused, observed, degraded };
    buckets.push({ at: new Date(at).toISOString(), ...counts, uniqueAddresses: unique });
  }
  return buckets;
}
