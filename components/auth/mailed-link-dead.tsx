import { DeadLink } from "@/components/auth/dead-link";
import type { MailedLinkState } from "@/lib/one-time-links/schemas";

/** The words for a mail's link that cannot be used. */
export type MailedLinkDeadWords = {
  dead: Record<Exclude<MailedLinkState, "open"> | "unknown", { title: string; body: string }>;
  /** The way on. */
  reset: string;
};

/** Properties of a mail's link that cannot be used; `state` is undefined where nobody knows it. */
export type MailedLinkDeadProps = { state: MailedLinkState | undefined; text: MailedLinkDeadWords };

/** A mail's link that was used, has run out, or was cut off on its way. */
export function MailedLinkDead({ state, text }: MailedLinkDeadProps) {
  const { title, body } = state === undefined || state === "open" ? text.dead.unknown : text.dead[state];
  return <DeadLink title={title} body={body} href="/forgot-password" label={text.reset} />;
}
