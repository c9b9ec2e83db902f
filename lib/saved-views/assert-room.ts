import type { ScopedTx } from "@/lib/db/scoped-transaction";
import { AppError } from "@/lib/errors/app-error";
import type { RequestContext } from "@/lib/operations/request-context";
import { countByList, isNameTaken, type SavedViewRow } from "./repository";
import { ownerIdOf, toViewReader } from "./view-reader";

/** Views of one list that a person may save, and that may be shared in a scope. */
export const viewsMax = { own: 50, shared: 100 };

type Tools = { tx: ScopedTx; ctx: RequestContext };
type Wanted = {
  list: string;
  name: string;
  shared: boolean /** The view as it is; null for a new one. */;
  before: SavedViewRow | null;
};

/** Throws `CONFLICT` where the owner has this name already, or there are as many views as there may be. */
export async function assertRoom({ tx, ctx }: Tools, { list, name, shared, before }: Wanted): Promise<void> {
  const { tenantId } = toViewReader(ctx);
  const ownerId = ownerIdOf(ctx);
  if (await isNameTaken(tx, { tenantId, ownerId, list, name, exceptId: before?.id ?? null })) {
    throw new AppError("CONFLICT", `You have a view called "${name}" already. Choose another name.`);
  }
  const counted = await countByList(tx, { tenantId, userId: ownerId, list, cap: viewsMax.shared });
  if (!before && counted.own >= viewsMax.own) {
    throw new AppError("CONFLICT", `You have ${viewsMax.own} views of this list. Delete one first.`);
  }
  if (shared && !before?.shared && counted.shared >= viewsMax.shared) {
    throw new AppError("CONFLICT", `${viewsMax.shared} views of this list are shared here. Delete one first.`);
  }
}
