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

/** What the colours of the chart mean; decorative, since every bar and the table say it in words. */
export function ChartLegend() {
  return (
    <ul aria-hidden="true" className="flex flex-wrap gap-x-4 gap-y-1 text-muted-foreground text-xs">
      {[
        { className: "bg-chart-1", label: text.allowed },
        { className: "bg-chart-3", label: text.observed },
        { className: "bg-chart-4", label: text.refused },
      ].map(({ className, label }) => (
        <li key={label} className="flex items-center gap-1.5">
          <span className={`size-2 rounded-[2px] ${className}`} />
          {label}
        </li>
      ))}
    </ul>
  );
}

/** The chart's numbers, for those who want them: newest first, buckets in which nothing happened left out. */
export function CountsTable({ buckets, nameOf }: { buckets: readonly ChartBucket[]; nameOf: (at: string) => string }) {
  const busy = [...buckets].reverse().filter((bucket) => !isNothing(bucket));
  return (
    <details className="text-[13px]">
      <summary className="w-fit cursor-pointer rounded-sm text-muted-foreground text-xs outline-none hover:text-foreground focus-visible:ring-2 focus-visible:ring-ring">
        {text.table}
      </summary>
      <table className="mt-2 w-full text-[13px] tabular-nums">
        <thead>
          <tr className="text-muted-foreground text-xs [&>th]:py-1 [&>th]:font-medium">
            <th scope="col" className="text-start">
              {text.at}
            </th>
            {[text.allowed, text.observed, text.refused].map((heading) => (
              <th key={heading} scope="col" className="text-end">
                {heading}
              </th>
            ))}
          </tr>
        </thead>
        <tbody className="divide-y">
          {busy.map((bucket) => (
            <tr key={bucket.at} className="[&>td]:py-1 [&>td]:text-end">
              <th scope="row" className="text-start font-normal">
                {nameOf(bucket.at)}
              </th>
              <td>{formatNumber(bucket.allowed)}</td>
              <td>{formatNumber(bucket.observed)}</td>
              <td>{formatNumber(bucket.refused)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  );
}
