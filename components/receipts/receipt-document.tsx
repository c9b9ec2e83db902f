import { CircleCheckIcon, CircleDashedIcon, HourglassIcon, type LucideIcon, OctagonAlertIcon } from "lucide-react";

import { PrintButton } from "@/components/receipts/print-button";
import { ReceiptFacts } from "@/components/receipts/receipt-facts";
import { ReceiptTimeline } from "@/components/receipts/receipt-timeline";
import { type Verdict, verdictOf } from "@/components/receipts/receipt-verdict";
import { RefreshWhilePending } from "@/components/receipts/refresh-while-pending";
import type { Receipt } from "@/lib/sessions/schemas";
import { cn } from "@/lib/ui/cn";
import { messages } from "@/lib/ui/messages";

const text = messages.receipts;

const looks: Record<Verdict["tone"], { icon: LucideIcon; surface: string; ink: string }> = {
  over: { icon: CircleCheckIcon, surface: "bg-success/8", ink: "text-success" },
  nothing: { icon: CircleDashedIcon, surface: "bg-muted/60", ink: "text-muted-foreground" },
  open: { icon: HourglassIcon, surface: "bg-warning/8", ink: "text-warning" },
  alarm: { icon: OctagonAlertIcon, surface: "bg-destructive/8", ink: "text-destructive dark:text-red-300" },
};

/** Properties of a receipt; `readAt` is when it was read, in epoch milliseconds. */
export type ReceiptDocumentProps = { receipt: Receipt; readAt: number };

/** The record of a revocation as a document: the verdict first, then what happened when, then the facts. */
export function ReceiptDocument({ receipt, readAt }: ReceiptDocumentProps) {
  const verdict = verdictOf(receipt, readAt);
  const { icon: Icon, surface, ink } = looks[verdict.tone];
  return (
    <article className="mx-auto flex w-full max-w-3xl flex-col overflow-hidden rounded-xl border bg-card shadow-sm print:max-w-none print:border-0 print:shadow-none">
      <RefreshWhilePending pending={receipt.status === "pending"} />
      <header className={cn("flex flex-col gap-4 border-b px-6 py-8 sm:px-10", surface)}>
        <div className="flex items-center justify-between gap-4">
          <p className={cn("flex items-center gap-2 font-medium text-[13px]", ink)}>
            <Icon className="size-5" aria-hidden="true" />
            {text.receipt}
          </p>
          <div className="print:hidden">
            <PrintButton />
          </div>
        </div>
        <div role="status" className="flex flex-col gap-2">
          <h1 className="text-balance font-semibold text-2xl leading-tight tracking-tight sm:text-3xl">
            {verdict.title}
          </h1>
          {verdict.hint ? <p className="max-w-prose text-muted-foreground text-sm">{verdict.hint}</p> : null}
        </div>
      </header>
      <div className="grid gap-x-10 gap-y-8 px-6 py-8 sm:px-10 md:grid-cols-2 print:grid-cols-2">
        <section className="flex flex-col gap-4">
          <h2 className="font-semibold text-sm">{text.timeline.title}</h2>
          <ReceiptTimeline receipt={receipt} />
        </section>
        <section className="flex flex-col gap-2">
          <h2 className="font-semibold text-sm">{text.facts.title}</h2>
          <ReceiptFacts receipt={receipt} />
        </section>
      </div>
    </article>
  );
}
