"use client";

import { parseAsStringLiteral, useQueryState } from "nuqs";

import { ChartLegend } from "@/components/charts/chart-legend";
import { CountsChart } from "@/components/rate-limits/counts-chart";
import { CountsTable, countsColours, isNothing, sumCounts } from "@/components/rate-limits/counts-figures";
import { ruleName } from "@/components/rate-limits/rate-limit-words";
import { RuleMode } from "@/components/rate-limits/rule-mode";
import { RulePicker } from "@/components/rate-limits/rule-picker";
import { Card, CardContent, CardHeader, CardTitle } from "@/components/ui/card";
import { type RateLimitState, type RateLimits, rateLimitRuleKey } from "@/lib/rate-limit-monitor/schemas";
import { messages } from "@/lib/ui/messages";

const text = messages.rateLimits;

/** What one rule, or all together, decided in each minute of the last hour; the rules beside it are the choice. */
export function RuleChartCard({ limits }: { limits: RateLimits }) {
  const [rule, setRule] = useQueryState(
    "rule",
    parseAsStringLiteral(rateLimitRuleKey.options).withOptions({ shallow: true }),
  );
  const state = limits.rules.find((candidate) => candidate.rule === rule) ?? null;
  const buckets = state?.minutes ?? sumRules(limits);
  const sums = sumCounts(buckets);
  const name = state ? ruleName(state.rule) : text.chart.all;
  return (
    <Card>
      <CardHeader className="flex-row flex-wrap items-center justify-between gap-x-4 gap-y-2">
        <CardTitle>{text.chart.title}</CardTitle>
        <ChartLegend colours={countsColours} />
      </CardHeader>
      <CardContent className="grid gap-6 pt-4 xl:grid-cols-[minmax(0,1fr)_20rem]">
        <div className="flex min-w-0 flex-col gap-3">
          <RuleHead name={name} state={state} />
          <CountsChart buckets={buckets} label={text.chart.label(name, sums)} nameOf={minuteOf} />
          {isNothing(sums) ? (
            <p className="text-muted-foreground text-sm">{text.chart.none}</p>
          ) : (
            <CountsTable buckets={buckets} nameOf={minuteOf} />
          )}
        </div>
        <RulePicker rules={limits.rules} chosen={rule} onChoose={(next) => void setRule(next)} />
      </CardContent>
    </Card>
  );
}

function RuleHead({ name, state }: { name: string; state: RateLimitState | null }) {
  return (
    <div className="flex min-h-6 flex-wrap items-center gap-x-3 gap-y-1 text-[13px]">
      <h3 className="font-medium">{name}</h3>
      {state ? (
        <>
          <RuleMode mode={state.mode} />
          <span className="text-muted-foreground tabular-nums">
            {text.chart.setTo} {text.rate(state.limit, state.windowSeconds)}
          </span>
          {state.uniqueAddresses === null ? null : (
            <span className="text-muted-foreground tabular-nums">{text.chart.unique(state.uniqueAddresses)}</span>
          )}
        </>
      ) : (
        <span className="text-muted-foreground">{text.chart.allHint}</span>
      )}
    </div>
  );
}

function sumRules({ rules }: RateLimits) {
  const [first] = rules;
  return (first?.minutes ?? []).map(({ at }, index) => ({
    at,
    ...sumCounts(rules.flatMap(({ minutes }) => minutes[index] ?? [])),
  }));
}

/** The minute of a moment in UTC: "14:05". In UTC, so that server and browser write the same. */
const minuteOf = (at: string): string => at.slice(11, 16);
