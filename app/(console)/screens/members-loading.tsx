import { DataTableSkeleton } from "@/components/data-table/data-table-skeleton";
import { PageHeader } from "@/components/layout/page-header";
import { messages } from "@/lib/ui/messages";

const members = messages.members;
const { invitations } = members;

/** The shape of the list of members while its rows are on their way. */
export function MembersLoading() {
  const { member, status, roles, joined, lastSeen } = members.column;
  return (
    <>
      <PageHeader title={members.title} description={members.description} />
      <DataTableSkeleton headings={[member, status, roles, joined, lastSeen]} />
    </>
  );
}

/** The shape of the list of invitations while its rows are on their way. */
export function InvitationsLoading() {
  const { address, status, roles, by, sent, expires } = invitations.column;
  return (
    <>
      <PageHeader title={invitations.title} description={invitations.description} />
      <DataTableSkeleton headings={[address, status, roles, by, sent, expires]} />
    </>
  );
}
