import type { Receipt } from "@/lib/sessions/receipt-schemas";
import { messages } from "@/lib/ui/messages";

const text = messages.receipts.verdict;

/** What a receipt says in one breath. `alarm` is the one case in which it is not over. */
export type Verdict = { tone: "over" | "nothing" | "open" | "alarm"; title: string; hint: string };

/**
 * Reads a receipt honestly: over only where a fence stands or every cache has had the time to forget, and never where
 * a re-checked session was still accepted. `now` is epoch milliseconds.
 */
export function verdictOf(receipt: Receipt, now: number): Verdict {
  const { verified, stores, ended, users, matched } = receipt;
  if (verified.stillAccepted > 0) {
    return { tone: "alarm", title: text.accepted(verified.stillAccepted), hint: text.acceptedHint };
  }
  if (receipt.status === "complete" && (ended ?? matched) === 0) {
    return { tone: "nothing", title: text.nothing, hint: text.nothingHint };
  }
  const title = ended === null ? text.endedUncounted : text.ended(ended, users);
  if (stores.redis.status === "fenced") {
    return { tone: "over", title: `${title} ${text.over}`, hint: receipt.status === "complete" ? "" : text.counting };
  }
  const committedAt = new Date(stores.postgres.at).getTime();
  const windowEndsAt = receipt.effectiveAt
    ? new Date(receipt.effectiveAt).getTime()
    : committedAt + receipt.worstCaseSeconds * 1000;
  if (now < windowEndsAt) return { tone: "open", title: text.pending, hint: text.window(receipt.worstCaseSeconds) };
  return { tone: "open", title: `${title} ${text.over}`, hint: text.windowPassed };
}
