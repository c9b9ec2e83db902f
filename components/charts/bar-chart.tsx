import { formatNumber } from "@/lib/ui/format";

const HEIGHT = 120;
const SLOT = 20;
const BAR = 13;

/** One bar: its parts from the bottom up, in whole numbers. */
export type ChartBar = {
  key: string;
  /** Names its place on the axis. */
  name: string;
  /** Says in words what it shows. */
  title: string;
  parts: readonly { count: number; className: string }[];
  /** Marks a bar that would be higher if all had been counted. */
  underlined?: boolean;
};

/** Properties of a chart of bars. */
export type BarChartProps = {
  bars: readonly ChartBar[];
  /** Says in words what the whole shows. */
  label: string;
  /** Whether the bar at an index has its name below it: few enough that they never touch each other on a phone. */
  isNamed: (index: number) => boolean;
  /** The height. */
  className: string;
};

/** Numbers over time as bars, on one scale from nothing to the highest. */
export function BarChart({ bars, label, isNamed, className }: BarChartProps) {
  const highest = Math.max(1, ...bars.map(({ parts }) => parts.reduce((sum, { count }) => sum + count, 0)));
  const width = Math.max(1, bars.length) * SLOT;
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
          viewBox={`0 0 ${width} ${HEIGHT + 3}`}
          preserveAspectRatio="none"
          className={`w-full ${className}`}
        >
          {[0, HEIGHT / 2, HEIGHT].map((y) => (
            <line
              key={y}
              x1="0"
              x2={width}
              y1={y + 0.5}
              y2={y + 0.5}
              className="stroke-border"
              vectorEffect="non-scaling-stroke"
            />
          ))}
          {bars.map((bar, index) => (
            <Bar key={bar.key} bar={bar} x={index * SLOT} highest={highest} />
          ))}
        </svg>
      </div>
      <div aria-hidden="true" className="flex justify-between ps-12 text-[11px] text-muted-foreground tabular-nums">
        {bars
          .filter((_, index) => isNamed(index))
          .map(({ key, name }) => (
            <span key={key}>{name}</span>
          ))}
      </div>
    </div>
  );
}

function Bar({ bar: { title, parts, underlined = false }, x, highest }: { bar: ChartBar; x: number; highest: number }) {
  const left = x + (SLOT - BAR) / 2;
  let top = HEIGHT;
  return (
    <g className="group">
      <title>{title}</title>
      <rect x={x} y="0" width={SLOT} height={HEIGHT} className="fill-transparent group-hover:fill-accent" />
      {parts.map(({ count, className }) => {
        const height = heightOf(count, highest);
        top -= height;
        return <rect key={className} x={left} y={Math.max(0, top)} width={BAR} height={height} className={className} />;
      })}
      {underlined ? <rect x={left} y={HEIGHT + 1} width={BAR} height="2" className="fill-warning" /> : null}
    </g>
  );
}

// What there is one of is seen, whatever the rest.
function heightOf(count: number, highest: number): number {
  return count === 0 ? 0 : Math.max(1.5, Math.round((count / highest) * HEIGHT * 10) / 10);
}
