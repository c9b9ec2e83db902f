import { GlobeIcon, UserIcon } from "lucide-react";
import { CellIcon } from "@/components/data-table/cell-icon";

import type { DataTableColumn } from "@/components/data-table/data-table-column";
import { PrimaryCell } from "@/components/data-table/primary-cell";
import { RelativeTime } from "@/components/feedback/relative-time";
import { StatusBadge } from "@/components/feedback/status-badge";
import type { RateLimitExemption } from "@/lib/rate-limit-monitor/exemption-schemas";
import { messages } from "@/lib/ui/messages";

const text = messages.rateLimits.exemptions;

/** Whom an exemption is about, in a few words. */
export const exemptionName = ({ cidr, user }: RateLimitExemption): string =>
  cidr ?? user?.name ?? user?.email ?? text.never;

/** What the allow-list shows of each; in a tenant, whose they are would be the same in every row. */
export function exemptionsColumns(inTenant: boolean): readonly DataTableColumn<RateLimitExemption>[] {
  return inTenant ? columns.filter(({ id }) => id !== "tenant") : columns;
}

const columns: readonly DataTableColumn<RateLimitExemption>[] = [
  {
    id: "who",
    label: text.column.who,
    primary: true,
    cell: (exemption) => (
      <PrimaryCell
        media={<CellIcon icon={exemption.kind === "address" ? GlobeIcon : UserIcon} />}
        title={exemptionName(exemption)}
        subtitle={exemption.user?.email ?? text.kind[exemption.kind]}
      />
    ),
  },
  {
    id: "reason",
    label: text.column.reason,
    cell: ({ reason }) => <bdi className="block max-w-72 truncate">{reason}</bdi>,
  },
  {
    id: "status",
    label: text.column.status,
    width: "w-28",
    cell: ({ status }) => <StatusBadge status={status} />,
  },
  {
    id: "expires",
    label: text.column.expires,
    width: "w-28",
    sortKey: "expiresAt",
    sortFirst: "desc",
    cell: ({ expiresAt }) => <RelativeTime value={expiresAt} />,
  },
  {
    id: "tenant",
    label: text.column.tenant,
    width: "w-36",
    cell: ({ tenant }) => <bdi className="block max-w-36 truncate">{tenant?.name ?? text.ofPlatform}</bdi>,
  },
  {
    id: "createdBy",
    label: text.column.createdBy,
    width: "w-36",
    cell: ({ createdBy }) => <bdi className="block max-w-36 truncate">{createdBy.name}</bdi>,
  },
  {
    id: "created",
    label: text.column.created,
    width: "w-28",
    hiddenByDefault: true,
    cell: ({ createdAt }) => <RelativeTime value={createdAt} />,
  },
];
