"use client";

import { useRouter, useSearchParams } from "next/navigation";

import { ChartLegend } from "@/components/charts/chart-legend";
import { CountsChart } from "@/components/rate-limits/counts-chart";
import { CountsTable, countsColours, isNothing, sumCounts } from "@/components/rate-limits/counts-figures";
import { PartCard } from "@/components/rate-limits/part-card";
import { ruleName } from "@/components/rate-limits/rate-limit-words";
import { Select, SelectContent, SelectItem, SelectTrigger, SelectValue } from "@/components/ui/select";
import { rateLimitRuleKey } from "@/lib/rate-limit-monitor/schemas";
import {
  type RateLimitGranularity,
  type RateLimitHistory,
  rateLimitGranularities,
} from "@/lib/rate-limit-monitor/series-schemas";
import type { ActionResult } from "@/lib/ui/action-result";
import { formatDay, formatMinute } from "@/lib/ui/format";
import { messages } from "@/lib/ui/messages";

const text = messages.rateLimits.history;
const { chart } = messages.rateLimits;
/** A select has no empty value. */
const ALL = "all";

type HistoryCardProps = {
  history: ActionResult<RateLimitHistory>;
  /** Null: all rules together. */
  rule: string | null;
  granularity: RateLimitGranularity;
};

/** How it went: by minute, hour or day, of one rule or all. */
export function HistoryCard({ history, rule, granularity }: HistoryCardProps) {
  const choose = useChoice();
  const name = rule === null ? chart.all : ruleName(rule);
  const nameOf = namers[granularity];
  return (
    <div className="flex flex-col gap-4">
      <div className="flex flex-wrap items-center gap-2">
        <Choice
          label={text.rule}
          value={rule ?? ALL}
          choices={[
            { value: ALL, label: chart.all },
            ...rateLimitRuleKey.options.map((value) => ({ value, label: ruleName(value) })),
          ]}
          onChange={(value) => choose("rule", value === ALL ? null : value)}
        />
        <Choice
          label={text.granularityLabel}
          value={granularity}
          choices={rateLimitGranularities.map((value) => ({ value, label: text.granularity[value] ?? value }))}
          onChange={(value) => choose("granularity", value === "hour" ? null : value)}
        />
        <span className="text-[13px] text-muted-foreground">{text.reach[granularity]}</span>
      </div>
      <PartCard title={name} part={history} failed={messages.rateLimits.failed.history}>
        {({ data }) => {
          const sums = sumCounts(data);
          return (
            <div className="flex flex-col gap-3">
              <ChartLegend colours={countsColours} />
              <CountsChart buckets={data} label={chart.label(name, sums)} nameOf={nameOf} />
              {isNothing(sums) ? (
                <p className="text-muted-foreground text-sm">{chart.none}</p>
              ) : (
                <CountsTable buckets={data} nameOf={granularity === "day" ? formatDay : formatMinute} />
              )}
            </div>
          );
        }}
      </PartCard>
    </div>
  );
}

const namers: Record<RateLimitGranularity, (at: string) => string> = {
  minute: (at) => at.slice(11, 16),
  hour: (at) => `${formatDay(at).slice(0, 6).trim()} ${at.slice(11, 16)}`,
  day: (at) => formatDay(at).slice(0, 6).trim(),
};

type ChoiceProps = {
  label: string;
  value: string;
  choices: readonly { value: string; label: string }[];
  onChange: (value: string) => void;
};

function Choice({ label, value, choices, onChange }: ChoiceProps) {
  return (
    <Select value={value} onValueChange={onChange}>
      <SelectTrigger size="sm" aria-label={label} className="min-w-40">
        <SelectValue />
      </SelectTrigger>
      <SelectContent>
        {choices.map((choice) => (
          <SelectItem key={choice.value} value={choice.value}>
            {choice.label}
          </SelectItem>
        ))}
      </SelectContent>
    </Select>
  );
}

// What is shown is in the URL, so that it can be shared and left with Back.
function useChoice() {
  const router = useRouter();
  const current = useSearchParams();
  return (name: string, value: string | null) => {
    const query = new URLSearchParams(current);
    if (value === null) query.delete(name);
    else query.set(name, value);
    router.push(`?${query}`, { scroll: false });
  };
}
