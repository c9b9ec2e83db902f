import type { DataTableColumn } from "@/components/data-table/data-table-column";
import { RelativeTime } from "@/components/feedback/relative-time";
import { StatusBadge } from "@/components/feedback/status-badge";
import { DeviceCell, EndedByCell, MethodCell, OriginCell } from "@/components/sessions/session-cells";
import { endReasonName, lastedInWords, ownerName } from "@/components/sessions/session-words";
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
  width: "w-36",
  cell: (session) => <MethodCell session={session} />,
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
  sortKey: "lastSeenAt",
  sortFirst: "desc",
  cell: (session) => <RelativeTime value={session.lastSeenAt} />,
};

const expires: Column = {
  id: "expires",
  label: text.column.expires,
  width: "w-28",
  sortKey: "expiresAt",
  sortFirst: "asc",
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

const lasted: Column = {
  id: "lasted",
  label: text.column.lasted,
  width: "w-28",
  cell: (session) => <span className="whitespace-nowrap">{lastedInWords(session)}</span>,
};

const reason: Column = {
  id: "reason",
  label: text.column.reason,
  width: "w-44",
  cell: ({ status, endReason }) => (
    <span className="whitespace-nowrap">{status === "ended" ? endReasonName(endReason) : "–"}</span>
  ),
};

const endedBy: Column = {
  id: "endedBy",
  label: text.column.endedBy,
  width: "w-40",
  cell: (session) => <EndedByCell session={session} />,
};

const hidden = (column: Column): Column => ({ ...column, hiddenByDefault: true });

/** Which sessions a list shows. */
export type SessionsView = "active" | "ended" | "any";

/** Where a list of sessions stands: in one tenant, on the page of one user. */
export type SessionsPlace = { inTenant: boolean; ofOneUser: boolean };

/** The columns that fit what is shown: the end is only told where something has ended. */
export function sessionsColumns(view: SessionsView, { inTenant, ofOneUser }: SessionsPlace): readonly Column[] {
  const first = [ofOneUser ? device : deviceOfUser, ...(inTenant ? [] : [tenant]), address];
  if (view === "active") return [...first, method, created, lastSeen, expires];
  const end = [lasted, reason, endedBy];
  if (view === "ended") return [...first, hidden(method), created, hidden(lastSeen), ended, ...end];
  return [...first, method, created, lastSeen, hidden(expires), status, ...end.map(hidden)];
}
