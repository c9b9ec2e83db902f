import { BarChart } from "@/components/charts/bar-chart";
import type { RateLimitCounts } from "@/lib/rate-limit-monitor/schemas";
import { messages } from "@/lib/ui/messages";

const text = messages.rateLimits.chart;

/** Labels below the chart. */
const LABELS = 5;

/** One bar: what was decided in a bucket of time that began then. */
export type ChartBucket = RateLimitCounts & { at: string };

type CountsChartProps = {
  buckets: readonly ChartBucket[];
  /** Says in words what it shows. */
  label: string;
  /** The moment of a bucket as its bar and its place on the axis name it. */
  nameOf: (at: string) => string;
};

/** Decisions over time: allowed below, what a rule only observed above that, refused on top. */
export function CountsChart({ buckets, label, nameOf }: CountsChartProps) {
  // Evenly from the first to the last, as the row below the chart lays them out.
  const named = new Set(
    Array.from({ length: LABELS }, (_, nth) => Math.round((nth * (buckets.length - 1)) / (LABELS - 1))),
  );
  return (
    <BarChart
      bars={buckets.map((bucket) => ({
        key: bucket.at,
        name: nameOf(bucket.at),
        title: text.label(nameOf(bucket.at), bucket),
        parts: toParts(bucket),
      }))}
      label={label}
      isNamed={(index) => named.has(index)}
      className="h-44 xl:h-72"
    />
  );
}

function toParts({ allowed, observed, refused }: RateLimitCounts) {
  return [
    // What is observed was let through, and is counted there as well.
    { count: Math.max(0, allowed - observed), className: "fill-chart-1" },
    { count: observed, className: "fill-chart-3" },
    { count: refused, className: "fill-chart-4" },
  ];
}
