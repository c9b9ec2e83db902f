import { DataTableSkeleton } from "@/components/data-table/data-table-skeleton";
import { PageHeader } from "@/components/layout/page-header";
import { messages } from "@/lib/ui/messages";

const { title, description, column } = messages.audit;

/** The shape of the audit log while its first events are on their way. */
export function AuditLoading() {
  return (
    <>
      <PageHeader title={title} description={description} />
      <DataTableSkeleton headings={[column.event, column.outcome, column.source, column.address, column.time]} />
    </>
  );
}
