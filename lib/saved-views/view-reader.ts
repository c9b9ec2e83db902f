import { AppError } from "@/lib/errors/app-error";
import type { RequestContext } from "@/lib/operations/request-context";
import type { ViewReader } from "./repository";

/** Which views the caller sees. Programs see the shared ones. */
export function toViewReader({ actor, scope }: RequestContext): ViewReader {
  return {
    tenantId: scope.kind === "tenant" ? scope.tenantId : null,
    userId: actor.type === "user" ? actor.id : null,
  };
}

/** The caller's user id. Throws `FORBIDDEN` for programs: a view is a person's. */
export function ownerIdOf({ actor }: RequestContext): string {
  if (actor.type === "user") return actor.id;
  throw new AppError("FORBIDDEN", "A view belongs to a person: sign in to save one.");
}
