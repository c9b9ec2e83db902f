"use client";

import type { ListPage } from "@/components/data-table/list-page";
import { RelativeTime } from "@/components/feedback/relative-time";
import { PartCard, PartNote } from "@/components/rate-limits/part-card";
import { ruleName } from "@/components/rate-limits/rate-limit-words";
import { type SubjectActsProps, SubjectMenu } from "@/components/rate-limits/subject-menu";
import { SubjectName } from "@/components/rate-limits/subject-name";
import type { RateLimitRefusal } from "@/lib/rate-limit-monitor/series-schemas";
import type { ActionResult } from "@/lib/ui/action-result";
import { messages } from "@/lib/ui/messages";

const text = messages.rateLimits.refusals;

type RefusalsCardProps = Pick<SubjectActsProps, "mayClear" | "onAsk"> & {
  refusals: ActionResult<ListPage<RateLimitRefusal>>;
};

/** Who was refused last, by what, from where. */
export function RefusalsCard({ refusals, ...acts }: RefusalsCardProps) {
  return (
    <PartCard title={text.title} part={refusals} failed={messages.rateLimits.failed.refusals}>
      {({ data }) =>
        data.length === 0 ? (
          <PartNote title={text.none} hint={text.noneHint} />
        ) : (
          <ul aria-label={text.title} className="divide-y text-[13px]">
            {data.map((refusal) => (
              <li key={refusal.id} className="flex items-center gap-3 py-2">
                <span className="min-w-0 flex-1">
                  <SubjectName subject={refusal.subject} note={false} />
                  <span className="block truncate ps-9.5 text-muted-foreground text-xs">{wordsOf(refusal)}</span>
                </span>
                <RelativeTime value={refusal.at} className="shrink-0 text-muted-foreground text-xs" />
                <SubjectMenu subject={refusal.subject} rule={refusal.rule} {...acts} />
              </li>
            ))}
          </ul>
        )
      }
    </PartCard>
  );
}

function wordsOf({ rule, manual, address, path }: RateLimitRefusal): string {
  return [
    manual ? `${ruleName(rule)}, ${text.manual}` : ruleName(rule),
    address === null ? "" : text.from(address),
    path === null ? "" : text.at(path),
  ]
    .filter(Boolean)
    .join(" · ");
}
