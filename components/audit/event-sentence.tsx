import type { AuditEvent } from "@/lib/audit/schemas";
import { shortenMiddle } from "@/lib/ui/format";
import { messages } from "@/lib/ui/messages";

const text = messages.audit;

/** What of an event its sentence is made of. */
export type SaidEvent = Pick<AuditEvent, "action" | "outcome" | "actor" | "impersonator" | "target"> & {
  details?: AuditEvent["details"];
};

/** An event in words: who did, or was refused, what to whom. */
export function EventSentence({ event }: { event: SaidEvent }) {
  const words = text.act[event.action] ?? text.unknownAct(event.action);
  const target = targetOf(event, words.selfUnsaid ?? false);
  return (
    <span className="font-normal">
      {event.impersonator ? (
        <>
          <bdi className="font-medium">{event.impersonator.name}</bdi> {text.impersonating}{" "}
        </>
      ) : null}
      <bdi className="font-medium">{actorName(event)}</bdi> {verbOf(event, words)}
      {target !== null && words.link ? ` ${words.link}` : null}
      {target !== null ? (
        <>
          {" "}
          <bdi className="font-medium">{target}</bdi>
        </>
      ) : words.absent && event.target === null ? (
        ` ${words.absent}`
      ) : null}
    </span>
  );
}

/** The event in plain words, for names of rows and sheets. */
export function eventTitle(event: SaidEvent): string {
  const words = text.act[event.action] ?? text.unknownAct(event.action);
  return `${actorName(event)} ${verbOf(event, words)}`;
}

/** Who acted: a person's address, or what acted where nobody did. */
export function actorName(event: SaidEvent): string {
  const { type, name } = event.actor;
  const kind = text.actor[type];
  if (!kind) return name;
  return type === "anonymous" || name === type ? kind : `${kind} (${name})`;
}

function verbOf(event: SaidEvent, words: { done: string; attempt: string }): string {
  if (event.outcome === "success") return words.done;
  return `${event.outcome === "denied" ? text.denied : text.failed} ${words.attempt}`;
}

// A failed sign-in for an address nobody has names the address in its details.
function targetOf(event: SaidEvent, selfUnsaid: boolean): string | null {
  if (event.target === null) return typeof event.details?.email === "string" ? event.details.email : null;
  if (event.target.id !== event.actor.id) return event.target.name ?? shortenMiddle(event.target.id);
  return selfUnsaid ? null : text.themselves;
}
