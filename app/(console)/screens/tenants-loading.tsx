import { DataTableSkeleton } from "@/components/data-table/data-table-skeleton";
import { PageHeader } from "@/components/layout/page-header";
import { messages } from "@/lib/ui/messages";

const { title, description, column } = messages.tenants;

/** The shape of the list of tenants while its first rows are on their way. */
export function TenantsLoading() {
  return (
    <>
      <PageHeader title={title} description={description} />
      <DataTableSkeleton headings={[column.tenant, column.status, column.members, column.created, column.deletes]} />
    </>
  );
}
