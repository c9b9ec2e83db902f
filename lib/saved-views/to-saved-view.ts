import type { RequestContext } from "@/lib/operations/request-context";
import type { SavedViewRow } from "./repository";
import type { SavedView } from "./schemas";
import { toViewReader } from "./view-reader";

/** A row as the answer shows it. */
export function toSavedView(row: SavedViewRow, ctx: RequestContext): SavedView {
  return {
    id: row.id,
    list: "sessions",
    name: row.name,
    query: toFields(row.query),
    shared: row.shared,
    own: row.ownerId === toViewReader(ctx).userId,
    owner: { id: row.ownerId, name: row.ownerName },
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
  };
}

// The database keeps it as an object.
function toFields(query: unknown): Record<string, unknown> {
  return typeof query === "object" && query !== null ? { ...query } : {};
}
