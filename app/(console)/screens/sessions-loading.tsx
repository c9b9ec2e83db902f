import { DataTableSkeleton } from "@/components/data-table/data-table-skeleton";
import { PageHeader } from "@/components/layout/page-header";
import { messages } from "@/lib/ui/messages";

const { title, description, column } = messages.sessions;

/** The shape of the sessions list while its first rows are on their way. */
export function SessionsLoading() {
  return (
    <>
      <PageHeader title={title} description={description} />
      <DataTableSkeleton
        headings={[column.device, column.address, column.method, column.created, column.lastSeen]}
        selectable
      />
    </>
  );
}
