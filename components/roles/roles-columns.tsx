import { ShieldIcon, UsersIcon } from "lucide-react";
import { CellIcon } from "@/components/data-table/cell-icon";

import type { DataTableColumn } from "@/components/data-table/data-table-column";
import { PrimaryCell } from "@/components/data-table/primary-cell";
import { RelativeTime } from "@/components/feedback/relative-time";
import { ScopeLink } from "@/components/scope/scope-link";
import { Badge } from "@/components/ui/badge";
import type { Role } from "@/lib/roles/schemas";
import { formatCount } from "@/lib/ui/format";
import { messages } from "@/lib/ui/messages";

const text = messages.roles;

/** What the list of roles shows of each. */
export const rolesColumns: readonly DataTableColumn<Role>[] = [
  {
    id: "role",
    label: text.column.role,
    primary: true,
    sortKey: "name",
    cell: (role) => <PrimaryCell media={<CellIcon icon={ShieldIcon} />} title={role.name} subtitle={role.key} />,
  },
  {
    id: "rank",
    label: text.column.rank,
    width: "w-20",
    align: "end",
    sortKey: "rank",
    sortFirst: "desc",
    cell: ({ rank }) => rank,
  },
  {
    id: "kind",
    label: text.column.kind,
    width: "w-28",
    cell: ({ builtIn }) => (
      <Badge variant={builtIn ? "neutral" : "accent"}>{builtIn ? text.builtIn : text.custom}</Badge>
    ),
  },
  {
    id: "permissions",
    label: text.column.permissions,
    width: "w-40",
    cell: ({ permissions }) => (
      <span className="text-muted-foreground">{text.permissionCount(permissions.length)}</span>
    ),
  },
  { id: "holders", label: text.column.holders, width: "w-28", cell: (role) => <Holders role={role} /> },
  {
    id: "updated",
    label: text.column.updated,
    width: "w-32",
    hiddenByDefault: true,
    cell: ({ updatedAt }) => <RelativeTime value={updatedAt} />,
  },
];

function Holders({ role: { id, holders } }: { role: Role }) {
  if (holders.count === 0) return <span className="text-muted-foreground">{text.unused}</span>;
  return (
    <ScopeLink
      href={`/users?role=${id}`}
      prefetch={false}
      className="inline-flex items-center gap-1.5 rounded-sm underline underline-offset-4 outline-none focus-visible:ring-2 focus-visible:ring-ring"
    >
      <UsersIcon className="size-3.5 text-muted-foreground" aria-hidden="true" />
      {formatCount(holders.count, holders.capped)}
    </ScopeLink>
  );
}
