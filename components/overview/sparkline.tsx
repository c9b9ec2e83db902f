import { cn } from "@/lib/ui/cn";

const WIDTH = 120;
const HEIGHT = 28;

/** Properties of a sparkline: its values in order, of which the highest fills it. */
export type SparklineProps = { values: readonly number[]; className?: string };

/** How a figure went, as a line. Decorative: the table of the chart has the numbers. */
export function Sparkline({ values, className }: SparklineProps) {
  const highest = Math.max(1, ...values);
  const step = WIDTH / Math.max(1, values.length - 1);
  const points = values.map(
    (value, index) => `${round(index * step)},${round(HEIGHT - 2 - (value / highest) * (HEIGHT - 4))}`,
  );
  return (
    <svg
      aria-hidden="true"
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      preserveAspectRatio="none"
      className={cn("h-7 w-full text-chart-1", className)}
    >
      <polygon points={`0,${HEIGHT} ${points.join(" ")} ${WIDTH},${HEIGHT}`} className="fill-current opacity-10" />
      <polyline
        points={points.join(" ")}
        className="fill-none stroke-current"
        strokeWidth="1.5"
        strokeLinejoin="round"
        vectorEffect="non-scaling-stroke"
      />
    </svg>
  );
}

const round = (value: number): number => Math.round(value * 10) / 10;
