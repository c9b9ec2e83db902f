import type { DataTableColumn } from "@/components/data-table/data-table-column";
import { RelativeTime } from "@/components/feedback/relative-time";
import { StatusBadge } from "@/components/feedback/status-badge";
import { DeviceCell, OriginCell } from "@/components/sessions/session-cells";
import { endReasonName, methodName, ownerName } from "@/components/sessions/session-words";
import type { Session } from "@/lib/sessions/schemas";
import { messages } from "@/lib/ui/messages";

const text = messages.sessions;

type Column = DataTableColumn<Session>;

const device: Column = {
  id: "device",
  label: text.column.device,
  primary: true,
  cell: (session) => <DeviceCell session={session} />,
};

const deviceOfUser: Column = {
  ...device,
  cell: (session) => <DeviceCell session={session} subtitle={ownerName(session)} />,
};

const tenant: Column = {
  id: "tenant",
  label: text.column.tenant,
  width: "w-40",
  hiddenByDefault: true,
  cell: (session) =>
    session.tenant ? <bdi>{session.tenant.name}</bdi> : <span className="text-muted-foreground">–</span>,
};

const address: Column = {
  id: "address",
  label: text.column.address,
  width: "w-44",
  cell: (session) => <OriginCell session={session} />,
};

const method: Column = {
  id: "method",
  label: text.column.method,
  width: "w-32",
  cell: (session) => methodName(session.method),
};

const created: Column = {
  id: "created",
  label: text.column.created,
  width: "w-28",
  sortKey: "createdAt",
  sortFirst: "desc",
  cell: (session) => <RelativeTime value={session.createdAt} />,
};

const lastSeen: Column = {
  id: "lastSeen",
  label: text.column.lastSeen,
  width: "w-28",
  cell: (session) => <RelativeTime value={session.lastSeenAt} />,
};

const expires: Column = {
  id: "expires",
  label: text.column.expires,
  width: "w-28",
  hiddenByDefault: true,
  cell: (session) => <RelativeTime value={session.expiresAt} />,
};

const status: Column = {
  id: "status",
  label: text.column.status,
  width: "w-24",
  cell: (session) => <StatusBadge status={session.status}>{text.status[session.status]}</StatusBadge>,
};

const ended: Column = {
  id: "ended",
  label: text.column.ended,
  width: "w-28",
  cell: (session) => <RelativeTime value={session.endedAt} />,
};

const reason: Column = {
  id: "reason",
  label: text.column.reason,
  width: "w-40",
  cell: (session) => (session.status === "ended" ? endReasonName(session.endReason) : "–"),
};

/** Which sessions a list shows. */
export type SessionsView = "active" | "ended" | "any";

/** Where a list of sessions stands: in one tenant, on the page of one user. */
export type SessionsPlace = { inTenant: boolean; ofOneUser: boolean };

/** The columns that fit what is shown: the end is only told where something has ended. */
export function sessionsColumns(view: SessionsView, { inTenant, ofOneUser }: SessionsPlace): readonly Column[] {
  const first = [ofOneUser ? device : deviceOfUser, ...(inTenant ? [] : [tenant]), address, method, created];
  if (view === "active") return [...first, lastSeen, expires];
  return view === "ended" ? [...first, ended, reason] : [...first, lastSeen, status, reason];
}
