"use client";

import {
  CircleCheckIcon,
  CircleDashedIcon,
  HourglassIcon,
  type LucideIcon,
  OctagonAlertIcon,
  TriangleAlertIcon,
} from "lucide-react";

import { ReceiptButtons } from "@/components/receipts/receipt-buttons";
import { ReceiptFacts } from "@/components/receipts/receipt-facts";
import { ReceiptSample } from "@/components/receipts/receipt-sample";
import { ReceiptTimeline } from "@/components/receipts/receipt-timeline";
import { type Verdict, verdictOf } from "@/components/receipts/receipt-verdict";
import { type ReadReceipt, useLiveReceipt } from "@/components/receipts/use-live-receipt";
import type { RoleChoice } from "@/components/users/user-actions";
import type { Receipt } from "@/lib/sessions/receipt-schemas";
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
export type ReceiptDocumentProps = {
  receipt: Receipt;
  readAt: number;
  read: ReadReceipt;
  /** Roles of the scope, so that a filter by one says its name. */
  roles: readonly RoleChoice[];
};

/** The record of a revocation as a document: the verdict first, then what happened when, the facts, and what was tried. */
export function ReceiptDocument({ receipt: given, readAt: givenAt, read, roles }: ReceiptDocumentProps) {
  const { receipt, readAt, problem } = useLiveReceipt(given, givenAt, read);
  const verdict = verdictOf(receipt, readAt);
  const { icon: Icon, surface, ink } = looks[verdict.tone];
  return (
    <article className="mx-auto flex w-full max-w-3xl flex-col overflow-hidden rounded-xl border bg-card shadow-sm print:max-w-none print:overflow-visible print:rounded-none print:border-0 print:shadow-none">
      <header
        className={cn("flex flex-col gap-4 border-b px-6 py-8 sm:px-10 print:px-0 print:pt-0 print:pb-4", surface)}
      >
        <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
          <p className={cn("flex items-center gap-2 font-medium text-[13px]", ink)}>
            <Icon className="size-5" aria-hidden="true" />
            <span className="print:hidden">{text.receipt}</span>
            <span className="hidden print:inline">{text.printed}</span>
          </p>
          <ReceiptButtons receiptId={receipt.id} />
        </div>
        <div role="status" className="flex flex-col gap-2">
          <h1 className="text-balance font-semibold text-2xl leading-tight tracking-tight sm:text-3xl print:text-2xl">
            {verdict.title}
          </h1>
          {verdict.hint ? <p className="max-w-prose text-muted-foreground text-sm">{verdict.hint}</p> : null}
          {problem ? (
            <p className="flex items-start gap-2 font-medium text-[13px]">
              <TriangleAlertIcon className="mt-0.5 size-4 shrink-0 text-warning" aria-hidden="true" />
              {text.stale}
            </p>
          ) : null}
        </div>
      </header>
      <div className="grid gap-x-10 gap-y-8 px-6 py-8 sm:px-10 md:grid-cols-2 print:grid-cols-2 print:gap-x-8 print:px-0 print:py-5">
        <section className="flex flex-col gap-4">
          <h2 className="font-semibold text-sm">{text.timeline.title}</h2>
          <ReceiptTimeline receipt={receipt} />
        </section>
        <section className="flex flex-col gap-2">
          <h2 className="font-semibold text-sm">{text.facts.title}</h2>
          <ReceiptFacts receipt={receipt} roles={roles} />
        </section>
        <ReceiptSample sample={receipt.sample} />
      </div>
    </article>
  );
}
