import type { DestructiveReport } from "@/components/feedback/destructive-dialog";
import type { Receipt } from "@/lib/sessions/receipt-schemas";
import { messages } from "@/lib/ui/messages";

const text = messages.receipts;

/** What ending sessions did, for the toast, with the way to the receipt. `name` is whose sessions they were. */
export function toReceiptReport(receipt: Receipt, name: string | null): DestructiveReport {
  const fenced = receipt.stores.redis.status === "fenced";
  return {
    title: text.toast.done(receipt.ended, name),
    description: !fenced
      ? text.toast.pending(receipt.worstCaseSeconds)
      : receipt.status === "complete"
        ? text.toast.over
        : text.toast.counting,
    tone: fenced ? "success" : "warning",
    link: { href: `/receipts/${receipt.id}`, label: text.show },
  };
}
