import { CalendarIcon, CircleDotIcon, ListChecksIcon, UserIcon } from "lucide-react";

import type { FilterField } from "@/components/data-table/filter-field";
import { momentPresets } from "@/components/sessions/moment-presets";
import { receiptKinds, receiptStatuses } from "@/lib/sessions/receipt-schemas";
import { messages } from "@/lib/ui/messages";

const text = messages.receipts.filter;
const { kind } = messages.receipts.facts;

/** What the list of receipts can be narrowed by. */
export const receiptsFilters: readonly FilterField[] = [
  {
    id: "status",
    label: text.status,
    icon: CircleDotIcon,
    operators: [{ parameter: "status", label: text.is }],
    input: { kind: "choice", options: receiptStatuses.map((status) => ({ value: status, label: text[status] })) },
  },
  {
    id: "kind",
    label: text.kind,
    icon: ListChecksIcon,
    operators: [{ parameter: "kind", label: text.is }],
    input: { kind: "choice", options: receiptKinds.map((value) => ({ value, label: kind[value] ?? value })) },
  },
  {
    id: "actor",
    label: text.actor,
    icon: UserIcon,
    operators: [{ parameter: "actor", label: text.is }],
    input: { kind: "text", hint: text.actorHint },
  },
  {
    id: "time",
    label: text.time,
    icon: CalendarIcon,
    operators: [
      { parameter: "from", label: text.from },
      { parameter: "to", label: text.to },
    ],
    input: { kind: "moment", presets: momentPresets },
  },
];
