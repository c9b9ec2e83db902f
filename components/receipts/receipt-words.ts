import type { Receipt } from "@/lib/sessions/receipt-schemas";
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

/** Whose or which sessions they were, for a list: a person's name, or that a filter found them; null for chosen ones. */
export function receiptSubject({ target, kind, scope }: Receipt): string | null {
  if (target?.name) return text.short.of(target.name);
  if (kind === "filter") return text.short.byFilter;
  if (kind === "tenant") return text.short.of(scope?.name ?? text.facts.kind.tenant ?? kind);
  return kind === "platform" ? text.short.of(text.facts.platform.toLocaleLowerCase("en")) : null;
}
