import { DataTableSkeleton } from "@/components/data-table/data-table-skeleton";
import { PageHeader } from "@/components/layout/page-header";
import { messages } from "@/lib/ui/messages";

const { title, description, column } = messages.receipts;

/** The shape of the list of receipts while its first rows are on their way. */
export function ReceiptsLoading() {
  return (
    <>
      <PageHeader title={title} description={description} />
      <DataTableSkeleton
        headings={[column.verdict, column.status, column.reason, column.actor, column.requested]}
        searchable={false}
      />
    </>
  );
}
