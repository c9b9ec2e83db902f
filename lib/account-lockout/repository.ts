import type { ScopedTx } from "@/lib/db/scoped-transaction";

/** What is remembered of the failures of one user's address. */
export type LockoutRow = {
  failures: number;
  deviceFailures: number;
  lockedUntil: Date | null;
  lockedForGood: boolean;
  lastTriedAt: Date | null;
};

/** Null where there is nothing, and in a tenant's scope for an account that is managed elsewhere. */
export async function findByUserId(tx: ScopedTx, userId: string): Promise<LockoutRow | null> {
  const rows = await tx.$queryRaw<LockoutRow[]>`
    select failures, device_failures as "deviceFailures", locked_until as "lockedUntil", locked_for_good as "lockedForGood",
      last_tried_at as "lastTriedAt"
    from gatehouse.find_account_lockout(${userId}::uuid)`;
  return rows[0] ?? null;
}

/** Uses a link up and says whose account it unlocks. Null for one that is used, has run out, or was never made. */
export async function redeem(tx: ScopedTx, tokenHash: string): Promise<{ userId: string; email: string } | null> {
  const rows = await tx.$queryRaw<{ userId: string; email: string }[]>`
    select user_id::text as "userId", email from gatehouse.redeem_unlock_link(${tokenHash})`;
  return rows[0] ?? null;
}
