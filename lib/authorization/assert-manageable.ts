import type { ScopedTx } from "@/lib/db/scoped-transaction";
import { AppError } from "@/lib/errors/app-error";
import type { RequestContext } from "@/lib/operations/request-context";
import type { Reach } from "./out-of-reach";
import { isOutOfReach } from "./rank-repository";

type Caller = { ctx: RequestContext; tx: ScopedTx };

/** As `isManageable`; throws `FORBIDDEN` where it is not so. */
export async function assertManageable(caller: Caller, userId: string): Promise<void> {
  if (!(await isManageable(caller, userId))) throw outOfReachError();
}

/** What `assertManageable` throws. */
export function outOfReachError(): AppError {
  return new AppError("FORBIDDEN", "This person's role ranks as high as yours or higher. Ask somebody above them.");
}

/**
 * Whether the caller may act on a user: that user's highest rank in the scope is below the caller's, both are owners,
 * or it is the caller. Read in the caller's transaction, never from a cache.
 */
export async function isManageable({ ctx, tx }: Caller, userId: string): Promise<boolean> {
  return ctx.actor.id === userId || !(await isOutOfReach(tx, reachOf(ctx), userId));
}

/** How far a caller reaches in the scope; oneself apart, whom everybody may act on. */
export function reachOf({ scope, grants }: RequestContext): Reach {
  return { inTenant: scope.kind === "tenant", rankMin: grants.isOwner ? grants.rank + 1 : grants.rank };
}
