import Link from "next/link";
import type { ReactNode } from "react";

import { Detail, DetailList } from "@/components/detail/detail-list";
import { CopyId } from "@/components/feedback/copy-id";
import { receiptActor } from "@/components/receipts/receipt-words";
import type { Receipt } from "@/lib/sessions/schemas";
import { formatDuration, formatNumber } from "@/lib/ui/format";
import { messages } from "@/lib/ui/messages";

const text = messages.receipts.facts;

/** Everything the receipt states, to read, to copy and to print. */
export function ReceiptFacts({ receipt }: { receipt: Receipt }) {
  const { actor, target, verified } = receipt;
  return (
    <DetailList>
      <Detail label={text.scope}>{text.kind[receipt.kind] ?? receipt.kind}</Detail>
      {target ? (
        <Detail label={receipt.kind === "user" ? text.user : text.target}>
          {receipt.kind === "user" ? (
            <UserLink id={target.id}>{target.name ?? target.id}</UserLink>
          ) : (
            <bdi>{target.name ?? target.id}</bdi>
          )}
        </Detail>
      ) : null}
      <Detail label={text.ended}>{receipt.ended === null ? text.stillCounting : formatNumber(receipt.ended)}</Detail>
      <Detail label={text.people}>{receipt.users === null ? text.stillCounting : formatNumber(receipt.users)}</Detail>
      <Detail label={text.reason}>{receipt.reason ? <bdi>{receipt.reason}</bdi> : text.noReason}</Detail>
      <Detail label={text.actor}>
        {actor.type === "user" && actor.id ? <UserLink id={actor.id}>{actor.name}</UserLink> : receiptActor(receipt)}
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
        <Link
          href={`/platform/audit?${new URLSearchParams({ action: "session.revoke", ...(target ? { target: target.id } : {}) })}`}
          prefetch={false}
          className="underline underline-offset-4"
        >
          {text.auditLink}
        </Link>
      </Detail>
    </DetailList>
  );
}

function UserLink({ id, children }: { id: string; children: ReactNode }) {
  return (
    <Link href={`/platform/users/${id}`} prefetch={false} className="underline underline-offset-4">
      <bdi>{children}</bdi>
    </Link>
  );
}
