import type { DataTableColumn } from "@/components/data-table/data-table-column";
import { RelativeTime } from "@/components/feedback/relative-time";
import { whyOf } from "@/components/rate-limits/blocked-card";
import { SubjectName } from "@/components/rate-limits/subject-name";
import { TimeLeft } from "@/components/rate-limits/time-left";
import type { RateLimitBlock } from "@/lib/rate-limit-monitor/block-schemas";
import { formatNumber } from "@/lib/ui/format";
import { messages } from "@/lib/ui/messages";

const text = messages.rateLimits.blocks;

/** What the list of blocks shows of each; in a tenant, whose they are would be the same in every row. */
export function blocksColumns(readAt: number, inTenant: boolean): readonly DataTableColumn<RateLimitBlock>[] {
  const columns: readonly DataTableColumn<RateLimitBlock>[] = [
    {
      id: "subject",
      label: text.column.subject,
      primary: true,
      cell: ({ subject }) => <SubjectName subject={subject} />,
    },
    {
      id: "why",
      label: text.column.why,
      cell: (block) => <bdi className="block max-w-64 truncate">{whyOf(block)}</bdi>,
    },
    {
      id: "attempts",
      label: text.column.attempts,
      width: "w-24",
      align: "end",
      cell: ({ attempts }) => (attempts === null ? "–" : formatNumber(attempts)),
    },
    {
      id: "left",
      label: text.column.left,
      width: "w-40",
      sortKey: "blockedUntil",
      sortFirst: "desc",
      cell: ({ secondsLeft }) => <TimeLeft secondsLeft={secondsLeft} readAt={readAt} />,
    },
    {
      id: "since",
      label: text.column.since,
      width: "w-28",
      cell: ({ since }) => <RelativeTime value={since} />,
    },
    {
      id: "createdBy",
      label: text.column.createdBy,
      width: "w-36",
      hiddenByDefault: true,
      cell: ({ createdBy }) => <bdi className="block max-w-36 truncate">{createdBy?.name ?? "–"}</bdi>,
    },
    {
      id: "tenant",
      label: text.column.tenant,
      width: "w-36",
      cell: ({ subject }) => <bdi className="block max-w-36 truncate">{subject.tenant?.name ?? "–"}</bdi>,
    },
  ];
  return inTenant ? columns.filter(({ id }) => id !== "tenant") : columns;
}
