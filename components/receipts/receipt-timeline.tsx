import { CheckIcon, EllipsisIcon, OctagonAlertIcon } from "lucide-react";
import type { ReactNode } from "react";

import { ExactTime } from "@/components/receipts/exact-time";
import { receiptActor } from "@/components/receipts/receipt-words";
import type { Receipt } from "@/lib/sessions/receipt-schemas";
import { cn } from "@/lib/ui/cn";
import { messages } from "@/lib/ui/messages";

const text = messages.receipts.timeline;

/** What happened when, store by store. What is still to come stands there as to come. */
export function ReceiptTimeline({ receipt }: { receipt: Receipt }) {
  const { stores, verified, progress } = receipt;
  const fenced = stores.redis.status === "fenced";
  return (
    <ol className="flex flex-col">
      <Step at={receipt.requestedAt} title={text.requested}>
        {text.requestedBy(receiptActor(receipt))}
      </Step>
      <Step at={stores.postgres.at} title={text.committed}>
        {text.committedHint}
      </Step>
      {fenced ? (
        <Step at={stores.redis.at ?? receipt.effectiveAt} title={text.fenced}>
          {text.fencedHint}
        </Step>
      ) : (
        <Step state="open" title={text.fencePending}>
          {text.fencePendingHint(receipt.worstCaseSeconds)}
        </Step>
      )}
      {verified.checked > 0 ? (
        <Step state={verified.stillAccepted > 0 ? "alarm" : "done"} title={text.verified(verified.checked)}>
          {verified.stillAccepted > 0 ? messages.receipts.verdict.accepted(verified.stillAccepted) : text.verifiedHint}
        </Step>
      ) : null}
      {receipt.status === "complete" ? (
        <Step at={receipt.completedAt} title={text.completed} last>
          {text.completedHint}
        </Step>
      ) : (
        <Outstanding {...progress} />
      )}
    </ol>
  );
}

type StepProps = {
  title: string;
  at?: string | null;
  state?: "done" | "open" | "alarm";
  last?: boolean;
  children: ReactNode;
};

const marks = {
  done: { icon: CheckIcon, className: "border-success/40 bg-success/10 text-success" },
  open: { icon: EllipsisIcon, className: "border-warning/40 bg-warning/10 text-warning" },
  alarm: {
    icon: OctagonAlertIcon,
    className: "border-destructive/40 bg-destructive/10 text-destructive dark:text-red-300",
  },
};

function Step({ title, at, state = "done", last = false, children }: StepProps) {
  const { icon: Icon, className } = marks[state];
  return (
    <li className="grid grid-cols-[1.5rem_1fr] gap-x-3">
      <span className="flex flex-col items-center">
        <span className={cn("flex size-6 shrink-0 items-center justify-center rounded-full border", className)}>
          <Icon className="size-3.5" aria-hidden="true" />
        </span>
        {last ? null : <span aria-hidden="true" className="w-px flex-1 bg-border" />}
      </span>
      <span className={cn("flex flex-col gap-0.5", !last && "pb-5")}>
        <span className="font-medium text-[13px] leading-6">{title}</span>
        {at ? <ExactTime value={at} /> : null}
        <span className="text-muted-foreground text-xs">{children}</span>
      </span>
    </li>
  );
}

/** What a pending receipt still waits for: the job that moves rows, or only the word of Redis. */
function Outstanding({ done, total }: Receipt["progress"]) {
  if (total !== null && done >= total) {
    return (
      <Step state="open" title={text.confirming} last>
        {text.confirmingHint}
      </Step>
    );
  }
  return (
    <Step state="open" title={text.moving} last>
      <span className="flex flex-col gap-1.5 pt-1">
        <progress
          aria-label={text.moving}
          className="h-1.5 w-full appearance-none overflow-hidden rounded-full bg-muted [&::-moz-progress-bar]:bg-primary [&::-webkit-progress-bar]:bg-muted [&::-webkit-progress-value]:bg-primary"
          value={total === null ? undefined : done}
          max={total ?? undefined}
        />
        {text.progress(done, total)}
      </span>
    </Step>
  );
}
