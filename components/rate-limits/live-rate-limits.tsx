"use client";

import { LoaderCircleIcon, RadioIcon, TriangleAlertIcon } from "lucide-react";
import { useState } from "react";

import { ErrorState } from "@/components/feedback/error-state";
import { BlockedCard } from "@/components/rate-limits/blocked-card";
import { DegradedNotice } from "@/components/rate-limits/degraded-notice";
import { LimitFigures } from "@/components/rate-limits/limit-figures";
import type { RateLimitActions, RateLimitsNow } from "@/components/rate-limits/rate-limit-actions";
import { RefusalsCard } from "@/components/rate-limits/refusals-card";
import { RuleChartCard } from "@/components/rate-limits/rule-chart-card";
import { SpreadCard } from "@/components/rate-limits/spread-card";
import { type AskedAct, SubjectDialogs } from "@/components/rate-limits/subject-dialogs";
import { Tops } from "@/components/rate-limits/tops";
import { useLiveRateLimits } from "@/components/rate-limits/use-live-rate-limits";
import { Card } from "@/components/ui/card";
import type { ActionProblem } from "@/lib/ui/action-result";
import { messages } from "@/lib/ui/messages";

const text = messages.rateLimits;

/** Properties of the live page. */
export type LiveRateLimitsProps = {
  /** What the server rendered; from there on the page keeps itself fresh. */
  now: RateLimitsNow;
  /** Whether the viewer's roles include clearing, blocking and exempting. */
  mayClear: boolean;
  actions: RateLimitActions;
};

/** The limiter at this moment, without a reload. */
export function LiveRateLimits({ now: given, mayClear, actions }: LiveRateLimitsProps) {
  const { now, readAt, problem } = useLiveRateLimits(given, actions);
  const [asked, setAsked] = useState<AskedAct | null>(null);
  const acts = { mayClear, onAsk: setAsked };
  const { limits, blocks, refusals, tops } = now;
  return (
    <div className="flex flex-col gap-4">
      <Freshness problem={problem} />
      {limits.ok ? (
        <>
          {limits.data.degraded ? <DegradedNotice degraded={limits.data.degraded} /> : null}
          <LimitFigures limits={limits.data} />
          <RuleChartCard limits={limits.data} />
        </>
      ) : (
        <Card>
          <ErrorState
            title={text.failed.limits}
            description={limits.problem.detail ?? limits.problem.title}
            requestId={limits.problem.requestId}
          />
        </Card>
      )}
      <div className="grid items-start gap-4 xl:grid-cols-2">
        <BlockedCard blocks={blocks} readAt={readAt} {...acts} />
        <div className="flex min-w-0 flex-col gap-4">
          <SpreadCard limits={limits} {...acts} />
          <RefusalsCard refusals={refusals} {...acts} />
        </div>
      </div>
      <Tops tops={tops} {...acts} />
      <SubjectDialogs asked={asked} actions={actions} onClose={() => setAsked(null)} />
    </div>
  );
}

function Freshness({ problem }: { problem: ActionProblem | null }) {
  return (
    <p role="status" className="flex min-h-5 flex-wrap items-center gap-x-2 text-[13px] text-muted-foreground">
      {problem === null ? (
        <>
          <RadioIcon className="size-4 shrink-0 text-success" aria-hidden="true" />
          {text.live.updated}
        </>
      ) : (
        <>
          <TriangleAlertIcon className="size-4 shrink-0 text-warning" aria-hidden="true" />
          <span className="font-medium text-foreground">{text.live.stale}.</span>
          <span>{problem.detail ?? problem.title}</span>
          <span className="inline-flex items-center gap-1">
            <LoaderCircleIcon className="size-3.5 animate-spin" aria-hidden="true" />
            {text.live.retrying}
          </span>
        </>
      )}
    </p>
  );
}
