import type { RequestContext } from "@/lib/operations/request-context";

/** Who made a row, as it is kept. */
export type CreatedBy = { createdByType: string; createdById: string | null; createdByName: string };

/** Whoever is acting, named as the audit log names them. */
export function toActor({ actor }: RequestContext): CreatedBy {
  return {
    createdByType: actor.type,
    createdById: actor.id,
    createdByName: actor.type === "user" ? actor.email : actor.name,
  };
}
