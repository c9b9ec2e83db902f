import { hourOf } from "@/components/overview/overview-sums";
import type { OverviewHour } from "@/lib/overview/schemas";
import { messages } from "@/lib/ui/messages";

const text = messages.overview.chart;

const HEIGHT = 120;
const SLOT = 20;
const BAR = 13;

/** Sign-ins of each hour, those that failed on top of those that succeeded. `label` says in words what it shows. */
export function SignInsChart({ hours, label }: { hours: readonly OverviewHour[]; label: string }) {
  const highest = Math.max(1, ...hours.map(({ signedIn, signInsFailed }) => signedIn + signInsFailed));
  return (
    <div className="flex flex-col gap-1.5">
      <div className="flex gap-2">
        <div
          aria-hidden="true"
          className="flex w-8 shrink-0 flex-col justify-between text-end text-[11px] text-muted-foreground tabular-nums"
        >
          <span>{highest}</span>
          <span>0</span>
        </div>
        <svg
          role="img"
          aria-label={label}
          viewBox={`0 0 ${hours.length * SLOT} ${HEIGHT + 3}`}
          preserveAspectRatio="none"
          className="h-36 w-full"
        >
          {[0, HEIGHT / 2, HEIGHT].map((y) => (
            <line
              key={y}
              x1="0"
              x2={hours.length * SLOT}
              y1={y + 0.5}
              y2={y + 0.5}
              className="stroke-border"
              vectorEffect="non-scaling-stroke"
            />
          ))}
          {hours.map((hour, index) => (
            <Bar key={hour.startsAt} hour={hour} x={index * SLOT} highest={highest} />
          ))}
        </svg>
      </div>
      <div aria-hidden="true" className="flex justify-between ps-10 text-[11px] text-muted-foreground tabular-nums">
        {hours
          .filter((_, index) => index % 6 === 0 || index === hours.length - 1)
          .map(({ startsAt }) => (
            <span key={startsAt}>{hourOf(startsAt)}</span>
          ))}
      </div>
    </div>
  );
}

function Bar({ hour, x, highest }: { hour: OverviewHour; x: number; highest: number }) {
  const { startsAt, signedIn, signInsFailed, capped } = hour;
  const good = heightOf(signedIn, highest);
  const bad = heightOf(signInsFailed, highest);
  const left = x + (SLOT - BAR) / 2;
  return (
    <g className="group">
      <title>{text.bar(hourOf(startsAt), signedIn, signInsFailed)}</title>
      <rect x={x} y="0" width={SLOT} height={HEIGHT} className="fill-transparent group-hover:fill-accent" />
      <rect x={left} y={HEIGHT - good} width={BAR} height={good} className="fill-chart-1" />
      <rect x={left} y={HEIGHT - good - bad} width={BAR} height={bad} className="fill-chart-4" />
      {capped ? <rect x={left} y={HEIGHT + 1} width={BAR} height="2" className="fill-warning" /> : null}
    </g>
  );
}

// What there is one of is seen, whatever the rest.
function heightOf(count: number, highest: number): number {
  return count === 0 ? 0 : Math.max(1.5, Math.round((count / highest) * HEIGHT * 10) / 10);
}
