import type { DataTableColumn } from "@/components/data-table/data-table-column";
import { PrimaryCell } from "@/components/data-table/primary-cell";
import { RelativeTime } from "@/components/feedback/relative-time";
import { StatusBadge } from "@/components/feedback/status-badge";
import { UserAvatar } from "@/components/feedback/user-avatar";
import { Badge } from "@/components/ui/badge";
import { RoleBadges } from "@/components/users/role-badges";
import type { Member } from "@/lib/members/schemas";
import { messages } from "@/lib/ui/messages";

const text = messages.members;

/** What the list of members shows of each. */
export const membersColumns: readonly DataTableColumn<Member>[] = [
  {
    id: "member",
    label: text.column.member,
    primary: true,
    cell: (member) => (
      <PrimaryCell
        media={<UserAvatar user={member} />}
        title={member.name || member.email}
        subtitle={member.name ? member.email : undefined}
        marks={member.guest ? <Badge variant="outline">{text.guest}</Badge> : undefined}
      />
    ),
  },
  { id: "status", label: text.column.status, width: "w-28", cell: ({ status }) => <StatusBadge status={status} /> },
  { id: "roles", label: text.column.roles, width: "w-52", cell: ({ roles }) => <RoleBadges roles={roles} /> },
  {
    id: "joined",
    label: text.column.joined,
    width: "w-32",
    cell: ({ joinedAt }) => <RelativeTime value={joinedAt} />,
  },
  {
    id: "lastSeen",
    label: text.column.lastSeen,
    width: "w-32",
    cell: ({ lastSeenAt }) => <RelativeTime value={lastSeenAt} absent={messages.users.never} />,
  },
];
