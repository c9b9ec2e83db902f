import { FigureCard } from "@/components/overview/figure-card";
import { sumCounts } from "@/components/rate-limits/counts-figures";
import type { RateLimitCounts, RateLimits } from "@/lib/rate-limit-monitor/schemas";
import { formatCount, formatNumber } from "@/lib/ui/format";
import { messages } from "@/lib/ui/messages";

const text = messages.rateLimits.figure;

/** The four live figures: of all rules together, the last whole minute and how the hour went. */
export function LimitFigures({ limits }: { limits: RateLimits }) {
  const minutes = sumByMinute(limits);
  // The last minute has just begun.
  const last = minutes.at(-2) ?? minutes.at(-1) ?? sumCounts([]);
  const running = minutes.at(-1) ?? last;
  const hour = sumCounts(minutes);
  const { automatic, manual, lockouts } = limits.blocked;
  const figure = (name: "allowed" | "refused" | "observed") => ({
    value: formatNumber(Math.max(last[name], running[name])),
    note: text.lastHour(hour[name]),
    trend: minutes.map((minute) => minute[name]),
  });
  return (
    <div className="grid grid-cols-2 gap-3 sm:gap-4 xl:grid-cols-4">
      <FigureCard label={text.allowed} {...figure("allowed")} />
      <FigureCard label={text.refused} {...figure("refused")} trendClassName="text-chart-4" />
      <FigureCard label={text.observed} {...figure("observed")} trendClassName="text-chart-3" />
      <FigureCard
        label={text.blocked}
        value={formatCount((automatic ?? 0) + manual + lockouts, automatic === null)}
        note={text.blockedParts(automatic, manual, lockouts)}
        href="/rate-limits?view=blocks"
      />
    </div>
  );
}

function sumByMinute({ rules }: RateLimits): RateLimitCounts[] {
  const [first] = rules;
  return (first?.minutes ?? []).map((_, index) => sumCounts(rules.flatMap(({ minutes }) => minutes[index] ?? [])));
}
