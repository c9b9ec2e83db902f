"use client";

import type { ListPage } from "@/components/data-table/list-page";
import { PartCard, PartNote } from "@/components/rate-limits/part-card";
import { ruleName } from "@/components/rate-limits/rate-limit-words";
import { type SubjectActsProps, SubjectMenu } from "@/components/rate-limits/subject-menu";
import { SubjectName } from "@/components/rate-limits/subject-name";
import { TimeLeft } from "@/components/rate-limits/time-left";
import type { RateLimitBlock } from "@/lib/rate-limit-monitor/block-schemas";
import type { ActionResult } from "@/lib/ui/action-result";
import { formatNumber } from "@/lib/ui/format";
import { messages } from "@/lib/ui/messages";

const text = messages.rateLimits.blocks;

type BlockedCardProps = Pick<SubjectActsProps, "mayClear" | "onAsk"> & {
  blocks: ActionResult<ListPage<RateLimitBlock>>;
  /** When the times left were read, in epoch milliseconds. */
  readAt: number;
};

/** Who is kept out at this moment, why, and for how long yet. */
export function BlockedCard({ blocks, readAt, ...acts }: BlockedCardProps) {
  return (
    <PartCard
      title={text.title}
      part={blocks}
      failed={messages.rateLimits.failed.blocks}
      more={{ href: "/rate-limits?view=blocks", label: text.all }}
    >
      {({ data }) =>
        data.length === 0 ? (
          <PartNote title={text.none} hint={text.noneHint} />
        ) : (
          <ul aria-label={text.title} className="divide-y text-[13px]">
            {data.map((block) => (
              <li key={block.id} className="flex items-center gap-3 py-2">
                <span className="min-w-0 flex-1">
                  <SubjectName subject={block.subject} note={false} />
                  <span className="block truncate ps-9.5 text-muted-foreground text-xs">{whyOf(block)}</span>
                </span>
                <span className="shrink-0 text-end">
                  <TimeLeft secondsLeft={block.secondsLeft} readAt={readAt} />
                  <span className="block text-muted-foreground text-xs tabular-nums">{attemptsOf(block)}</span>
                </span>
                <SubjectMenu subject={block.subject} block={block} rule={block.rule} {...acts} />
              </li>
            ))}
          </ul>
        )
      }
    </PartCard>
  );
}

/** Why somebody is kept out, in words. */
export function whyOf({ kind, rule, reason }: RateLimitBlock): string {
  if (kind === "automatic" && rule) return ruleName(rule);
  return reason ? `${text.kind[kind]}: ${reason}` : (text.kind[kind] ?? kind);
}

function attemptsOf({ kind, attempts }: RateLimitBlock): string {
  if (attempts === null) return "";
  return kind === "lockout"
    ? text.failures(attempts)
    : `${formatNumber(attempts)} ${text.column.attempts.toLowerCase()}`;
}
