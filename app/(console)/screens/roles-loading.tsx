import { DataTableSkeleton } from "@/components/data-table/data-table-skeleton";
import { PageHeader } from "@/components/layout/page-header";
import { messages } from "@/lib/ui/messages";

const { title, description, column } = messages.roles;

/** The shape of the list of roles while its rows are on their way. */
export function RolesLoading() {
  return (
    <>
      <PageHeader title={title} description={description} />
      <DataTableSkeleton
        headings={[column.role, column.rank, column.kind, column.permissions, column.holders]}
        rows={6}
      />
    </>
  );
}
