import { BarChart } from "@/components/charts/bar-chart";
import { hourOf } from "@/components/overview/overview-sums";
import type { OverviewHour } from "@/lib/overview/schemas";
import { messages } from "@/lib/ui/messages";

const text = messages.overview.chart;

/** Sign-ins of each hour, those that failed on top of those that succeeded. `label` says in words what it shows. */
export function SignInsChart({ hours, label }: { hours: readonly OverviewHour[]; label: string }) {
  return (
    <BarChart
      bars={hours.map(({ startsAt, signedIn, signInsFailed, capped }) => ({
        key: startsAt,
        name: hourOf(startsAt),
        title: text.bar(hourOf(startsAt), signedIn, signInsFailed),
        parts: [
          { count: signedIn, className: "fill-chart-1" },
          { count: signInsFailed, className: "fill-chart-4" },
        ],
        underlined: capped,
      }))}
      label={label}
      isNamed={(index) => index % 6 === 0 || index === hours.length - 1}
      className="h-36"
    />
  );
}
