import type { RequestContext } from "@/lib/operations/request-context";
import type { Inviter } from "./repository";

/** Who vouches for an invitation: their grants at the time of its acceptance decide what it still gives. */
export function toInviter({ actor }: RequestContext): Inviter {
  const person = actor.type === "api_key" ? actor.ownerId : actor.id;
  return { invitedByType: actor.type, invitedById: person, invitedByName: actor.name };
}
