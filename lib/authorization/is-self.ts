import type { RequestContext } from "@/lib/operations/request-context";

/** Whether a user is the caller: in person, behind an API key, or behind a session that acts as somebody else. */
export function isSelf(ctx: RequestContext, userId: string): boolean {
  return selfIds(ctx).includes(userId);
}

/** Ids of the people behind the caller; none for the CLI and jobs. */
export function selfIds({ actor }: RequestContext): string[] {
  if (actor.type === "api_key") return [actor.ownerId];
  if (actor.type !== "user") return [];
  return actor.impersonatedBy ? [actor.id, actor.impersonatedBy.id] : [actor.id];
}
