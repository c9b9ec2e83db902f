import type { ScopedTx } from "@/lib/db/scoped-transaction";
import { findByUserId } from "./repository";
import type { SignInLock } from "./schemas";

/** What is remembered of somebody's failed sign-ins. Null where there is nothing, and where the scope does not manage them. */
export async function readSignInLock(tx: ScopedTx, userId: string): Promise<SignInLock | null> {
  const row = await findByUserId(tx, userId);
  if (!row) return null;
  const { lockedUntil, lastTriedAt, ...counts } = row;
  return {
    ...counts,
    lockedUntil: lockedUntil?.toISOString() ?? null,
    lastTriedAt: lastTriedAt?.toISOString() ?? null,
  };
}
