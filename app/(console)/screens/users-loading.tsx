import { DataTableSkeleton } from "@/components/data-table/data-table-skeleton";
import { PageHeader } from "@/components/layout/page-header";
import { messages } from "@/lib/ui/messages";

const { title, description, column } = messages.users;

/** The shape of the users list while its first rows are on their way. */
export function UsersLoading() {
  return (
    <>
      <PageHeader title={title} description={description} />
      <DataTableSkeleton
        headings={[column.user, column.status, column.tenant, column.roles, column.lastSeen, column.created]}
      />
    </>
  );
}
