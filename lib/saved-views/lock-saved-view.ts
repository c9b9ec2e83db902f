import { isId } from "@/lib/db/new-id";
import type { ScopedTx } from "@/lib/db/scoped-transaction";
import { notFound } from "@/lib/errors/app-error";
import type { RequestContext } from "@/lib/operations/request-context";
import { lockById, type SavedViewRow } from "./repository";
import { toViewReader } from "./view-reader";

/** A view that the caller sees, held until the transaction ends. Throws `NOT_FOUND`. */
export async function lockSavedView(tx: ScopedTx, ctx: RequestContext, viewId: string): Promise<SavedViewRow> {
  const row = isId(viewId) ? await lockById(tx, toViewReader(ctx), viewId) : null;
  if (!row) throw notFound("saved view");
  return row;
}
