import { DataTableSkeleton } from "@/components/data-table/data-table-skeleton";
import { PageHeader } from "@/components/layout/page-header";
import { messages } from "@/lib/ui/messages";

const { title, description, column } = messages.apiKeys;

/** The shape of the list of API keys while its first rows are on their way. */
export function ApiKeysLoading() {
  return (
    <>
      <PageHeader title={title} description={description} />
      <DataTableSkeleton
        headings={[column.key, column.status, column.permissions, column.owner, column.created, column.lastUsed]}
      />
    </>
  );
}
