import type { AppError } from "@/lib/errors/app-error";
import { linkRefused } from "@/lib/one-time-links/link-refused";
import type { LinkedInvitation } from "./invitation-link-store";

const refusals: Record<Exclude<LinkedInvitation["state"], "pending">, string> = {
  accepted: "This invitation was accepted already. Sign in.",
  revoked: "This invitation was withdrawn. Ask for a new one.",
  expired: "This invitation has run out. Ask for a new one.",
};

/** Refuses a link that is used, withdrawn, past its time, or of a tenant that is suspended. Throws `INVALID_INPUT`. */
export function assertUsable({ state, isSuspended }: LinkedInvitation): void {
  if (state !== "pending") throw invitationRefused(refusals[state]);
  if (isSuspended) throw invitationRefused("Nobody may enter this tenant at the moment. Try again later.");
}

/** What a link that cannot be used is answered; the one that names the reason was looked at before. */
export function invitationRefused(
  message = "This link does not work, or works no longer. Ask for a new invitation.",
): AppError {
  return linkRefused(message);
}
