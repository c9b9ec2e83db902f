import type { ScopedTx } from "@/lib/db/scoped-transaction";
import { AppError } from "@/lib/errors/app-error";
import type { RequestContext } from "@/lib/operations/request-context";
import { isAboveHome, platformRankOf, tenantRankOf } from "./rank-repository";

/**
 * Whether the caller may act on a user: that user's highest rank in the scope is below the caller's, both are owners,
 * or it is the caller. Read in the caller's transaction, never from a cache. Throws `FORBIDDEN`.
 */
export async function assertManageable(
  { ctx, tx }: { ctx: RequestContext; tx: ScopedTx },
  userId: string,
): Promise<void> {
  if (ctx.actor.id === userId) return;
  const rank = await rankOf(ctx, tx, userId);
  const limit = ctx.grants.isOwner ? ctx.grants.rank + 1 : ctx.grants.rank;
  if (rank < limit) return;
  throw new AppError("FORBIDDEN", "This person's role ranks as high as yours or higher. Ask somebody above them.");
}

async function rankOf(ctx: RequestContext, tx: ScopedTx, userId: string): Promise<number> {
  if (ctx.scope.kind !== "tenant") return platformRankOf(tx, userId);
  // No role in a tenant reaches the accounts of those who run the platform.
  if (await isAboveHome(tx, userId)) return Number.POSITIVE_INFINITY;
  return tenantRankOf(tx, userId, ctx.scope.tenantId);
}
