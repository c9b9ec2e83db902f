import { z } from "zod";
import type { SignInTraces } from "@/lib/mail/sign-in-words";

/** Names a mail's link by the hash of its token: the token itself goes no further than the door. */
export const mailedLinkInput = z.strictObject({ tokenHash: z.string().regex(/^[0-9a-f]{64}$/) });

/** What a mail's link can still do. */
export type MailedLinkState = "open" | "used" | "expired";

/** What a mail's link shows whoever holds it, signed in or not: the sign-in, or the attempt at one, that the mail was about. */
export type MailedLink = SignInTraces & {
  state: MailedLinkState;
  /** To which it was mailed. */
  email: string;
  /** When the sign-in was, or the attempt at it; RFC 3339 UTC. */
  at: string;
};
