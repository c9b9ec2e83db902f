"use client";

import { LogOutIcon } from "lucide-react";
import { useState } from "react";

import { Detail, DetailList } from "@/components/detail/detail-list";
import { GuardedButton } from "@/components/detail/guarded-button";
import { RowSheet, SheetSection } from "@/components/detail/row-sheet";
import { CopyId } from "@/components/feedback/copy-id";
import { RelativeTime } from "@/components/feedback/relative-time";
import { StatusBadge } from "@/components/feedback/status-badge";
import { UserAvatar } from "@/components/feedback/user-avatar";
import { ScopeLink } from "@/components/scope/scope-link";
import { EndedByCell, SessionMarks } from "@/components/sessions/session-cells";
import {
  countryName,
  deviceName,
  endReasonName,
  lastedInWords,
  levelName,
  methodName,
  ownerName,
} from "@/components/sessions/session-words";
import type { Session } from "@/lib/sessions/schemas";
import { messages } from "@/lib/ui/messages";

const text = messages.sessions;

/** Properties of the panel; `session` is null while none is open. */
export type SessionSheetProps = {
  session: Session | null;
  /** Why the viewer may not end it, or null. */
  refusal: string | null;
  onEnd: (session: Session) => void;
  onClose: () => void;
};

/** One session in full, with the act that ends it. Keeps its text while it slides away. */
export function SessionSheet({ session, refusal, onEnd, onClose }: SessionSheetProps) {
  const [last, setLast] = useState(session);
  if (session !== null && session !== last) setLast(session);
  const shown = session ?? last;
  if (shown === null) return null;
  return (
    <RowSheet
      open={session !== null}
      onClose={onClose}
      title={
        <span className="flex flex-wrap items-center gap-2">
          {deviceName(shown)}
          <StatusBadge status={shown.status}>{text.status[shown.status]}</StatusBadge>
          <SessionMarks session={shown} />
        </span>
      }
      description={text.sheet.description}
    >
      <SessionOwner session={shown} />
      <SheetSection title={text.sheet.times}>
        <SessionTimes session={shown} />
      </SheetSection>
      <SheetSection title={text.sheet.origin}>
        <SessionOrigin session={shown} />
      </SheetSection>
      {shown.status === "active" ? (
        <GuardedButton variant="destructive" refusal={refusal} onClick={() => onEnd(shown)}>
          <LogOutIcon aria-hidden="true" />
          {text.end.one}
        </GuardedButton>
      ) : null}
    </RowSheet>
  );
}

function SessionOwner({ session }: { session: Session }) {
  const { user } = session;
  return (
    <ScopeLink
      href={`/users/${user.id}`}
      className="flex items-center gap-3 rounded-lg border p-3 outline-none transition-colors duration-150 hover:bg-muted/60 focus-visible:ring-2 focus-visible:ring-ring"
    >
      <UserAvatar user={{ id: user.id, name: ownerName(session), email: user.email ?? "" }} />
      <span className="flex min-w-0 flex-col">
        <bdi className="truncate font-medium text-[13px]">{ownerName(session)}</bdi>
        {user.email ? <bdi className="truncate text-muted-foreground text-xs">{user.email}</bdi> : null}
      </span>
    </ScopeLink>
  );
}

function SessionTimes({ session }: { session: Session }) {
  return (
    <DetailList>
      <Detail label={text.sheet.signedIn}>
        <RelativeTime value={session.createdAt} />
      </Detail>
      <Detail label={text.sheet.lastSeen}>
        <RelativeTime value={session.lastSeenAt} />
      </Detail>
      {session.status === "active" ? (
        <>
          <Detail label={text.sheet.expires}>
            <RelativeTime value={session.expiresAt} />
          </Detail>
          {session.idleExpiresAt ? (
            <Detail label={text.sheet.idleExpires}>
              <RelativeTime value={session.idleExpiresAt} />
            </Detail>
          ) : null}
        </>
      ) : (
        <>
          <Detail label={text.sheet.ended}>
            <RelativeTime value={session.endedAt} />
          </Detail>
          <Detail label={text.sheet.lasted}>{lastedInWords(session)}</Detail>
          <Detail label={text.sheet.why}>{endReasonName(session.endReason)}</Detail>
          {session.endedBy || session.receiptId ? (
            <Detail label={text.sheet.endedBy}>
              <EndedByCell session={session} />
            </Detail>
          ) : null}
        </>
      )}
    </DetailList>
  );
}

function SessionOrigin({ session }: { session: Session }) {
  return (
    <DetailList>
      <Detail label={text.sheet.address}>
        <span className="font-mono text-[12px]">{session.ipAddress ?? text.noAddress}</span>
      </Detail>
      {session.country ? <Detail label={text.sheet.country}>{countryName(session.country)}</Detail> : null}
      <Detail label={text.sheet.browser}>{session.browser ?? text.unknownBrowser}</Detail>
      <Detail label={text.sheet.os}>{session.os ?? "–"}</Detail>
      <Detail label={text.sheet.device}>
        {session.device ? (text.device[session.device] ?? session.device) : "–"}
      </Detail>
      <Detail label={text.sheet.method}>{methodName(session.method)}</Detail>
      <Detail label={text.sheet.level}>{levelName(session.authenticationLevel)}</Detail>
      <Detail label={text.sheet.tenant}>
        {session.tenant ? (
          <bdi>{session.tenant.name}</bdi>
        ) : (
          <span className="text-muted-foreground">{text.sheet.noTenant}</span>
        )}
      </Detail>
      <Detail label={text.sheet.id}>
        <CopyId value={session.id} what="session id" />
      </Detail>
    </DetailList>
  );
}
