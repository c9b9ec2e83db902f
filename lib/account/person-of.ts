import { AppError, notFound } from "@/lib/errors/app-error";
import type { Actor, RequestContext } from "@/lib/operations/request-context";

/**
 * The person whose account it is. An account belongs to nobody's tenant, so it is not below any tenant's address: throws
 * `NOT_FOUND` there, and `FORBIDDEN` for a caller without an account.
 */
export function personOf({ actor, scope }: Pick<RequestContext, "actor" | "scope">): Extract<Actor, { type: "user" }> {
  if (scope.kind !== "platform") throw notFound("page");
  if (actor.type === "user") return actor;
  throw new AppError("FORBIDDEN", "Only somebody who is signed in has an account here.");
}
