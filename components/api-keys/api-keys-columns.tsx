import { KeyRoundIcon } from "lucide-react";
import { CellIcon } from "@/components/data-table/cell-icon";

import type { DataTableColumn } from "@/components/data-table/data-table-column";
import { PrimaryCell } from "@/components/data-table/primary-cell";
import { RelativeTime } from "@/components/feedback/relative-time";
import { StatusBadge } from "@/components/feedback/status-badge";
import type { ApiKey } from "@/lib/api-keys/schemas";
import { messages } from "@/lib/ui/messages";

const text = messages.apiKeys;

/** What the list of keys shows of each. */
export const apiKeysColumns: readonly DataTableColumn<ApiKey>[] = [
  {
    id: "key",
    label: text.column.key,
    primary: true,
    cell: (key) => (
      <PrimaryCell
        media={<CellIcon icon={KeyRoundIcon} />}
        title={key.name}
        subtitle={<span className="font-mono">{key.prefix}…</span>}
      />
    ),
  },
  {
    id: "status",
    label: text.column.status,
    width: "w-28",
    cell: ({ status }) => <StatusBadge status={status} />,
  },
  {
    id: "permissions",
    label: text.column.permissions,
    width: "w-36",
    cell: ({ permissions }) => (
      <span className="text-muted-foreground">{text.permissionCount(permissions.length)}</span>
    ),
  },
  {
    id: "owner",
    label: text.column.owner,
    width: "w-48",
    cell: ({ owner }) => (
      <bdi className="block max-w-48 truncate">{owner.name || owner.email || text.unknownOwner}</bdi>
    ),
  },
  {
    id: "tenant",
    label: text.column.tenant,
    width: "w-40",
    cell: ({ tenant }) =>
      tenant ? (
        <bdi className="block max-w-40 truncate">{tenant.name}</bdi>
      ) : (
        <span className="text-muted-foreground">{text.ofPlatform}</span>
      ),
  },
  {
    id: "created",
    label: text.column.created,
    width: "w-28",
    sortKey: "createdAt",
    sortFirst: "desc",
    cell: ({ createdAt }) => <RelativeTime value={createdAt} />,
  },
  {
    id: "lastUsed",
    label: text.column.lastUsed,
    width: "w-28",
    cell: ({ lastUsedAt }) => <RelativeTime value={lastUsedAt} absent={text.never} />,
  },
  {
    id: "expires",
    label: text.column.expires,
    width: "w-28",
    cell: ({ status, expiresAt }) => <RelativeTime value={status === "revoked" ? null : expiresAt} />,
  },
];

/** What the list of keys of one tenant shows: whose they are would be the same in every row. */
export const apiKeysOfTenantColumns = apiKeysColumns.filter(({ id }) => id !== "tenant");
