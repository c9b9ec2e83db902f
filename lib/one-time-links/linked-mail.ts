import type { SignInTraces } from "@/lib/mail/sign-in-words";
import type { MailedLink, MailedLinkState } from "./schemas";

/** What the hash of a mail's link names, whatever its state: whom it was sent to, and what it was about. */
export type LinkedMail = SignInTraces & {
  state: MailedLinkState;
  userId: string;
  email: string;
  name: string;
  /** When the sign-in was, or the attempt at it. */
  at: Date;
};

/** As much of it as the link's page shows. */
export function toMailedLink({ state, email, browser, os, device, country, ipAddress, at }: LinkedMail): MailedLink {
  return { state, email, browser, os, device, country, ipAddress, at: at.toISOString() };
}
