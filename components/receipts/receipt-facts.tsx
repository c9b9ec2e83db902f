import type { ReactNode } from "react";

import { Detail, DetailList } from "@/components/detail/detail-list";
import { CopyId } from "@/components/feedback/copy-id";
import { ExactTime } from "@/components/receipts/exact-time";
import { receiptActor } from "@/components/receipts/receipt-words";
import { ScopeLink } from "@/components/scope/scope-link";
import type { Receipt } from "@/lib/sessions/schemas";
import { formatDuration, formatNumber } from "@/lib/ui/format";
import { messages } from "@/lib/ui/messages";

const text = messages.receipts.facts;

/** Everything the receipt states, to read, to copy and to print. */
export function ReceiptFacts({ receipt }: { receipt: Receipt }) {
  const { actor, verified } = receipt;
  return (
    <DetailList>
      <Detail label={text.scope}>{text.kind[receipt.kind] ?? receipt.kind}</Detail>
      {receipt.target ? <TargetDetail kind={receipt.kind} target={receipt.target} /> : null}
      <Detail label={text.ended}>{countOf(receipt.ended)}</Detail>
      <Detail label={text.people}>{countOf(receipt.users)}</Detail>
      <Detail label={text.reason}>{receipt.reason ? <bdi>{receipt.reason}</bdi> : text.noReason}</Detail>
      <Detail label={text.actor}>
        {actor.type === "user" && actor.id ? <UserLink id={actor.id}>{actor.name}</UserLink> : receiptActor(receipt)}
      </Detail>
      <Detail label={text.effective}>
        {receipt.effectiveAt ? <ExactTime value={receipt.effectiveAt} /> : text.effectiveOpen}
      </Detail>
      <Detail label={text.window}>
        {receipt.worstCaseSeconds === 0 ? text.windowNone : formatDuration(receipt.worstCaseSeconds)}
      </Detail>
      <Detail label={text.sample}>{text.sampleText(verified.checked, verified.stillAccepted)}</Detail>
      <Detail label={text.id}>
        <span className="print:hidden">
          <CopyId value={receipt.id} what="receipt id" />
        </span>
        <span className="hidden font-mono text-[11px] print:inline">{receipt.id}</span>
      </Detail>
      <Detail label={text.audit}>
        <ScopeLink href={auditHref(receipt)} prefetch={false} className="underline underline-offset-4">
          {text.auditLink}
        </ScopeLink>
      </Detail>
    </DetailList>
  );
}

function TargetDetail({ kind, target }: { kind: string; target: NonNullable<Receipt["target"]> }) {
  const name = target.name ?? target.id;
  return kind === "user" ? (
    <Detail label={text.user}>
      <UserLink id={target.id}>{name}</UserLink>
    </Detail>
  ) : (
    <Detail label={text.target}>
      <bdi>{name}</bdi>
    </Detail>
  );
}

const countOf = (count: number | null): string => (count === null ? text.stillCounting : formatNumber(count));

const BEFORE_MS = 1000;
const AFTER_MS = 10_000;

// A lock or a deletion leaves an event of its own kind, so the event is found by its target and its time.
function auditHref({ requestedAt, target }: Receipt): string {
  const at = new Date(requestedAt).getTime();
  const query = new URLSearchParams({
    from: new Date(at - BEFORE_MS).toISOString(),
    to: new Date(at + AFTER_MS).toISOString(),
    ...(target ? { target: target.id } : {}),
  });
  return `/audit?${query}`;
}

function UserLink({ id, children }: { id: string; children: ReactNode }) {
  return (
    <ScopeLink href={`/users/${id}`} prefetch={false} className="underline underline-offset-4">
      <bdi>{children}</bdi>
    </ScopeLink>
  );
}
