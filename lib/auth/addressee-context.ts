import { noGrants, type RequestContext } from "@/lib/operations/request-context";
import type { AuthRequestState } from "./auth-request-state";

/** Whom a mail was sent to. */
type Addressee = { userId: string; email: string; name: string };

/**
 * The context of whoever holds the token of a mail: they act as the person it was sent to, with nothing that this person
 * holds and without a fresh proof. `sessionId` is the session that the mail was about; where there is none, the request
 * stands for it.
 */
export function addresseeContext(
  { userId, email, name, sessionId }: Addressee & { sessionId?: string },
  { requestId, clientAddress, userAgent }: AuthRequestState,
): RequestContext {
  return {
    scope: { kind: "platform" },
    actor: {
      type: "user",
      id: userId,
      email,
      name,
      sessionId: sessionId ?? requestId,
      authenticatedAt: new Date(0),
      impersonatedBy: null,
    },
    grants: noGrants,
    requestId,
    clientAddress,
    userAgent,
    source: "auth",
  };
}
