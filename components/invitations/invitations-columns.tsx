import { MailWarningIcon } from "lucide-react";

import type { DataTableColumn } from "@/components/data-table/data-table-column";
import { PrimaryCell } from "@/components/data-table/primary-cell";
import { RelativeTime } from "@/components/feedback/relative-time";
import { type Status, StatusBadge } from "@/components/feedback/status-badge";
import { Badge } from "@/components/ui/badge";
import { RoleBadges } from "@/components/users/role-badges";
import type { Invitation, InvitationStatus } from "@/lib/invitations/schemas";
import { messages } from "@/lib/ui/messages";

const text = messages.members.invitations;

const looks: Record<InvitationStatus, Status> = {
  pending: "invited",
  accepted: "complete",
  expired: "expired",
  revoked: "ended",
};

/** What the list of invitations shows of each. */
export const invitationsColumns: readonly DataTableColumn<Invitation>[] = [
  {
    id: "address",
    label: text.column.address,
    primary: true,
    cell: (invitation) => (
      <PrimaryCell
        title={invitation.email}
        subtitle={invitation.name ?? undefined}
        marks={
          invitation.status === "pending" && invitation.sentAt === null ? (
            <Badge variant="warning" title={text.notSentHint}>
              <MailWarningIcon aria-hidden="true" />
              {text.notSent}
            </Badge>
          ) : undefined
        }
      />
    ),
  },
  {
    id: "status",
    label: text.column.status,
    width: "w-28",
    cell: ({ status }) => <StatusBadge status={looks[status]}>{text.status[status]}</StatusBadge>,
  },
  { id: "roles", label: text.column.roles, width: "w-44", cell: ({ roles }) => <RoleBadges roles={roles} /> },
  {
    id: "by",
    label: text.column.by,
    width: "w-48",
    cell: ({ invitedBy }) => <bdi className="block max-w-48 truncate text-muted-foreground">{invitedBy.name}</bdi>,
  },
  { id: "sent", label: text.column.sent, width: "w-28", cell: ({ sentAt }) => <RelativeTime value={sentAt} /> },
  {
    id: "expires",
    label: text.column.expires,
    width: "w-28",
    cell: ({ status, expiresAt }) => <RelativeTime value={status === "pending" ? expiresAt : null} />,
  },
];
