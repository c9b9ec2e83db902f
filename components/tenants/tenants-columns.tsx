import type { DataTableColumn } from "@/components/data-table/data-table-column";
import { PrimaryCell } from "@/components/data-table/primary-cell";
import { CopyId } from "@/components/feedback/copy-id";
import { RelativeTime } from "@/components/feedback/relative-time";
import { StatusBadge } from "@/components/feedback/status-badge";
import { TenantMark } from "@/components/layout/tenant-mark";
import type { Tenant } from "@/lib/tenants/schemas";
import { formatCount } from "@/lib/ui/format";
import { messages } from "@/lib/ui/messages";

const text = messages.tenants;

/** What the list of tenants shows of each. */
export const tenantsColumns: readonly DataTableColumn<Tenant>[] = [
  {
    id: "tenant",
    label: text.column.tenant,
    primary: true,
    sortKey: "name",
    cell: (tenant) => <PrimaryCell media={<TenantMark tenant={tenant} />} title={tenant.name} subtitle={tenant.slug} />,
  },
  {
    id: "status",
    label: text.column.status,
    width: "w-36",
    cell: ({ status }) => <StatusBadge status={status} />,
  },
  {
    id: "members",
    label: text.column.members,
    width: "w-28",
    align: "end",
    cell: ({ members }) => formatCount(members.count, members.capped),
  },
  {
    id: "created",
    label: text.column.created,
    width: "w-32",
    sortKey: "createdAt",
    sortFirst: "desc",
    cell: ({ createdAt }) => <RelativeTime value={createdAt} />,
  },
  {
    id: "deletes",
    label: text.column.deletes,
    width: "w-36",
    cell: ({ deletesAt }) => <RelativeTime value={deletesAt} />,
  },
  {
    id: "id",
    label: text.column.id,
    width: "w-36",
    hiddenByDefault: true,
    cell: ({ id }) => <CopyId value={id} what="tenant id" />,
  },
];
