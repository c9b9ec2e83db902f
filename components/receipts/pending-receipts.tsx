"use client";

import { HourglassIcon } from "lucide-react";
import { useRouter } from "next/navigation";
import { useEffect, useEffectEvent, useState } from "react";

import type { ListPage } from "@/components/data-table/list-page";
import { PENDING_SHOWN_MAX } from "@/components/receipts/pending-shown-max";
import { receiptSummary } from "@/components/receipts/receipt-words";
import { ScopeLink } from "@/components/scope/scope-link";
import type { Receipt } from "@/lib/sessions/receipt-schemas";
import type { ActionResult } from "@/lib/ui/action-result";
import { messages } from "@/lib/ui/messages";

const text = messages.receipts.pending;

const EVERY_MS = 3000;
const NAMED = 3;

/** Reads a page of receipts. */
export type ReadReceipts = (input: { status: "pending"; limit: number }) => Promise<ActionResult<ListPage<Receipt>>>;

/** Properties of the notice; `given` is what was pending when the page was made, null where it is not to be read. */
export type PendingReceiptsProps = { given: ListPage<Receipt> | null; read: ReadReceipts };

/**
 * Says that revocations are still being finished, with the way to each, until they are; then the page is asked for
 * again. Nothing where none is. The external system is the job that finishes them.
 */
export function PendingReceipts({ given, read }: PendingReceiptsProps) {
  const router = useRouter();
  const [base, setBase] = useState(given);
  const [pending, setPending] = useState(given);
  if (given !== base) {
    setBase(given);
    setPending(given);
  }
  const count = pending?.data.length ?? 0;

  const look = useEffectEvent(async () => {
    if (document.visibilityState !== "visible") return;
    const answer = await read({ status: "pending", limit: PENDING_SHOWN_MAX }).catch(() => null);
    // A look that fails changes nothing: what was pending is pending until the server says otherwise.
    if (!answer?.ok) return;
    setPending(answer.data);
    if (answer.data.data.length < count) router.refresh();
  });

  useEffect(() => {
    if (count === 0) return;
    const timer = setInterval(look, EVERY_MS);
    return () => clearInterval(timer);
  }, [count]);

  return (
    <div role="status">
      {pending === null || count === 0 ? null : <Notice receipts={pending.data} more={pending.nextCursor !== null} />}
    </div>
  );
}

function Notice({ receipts, more }: { receipts: readonly Receipt[]; more: boolean }) {
  const unnamed = receipts.length - NAMED;
  return (
    <div className="mb-4 flex flex-wrap items-center gap-x-3 gap-y-1.5 rounded-lg border border-warning/35 bg-warning/8 px-3 py-2 text-[13px]">
      <HourglassIcon className="size-4 shrink-0 text-warning" aria-hidden="true" />
      <span className="font-medium">{text.title(receipts.length, more)}</span>
      <span className="flex min-w-0 flex-1 flex-wrap gap-x-3 gap-y-1">
        {receipts.slice(0, NAMED).map((receipt) => (
          <ScopeLink
            key={receipt.id}
            href={`/receipts/${receipt.id}`}
            prefetch={false}
            className="truncate underline underline-offset-4"
          >
            {receiptSummary(receipt)}
          </ScopeLink>
        ))}
        {unnamed > 0 || more ? (
          <ScopeLink href="/receipts?status=pending" prefetch={false} className="underline underline-offset-4">
            {text.all}
          </ScopeLink>
        ) : null}
      </span>
    </div>
  );
}
