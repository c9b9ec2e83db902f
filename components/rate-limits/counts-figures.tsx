import { ChartTable } from "@/components/charts/chart-table";
import type { ChartBucket } from "@/components/rate-limits/counts-chart";
import type { RateLimitCounts } from "@/lib/rate-limit-monitor/schemas";
import { formatNumber } from "@/lib/ui/format";
import { messages } from "@/lib/ui/messages";

const text = messages.rateLimits.chart;

/** The sums of several buckets. */
export function sumCounts(buckets: readonly RateLimitCounts[]): RateLimitCounts {
  const sums = { allowed: 0, refused: 0, observed: 0, degraded: 0 };
  for (const bucket of buckets) {
    sums.allowed += bucket.allowed;
    sums.refused += bucket.refused;
    sums.observed += bucket.observed;
    sums.degraded += bucket.degraded;
  }
  return sums;
}

/** Whether there is nothing to be drawn. */
export const isNothing = ({ allowed, refused, observed }: RateLimitCounts): boolean =>
  allowed + refused + observed === 0;

/** What the colours of the chart mean. */
export const countsColours = [
  { className: "bg-chart-1", label: text.allowed },
  { className: "bg-chart-3", label: text.observed },
  { className: "bg-chart-4", label: text.refused },
] as const;

/** The chart's numbers; buckets in which nothing happened are left out. */
export function CountsTable({ buckets, nameOf }: { buckets: readonly ChartBucket[]; nameOf: (at: string) => string }) {
  const busy = buckets.filter((bucket) => !isNothing(bucket));
  return (
    <ChartTable
      summary={text.table}
      nameHeading={text.at}
      headings={[text.allowed, text.observed, text.refused]}
      rows={busy.map(({ at, allowed, observed, refused }) => ({
        key: at,
        name: nameOf(at),
        figures: [allowed, observed, refused].map((count) => formatNumber(count)),
      }))}
    />
  );
}
