import type { Receipt } from "@/lib/sessions/schemas";
import { messages } from "@/lib/ui/messages";

const text = messages.receipts;

/** What was ended, in a few words: "Ended 42 sessions". */
export function receiptSummary({ ended, status }: Receipt): string {
  if (ended === null) return text.short.uncounted;
  return ended === 0 && status === "complete" ? text.short.nothing : text.short.sessions(ended);
}

/** Who asked for it, in words: a person's name, or what acted where nobody did. */
export function receiptActor({ actor }: Receipt): string {
  const kind = messages.audit.actor[actor.type];
  if (!kind) return actor.name;
  return actor.name === actor.type ? kind : `${kind} (${actor.name})`;
}
