"use client";

import { FileCheckIcon } from "lucide-react";

import { DataTable } from "@/components/data-table/data-table";
import type { ListPage } from "@/components/data-table/list-page";
import { receiptSummary } from "@/components/receipts/receipt-words";
import { receiptsColumns } from "@/components/receipts/receipts-columns";
import { receiptsFilters } from "@/components/receipts/receipts-filters";
import { useScopePath } from "@/components/scope/scope-provider";
import type { Receipt } from "@/lib/sessions/receipt-schemas";
import type { ActionProblem } from "@/lib/ui/action-result";
import type { ListDefinition } from "@/lib/ui/list-search-params";
import { messages } from "@/lib/ui/messages";

const text = messages.receipts;

/** Properties of the list of receipts. */
export type ReceiptsTableProps = {
  list: ListDefinition;
  page: ListPage<Receipt> | null;
  problem: ActionProblem | null;
};

/** Every revocation, newest first. */
export function ReceiptsTable({ list, page, problem }: ReceiptsTableProps) {
  const pathOf = useScopePath();
  return (
    <DataTable
      list={list}
      noun={text.noun}
      columns={receiptsColumns}
      page={page}
      problem={problem}
      rowId={({ id }) => id}
      rowName={receiptSummary}
      rowHref={({ id }) => pathOf(`/receipts/${id}`)}
      searchable={false}
      filterFields={receiptsFilters}
      empty={{ icon: FileCheckIcon, title: text.emptyTitle, description: text.emptyHint }}
    />
  );
}
