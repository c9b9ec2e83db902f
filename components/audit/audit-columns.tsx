import { EventSentence } from "@/components/audit/event-sentence";
import { OutcomeBadge } from "@/components/audit/outcome-badge";
import type { DataTableColumn } from "@/components/data-table/data-table-column";
import { RelativeTime } from "@/components/feedback/relative-time";
import type { AuditEvent } from "@/lib/audit/schemas";
import { messages } from "@/lib/ui/messages";

const text = messages.audit;

/** What the audit log shows of an event. */
export const auditColumns: readonly DataTableColumn<AuditEvent>[] = [
  { id: "time", label: text.column.time, width: "w-28", cell: (event) => <RelativeTime value={event.at} /> },
  { id: "event", label: text.column.event, primary: true, cell: (event) => <EventSentence event={event} /> },
  {
    id: "outcome",
    label: text.column.outcome,
    width: "w-28",
    cell: (event) => <OutcomeBadge outcome={event.outcome} />,
  },
  {
    id: "tenant",
    label: text.column.tenant,
    width: "w-36",
    cell: (event) =>
      event.tenant ? (
        <bdi className="block max-w-36 truncate">{event.tenant.name}</bdi>
      ) : (
        <span className="text-muted-foreground">–</span>
      ),
  },
  {
    id: "source",
    label: text.column.source,
    width: "w-36",
    cell: (event) => <span className="text-muted-foreground">{text.source[event.source] ?? event.source}</span>,
  },
  {
    id: "address",
    label: text.column.address,
    width: "w-40",
    cell: (event) => (
      <span className="block max-w-40 truncate font-mono text-[12px] text-muted-foreground" dir="ltr">
        {event.clientAddress ?? "–"}
      </span>
    ),
  },
  {
    id: "reason",
    label: text.column.reason,
    width: "w-56",
    hiddenByDefault: true,
    cell: (event) => <bdi className="block max-w-56 truncate text-muted-foreground">{event.reason ?? "–"}</bdi>,
  },
];

/** What the log of one tenant shows: whose tenant it is would be the same in every row. */
export const auditColumnsOfTenant = auditColumns.filter(({ id }) => id !== "tenant");
