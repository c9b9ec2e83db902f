import { type Accepted, acceptInvitation } from "@/lib/invitations/accept-invitation";
import type { AuthRequestState } from "./auth-request-state";
import { findCaller, toActor } from "./authenticate-request";

type AcceptanceBody = { invitationId: string; token: string; name?: string; password?: string };

/** Accepts an invitation for whoever's session the request carries, or for a newcomer who has none. */
export async function acceptInvitationLink(
  { invitationId, token, name, password }: AcceptanceBody,
  { requestId, clientAddress, userAgent }: AuthRequestState,
  cookieHeader: string | null,
): Promise<Accepted> {
  const check = await findCaller(cookieHeader);
  const actor = check && toActor(check.session);
  const user = actor?.type === "user" ? actor : null;
  const newcomer = name !== undefined && password !== undefined ? { name, password } : null;
  return acceptInvitation({ invitationId, token, newcomer }, { requestId, clientAddress, userAgent, user });
}
