import type { ReactNode } from "react";

import { Detail, DetailList } from "@/components/detail/detail-list";
import { CopyId } from "@/components/feedback/copy-id";
import { ExactTime } from "@/components/receipts/exact-time";
import { receiptActor } from "@/components/receipts/receipt-words";
import { ScopeLink } from "@/components/scope/scope-link";
import { FilterWordsList } from "@/components/sessions/filter-words-list";
import type { RoleChoice } from "@/components/users/user-actions";
import type { Receipt } from "@/lib/sessions/receipt-schemas";
import { formatDuration, formatNumber } from "@/lib/ui/format";
import { messages } from "@/lib/ui/messages";

const text = messages.receipts.facts;

type ReceiptFactsProps = { receipt: Receipt; roles: readonly RoleChoice[] };

/** Everything the receipt states, to read, to copy and to print. */
export function ReceiptFacts({ receipt, roles }: ReceiptFactsProps) {
  const { actor, verified, scope } = receipt;
  return (
    <DetailList>
      <Detail label={text.scope}>{text.kind[receipt.kind] ?? receipt.kind}</Detail>
      <Detail label={text.place}>{scope ? <bdi>{scope.name}</bdi> : text.platform}</Detail>
      {receipt.target ? <TargetDetail kind={receipt.kind} target={receipt.target} /> : null}
      <FilterDetails receipt={receipt} roles={roles} />
      <Detail label={text.ended}>{countOf(receipt.ended)}</Detail>
      <Detail label={text.people}>{countOf(receipt.users)}</Detail>
      <Detail label={text.leftOut}>
        {receipt.leftOut.sessions === 0
          ? text.leftOutNone
          : text.leftOutText(receipt.leftOut.sessions, receipt.leftOut.users)}
      </Detail>
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
        <PrintableId value={receipt.id} what="receipt id" />
      </Detail>
      <Detail label={text.requestId}>
        <PrintableId value={receipt.requestId} what="request id" />
      </Detail>
      <Detail label={text.audit}>
        <ScopeLink
          href={`/audit?${new URLSearchParams({ requestId: receipt.requestId })}`}
          prefetch={false}
          className="underline underline-offset-4"
        >
          {text.auditLink}
        </ScopeLink>
      </Detail>
    </DetailList>
  );
}

/** What a revocation by a filter rests on: the filter in words, when it was looked at, and what came after that. */
function FilterDetails({ receipt, roles }: ReceiptFactsProps) {
  if (receipt.filter === null) return null;
  return (
    <>
      <Detail label={text.filter}>
        <FilterWordsList filter={receipt.filter} tenantName={receipt.scope?.name ?? null} roles={roles} />
      </Detail>
      {receipt.asOf ? (
        <Detail label={text.asOf}>
          <ExactTime value={receipt.asOf} />
        </Detail>
      ) : null}
      <Detail label={text.included}>{receipt.includedNew ? text.includedYes : text.includedNo}</Detail>
    </>
  );
}

// Shortened on a screen, where it can be copied; whole on paper.
function PrintableId({ value, what }: { value: string; what: string }) {
  return (
    <>
      <span className="print:hidden">
        <CopyId value={value} what={what} />
      </span>
      <span className="hidden break-all font-mono text-[11px] print:inline">{value}</span>
    </>
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

function UserLink({ id, children }: { id: string; children: ReactNode }) {
  return (
    <ScopeLink href={`/users/${id}`} prefetch={false} className="underline underline-offset-4">
      <bdi>{children}</bdi>
    </ScopeLink>
  );
}
