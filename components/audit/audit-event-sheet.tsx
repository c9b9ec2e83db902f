"use client";

import { type ReactNode, useState } from "react";

import { ChangesTable } from "@/components/audit/changes-table";
import { actorName, EventSentence } from "@/components/audit/event-sentence";
import { OutcomeBadge } from "@/components/audit/outcome-badge";
import { Detail, DetailList } from "@/components/detail/detail-list";
import { RowSheet, SheetSection } from "@/components/detail/row-sheet";
import { CopyId } from "@/components/feedback/copy-id";
import { RelativeTime } from "@/components/feedback/relative-time";
import { chartPlace, ruleName } from "@/components/rate-limits/rate-limit-words";
import { ScopeLink } from "@/components/scope/scope-link";
import { useScope } from "@/components/scope/scope-provider";
import { buttonVariants } from "@/components/ui/button";
import type { AuditEvent } from "@/lib/audit/schemas";
import { messages } from "@/lib/ui/messages";

const text = messages.audit;

/** One event in full: what changed, who, from where, and what belongs to it. Keeps its text while it slides away. */
export function AuditEventSheet({ event, onClose }: { event: AuditEvent | null; onClose: () => void }) {
  const [last, setLast] = useState(event);
  if (event !== null && event !== last) setLast(event);
  const shown = event ?? last;
  if (shown === null) return null;
  return (
    <RowSheet
      open={event !== null}
      onClose={onClose}
      title={<EventSentence event={shown} />}
      description={text.sheet.description}
    >
      {shown.changes && Object.keys(shown.changes).length > 0 ? (
        <SheetSection title={text.sheet.difference}>
          <ChangesTable changes={shown.changes} />
        </SheetSection>
      ) : null}
      <SheetSection title={text.sheet.context}>
        <Context event={shown} />
      </SheetSection>
      {shown.details && Object.keys(shown.details).length > 0 ? (
        <SheetSection title={text.sheet.details}>
          <DetailList>
            {Object.entries(shown.details).map(([name, value]) => (
              <Detail key={name} label={name}>
                <DetailValue name={name} value={value} />
              </Detail>
            ))}
          </DetailList>
        </SheetSection>
      ) : null}
      <RelatedLinks event={shown} />
    </RowSheet>
  );
}

function Context({ event }: { event: AuditEvent }) {
  const inTenant = useScope().kind === "tenant";
  return (
    <DetailList>
      <Detail label={text.sheet.time}>
        <RelativeTime value={event.at} />
      </Detail>
      <Detail label={text.sheet.outcome}>
        <OutcomeBadge outcome={event.outcome} />
      </Detail>
      <Detail label={text.sheet.actor}>
        <PersonLink id={event.actor.type === "user" ? event.actor.id : null}>{actorName(event)}</PersonLink>
      </Detail>
      {event.impersonator ? (
        <Detail label={text.sheet.impersonator}>
          <PersonLink id={event.impersonator.id}>{event.impersonator.name}</PersonLink>
        </Detail>
      ) : null}
      <Detail label={text.sheet.target}>
        {event.target ? (
          <PersonLink id={event.target.type === "user" ? event.target.id : null}>
            {event.target.name ?? event.target.id}
          </PersonLink>
        ) : (
          text.sheet.noTarget
        )}
      </Detail>
      {event.tenantId && !inTenant ? (
        <Detail label={text.sheet.tenant}>
          {event.tenant ? <bdi className="block">{event.tenant.name}</bdi> : null}
          <CopyId value={event.tenantId} what="tenant id" />
        </Detail>
      ) : null}
      {event.reason ? (
        <Detail label={text.sheet.reason}>
          <bdi>{event.reason}</bdi>
        </Detail>
      ) : null}
      <Detail label={text.sheet.action}>
        <code className="font-mono text-[12px]">{event.action}</code>
      </Detail>
      <Detail label={text.sheet.source}>{text.source[event.source] ?? event.source}</Detail>
      <Detail label={text.sheet.address}>
        <span className="font-mono text-[12px]">{event.clientAddress ?? "–"}</span>
      </Detail>
      <Detail label={text.sheet.userAgent}>
        <span className="text-muted-foreground text-xs">{event.userAgent ?? "–"}</span>
      </Detail>
      <Detail label={text.sheet.requestId}>
        <CopyId value={event.requestId} what="request id" />
      </Detail>
      <Detail label={text.sheet.id}>
        <CopyId value={event.id} what="event id" />
      </Detail>
    </DetailList>
  );
}

function PersonLink({ id, children }: { id: string | null; children: string }) {
  if (id === null) return <bdi>{children}</bdi>;
  return (
    <ScopeLink
      href={`/users/${id}`}
      className="rounded-sm underline underline-offset-4 outline-none focus-visible:ring-2 focus-visible:ring-ring"
    >
      <bdi>{children}</bdi>
    </ScopeLink>
  );
}

function DetailValue({ name, value }: { name: string; value: unknown }): ReactNode {
  if (name === "receiptId" && typeof value === "string") {
    return (
      <ScopeLink href={`/receipts/${value}`} className="underline underline-offset-4">
        {text.sheet.receipt}
      </ScopeLink>
    );
  }
  if (name === "rule" && typeof value === "string") {
    return (
      <ScopeLink href={chartPlace(value)} className="underline underline-offset-4">
        {ruleName(value)}
      </ScopeLink>
    );
  }
  if (typeof value === "string") return <bdi>{value}</bdi>;
  return <code className="font-mono text-[12px]">{JSON.stringify(value)}</code>;
}

function RelatedLinks({ event }: { event: AuditEvent }) {
  const links: { label: string; query: Record<string, string> }[] = [
    { label: text.sheet.sameRequest, query: { requestId: event.requestId } },
    ...(event.actor.id ? [{ label: text.sheet.sameActor, query: { actor: event.actor.id } }] : []),
    ...(event.target ? [{ label: text.sheet.sameTarget, query: { target: event.target.id } }] : []),
  ];
  return (
    <div className="flex flex-wrap gap-2">
      {links.map(({ label, query }) => (
        <ScopeLink
          key={label}
          href={`/audit?${new URLSearchParams(query)}`}
          prefetch={false}
          className={buttonVariants({ variant: "outline", size: "xs" })}
        >
          {label}
        </ScopeLink>
      ))}
    </div>
  );
}
