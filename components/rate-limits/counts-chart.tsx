import type { RateLimitCounts } from "@/lib/rate-limit-monitor/schemas";
import { formatNumber } from "@/lib/ui/format";
import { messages } from "@/lib/ui/messages";

const text = messages.rateLimits.chart;

const HEIGHT = 120;
const SLOT = 10;
const BAR = 7;
/** Labels below the chart, so that they never touch each other on a phone. */
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
  const highest = Math.max(1, ...buckets.map(sum));
  // Evenly from the first to the last, as the row below the chart lays them out.
  const labelled = new Set(
    Array.from({ length: LABELS }, (_, nth) => Math.round((nth * (buckets.length - 1)) / (LABELS - 1))),
  );
  return (
    <div className="flex flex-col gap-1.5">
      <div className="flex gap-2">
        <div
          aria-hidden="true"
          className="flex w-10 shrink-0 flex-col justify-between text-end text-[11px] text-muted-foreground tabular-nums"
        >
          <span>{formatNumber(highest)}</span>
          <span>0</span>
        </div>
        <svg
          role="img"
          aria-label={label}
          viewBox={`0 0 ${Math.max(1, buckets.length) * SLOT} ${HEIGHT + 1}`}
          preserveAspectRatio="none"
          className="h-44 w-full xl:h-72"
        >
          {[0, HEIGHT / 2, HEIGHT].map((y) => (
            <line
              key={y}
              x1="0"
              x2={Math.max(1, buckets.length) * SLOT}
              y1={y + 0.5}
              y2={y + 0.5}
              className="stroke-border"
              vectorEffect="non-scaling-stroke"
            />
          ))}
          {buckets.map((bucket, index) => (
            <Bar key={bucket.at} bucket={bucket} x={index * SLOT} highest={highest} name={nameOf(bucket.at)} />
          ))}
        </svg>
      </div>
      <div aria-hidden="true" className="flex justify-between ps-12 text-[11px] text-muted-foreground tabular-nums">
        {buckets
          .filter((_, index) => labelled.has(index))
          .map(({ at }) => (
            <span key={at}>{nameOf(at)}</span>
          ))}
      </div>
    </div>
  );
}

type BarProps = { bucket: ChartBucket; x: number; highest: number; name: string };

function Bar({ bucket, x, highest, name }: BarProps) {
  const { allowed, observed, refused } = bucket;
  const parts = [
    // What is observed was let through, and is counted there as well.
    { height: heightOf(Math.max(0, allowed - observed), highest), className: "fill-chart-1" },
    { height: heightOf(observed, highest), className: "fill-chart-3" },
    { height: heightOf(refused, highest), className: "fill-chart-4" },
  ];
  let top = HEIGHT;
  return (
    <g className="group">
      <title>{text.label(name, bucket)}</title>
      <rect x={x} y="0" width={SLOT} height={HEIGHT} className="fill-transparent group-hover:fill-accent" />
      {parts.map(({ height, className }) => {
        top -= height;
        return (
          <rect
            key={className}
            x={x + (SLOT - BAR) / 2}
            y={Math.max(0, top)}
            width={BAR}
            height={height}
            className={className}
          />
        );
      })}
    </g>
  );
}

const sum = ({ allowed, refused, observed }: RateLimitCounts): number => Math.max(allowed, observed) + refused;

// What there is one of is seen, whatever the rest.
function heightOf(count: number, highest: number): number {
  return count === 0 ? 0 : Math.max(1.5, Math.round((count / highest) * HEIGHT * 10) / 10);
}
