import type { DataTableColumn } from "@/components/data-table/data-table-column";
import { PrimaryCell } from "@/components/data-table/primary-cell";
import { CopyId } from "@/components/feedback/copy-id";
import { RelativeTime } from "@/components/feedback/relative-time";
import { StatusBadge } from "@/components/feedback/status-badge";
import { UserAvatar } from "@/components/feedback/user-avatar";
import { RoleBadges } from "@/components/users/role-badges";
import { messages } from "@/lib/ui/messages";
import type { User } from "@/lib/users/schemas";

const text = messages.users;

/** What the users list shows of a user. */
export const usersColumns: readonly DataTableColumn<User>[] = [
  {
    id: "user",
    label: text.column.user,
    primary: true,
    sortKey: "name",
    cell: (user) => (
      <PrimaryCell
        media={<UserAvatar user={user} />}
        title={user.name || user.email}
        subtitle={user.name ? user.email : undefined}
      />
    ),
  },
  { id: "status", label: text.column.status, width: "w-28", cell: (user) => <StatusBadge status={user.status} /> },
  { id: "tenant", label: text.column.tenant, width: "w-48", cell: (user) => <HomeTenant user={user} /> },
  { id: "roles", label: text.column.roles, width: "w-44", cell: (user) => <RoleBadges roles={user.roles} /> },
  {
    id: "verified",
    label: text.column.verified,
    width: "w-32",
    hiddenByDefault: true,
    sortKey: "email",
    cell: (user) => (user.emailVerified ? text.verified : <StatusBadge status="unverified" />),
  },
  {
    id: "lastSeen",
    label: text.column.lastSeen,
    width: "w-32",
    cell: (user) => <RelativeTime value={user.lastSeenAt} absent={text.never} />,
  },
  {
    id: "created",
    label: text.column.created,
    width: "w-32",
    sortKey: "createdAt",
    sortFirst: "desc",
    cell: (user) => <RelativeTime value={user.createdAt} />,
  },
  {
    id: "id",
    label: text.column.id,
    width: "w-36",
    hiddenByDefault: true,
    cell: (user) => <CopyId value={user.id} what="user id" />,
  },
];

/** What the users list of one tenant shows: whose tenant it is would be the same in every row. */
export const usersOfTenantColumns = usersColumns.filter(({ id }) => id !== "tenant");

/** Who manages the account, and of how many further tenants the person is a member. */
function HomeTenant({ user }: { user: User }) {
  const others = user.memberships.filter(({ tenant }) => tenant.id !== user.homeTenant?.id);
  return (
    <span className="inline-flex min-w-0 max-w-full items-baseline gap-1.5">
      {user.homeTenant ? (
        <bdi className="truncate">{user.homeTenant.name}</bdi>
      ) : (
        <span className="text-muted-foreground">{text.platformHome}</span>
      )}
      {others.length > 0 ? (
        <span className="text-muted-foreground text-xs" title={others.map(({ tenant }) => tenant.name).join(", ")}>
          {text.more(others.length)}
        </span>
      ) : null}
    </span>
  );
}
