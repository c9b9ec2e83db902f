import type { DataTableColumn } from "@/components/data-table/data-table-column";
import { PrimaryCell } from "@/components/data-table/primary-cell";
import { RelativeTime } from "@/components/feedback/relative-time";
import { StatusBadge } from "@/components/feedback/status-badge";
import { receiptActor, receiptSubject, receiptSummary } from "@/components/receipts/receipt-words";
import type { Receipt } from "@/lib/sessions/receipt-schemas";
import { messages } from "@/lib/ui/messages";

const text = messages.receipts;

/** What the list of receipts shows of each. */
export const receiptsColumns: readonly DataTableColumn<Receipt>[] = [
  {
    id: "verdict",
    label: text.column.verdict,
    primary: true,
    cell: (receipt) => <PrimaryCell title={receiptSummary(receipt)} subtitle={receiptSubject(receipt) ?? undefined} />,
  },
  { id: "status", label: text.column.status, width: "w-28", cell: ({ status }) => <StatusBadge status={status} /> },
  {
    id: "reason",
    label: text.column.reason,
    cell: ({ reason }) => (
      <bdi className="block max-w-80 truncate text-muted-foreground">{reason ?? text.facts.noReason}</bdi>
    ),
  },
  {
    id: "actor",
    label: text.column.actor,
    width: "w-48",
    cell: (receipt) => <bdi className="block max-w-48 truncate">{receiptActor(receipt)}</bdi>,
  },
  {
    id: "requested",
    label: text.column.requested,
    width: "w-32",
    cell: ({ requestedAt }) => <RelativeTime value={requestedAt} />,
  },
];
