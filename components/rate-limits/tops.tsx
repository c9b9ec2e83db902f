"use client";

import { PartCard, PartNote } from "@/components/rate-limits/part-card";
import type { RateLimitsNow } from "@/components/rate-limits/rate-limit-actions";
import { hasActs, type SubjectActsProps, SubjectMenu } from "@/components/rate-limits/subject-menu";
import { SubjectName } from "@/components/rate-limits/subject-name";
import { type RateLimitTopEntry, rateLimitTopDimensions } from "@/lib/rate-limit-monitor/series-schemas";
import { formatNumber } from "@/lib/ui/format";
import { messages } from "@/lib/ui/messages";

const text = messages.rateLimits.top;

type TopsProps = Pick<SubjectActsProps, "mayClear" | "onAsk"> & { tops: RateLimitsNow["tops"] };

/** The busiest of the last hour, by each of what can be counted. */
export function Tops({ tops, ...acts }: TopsProps) {
  return (
    <section aria-label={text.title} className="flex flex-col gap-3">
      <h2 className="font-semibold text-sm">{text.title}</h2>
      <div className="grid items-start gap-4 md:grid-cols-2 xl:grid-cols-3">
        {rateLimitTopDimensions.map((dimension) => (
          <PartCard
            key={dimension}
            title={text.dimension[dimension] ?? dimension}
            part={tops[dimension]}
            failed={messages.rateLimits.failed.top}
          >
            {({ data }) => (data.length === 0 ? <PartNote title={text.none} /> : <Entries entries={data} {...acts} />)}
          </PartCard>
        ))}
      </div>
    </section>
  );
}

type EntriesProps = Pick<SubjectActsProps, "mayClear" | "onAsk"> & { entries: readonly RateLimitTopEntry[] };

function Entries({ entries, ...acts }: EntriesProps) {
  const highest = Math.max(1, ...entries.map(({ attempts }) => attempts));
  return (
    <ul className="flex flex-col gap-1.5 text-[13px]">
      {entries.map(({ subject, attempts }) => (
        <li key={subject.label} className="flex min-h-9 items-center gap-2">
          <span className="flex min-w-0 flex-1 flex-col gap-1">
            <span className="flex items-center justify-between gap-2">
              <span className="min-w-0">
                <SubjectName subject={subject} note={false} />
              </span>
              <span className="shrink-0 text-muted-foreground tabular-nums">{formatNumber(attempts)}</span>
            </span>
            <svg viewBox="0 0 100 3" preserveAspectRatio="none" className="h-1 w-full" aria-hidden="true">
              <rect width="100" height="3" rx="1" className="fill-muted" />
              <rect width={(100 * attempts) / highest} height="3" rx="1" className="fill-primary" />
            </svg>
          </span>
          {hasActs({ subject }) ? <SubjectMenu subject={subject} {...acts} /> : null}
        </li>
      ))}
    </ul>
  );
}
