import { isId } from "@/lib/db/new-id";
import type { ScopedTx } from "@/lib/db/scoped-transaction";
import { type BlockPosition, endlessMilliseconds } from "./block-order";

/** An account that is locked out after failed sign-ins in a row. */
export type LockoutRow = {
  userId: string;
  email: string;
  name: string | null;
  homeTenantId: string | null;
  failures: number;
  /** Null: until somebody unlocks it. */
  lockedUntil: Date | null;
  /** By the clock of Postgres. */
  secondsLeft: number | null;
  lastTriedAt: Date | null;
  /** What the list is sorted by. */
  at: Date;
};

/** The id of a lockout in lists of blocks. */
export function toLockoutId(userId: string): string {
  return `lockout:${userId}`;
}

/** The user of a lockout's id; null if it is none. */
export function parseLockoutId(blockId: string): string | null {
  const userId = blockId.startsWith("lockout:") ? blockId.slice("lockout:".length) : "";
  return isId(userId) ? userId.toLowerCase() : null;
}

type LockoutQuery = { descending: boolean; after: BlockPosition | undefined; limit: number };

/** One page of the accounts that are locked out and that the scope manages. */
export async function findLockouts(tx: ScopedTx, query: LockoutQuery): Promise<LockoutRow[]> {
  const { at, userId } = toPosition(query);
  return tx.$queryRaw<LockoutRow[]>`
    select user_id::text as "userId", email, name, home_tenant_id::text as "homeTenantId", failures,
      locked_until as "lockedUntil", ceil(extract(epoch from locked_until - now()))::int as "secondsLeft",
      last_tried_at as "lastTriedAt", at
    from gatehouse.find_account_lockouts(${query.descending}, ${at}::timestamptz, ${userId}::uuid, ${query.limit}::int)`;
}

const [leastId, greatestId] = ["00000000-0000-0000-0000-000000000000", "ffffffff-ffff-ffff-ffff-ffffffffffff"];

// A block of another kind in the same millisecond stands wholly before or wholly behind all lockouts.
function toPosition({ descending, after }: LockoutQuery): { at: Date | null; userId: string } {
  if (!after) return { at: null, userId: leastId };
  const at = new Date(Math.min(after.until, endlessMilliseconds));
  const userId = parseLockoutId(after.id);
  if (userId !== null) return { at, userId };
  const isBefore = after.id < toLockoutId(leastId) !== descending;
  const [first, last] = descending ? [greatestId, leastId] : [leastId, greatestId];
  return { at, userId: isBefore ? first : last };
}

/** How many accounts of the scope are locked out, counted up to `most`. */
export async function countLockouts(tx: ScopedTx, most: number): Promise<number> {
  const rows = await tx.$queryRaw<{ count: number }[]>`
    select count(*)::int as count from gatehouse.find_account_lockouts(true, null, null, ${most}::int)`;
  return rows[0]?.count ?? 0;
}

/** The lockout of one account, if it is locked out and the scope manages it. */
export async function findLockout(
  tx: ScopedTx,
  userId: string,
): Promise<{ failures: number; lockedUntil: Date | null } | null> {
  const rows = await tx.$queryRaw<{ failures: number; lockedUntil: Date | null; lockedForGood: boolean }[]>`
    select failures, locked_until as "lockedUntil", locked_for_good as "lockedForGood"
    from gatehouse.find_account_lockout(${userId}::uuid)`;
  const row = rows[0];
  return row && (row.lockedForGood || row.lockedUntil !== null) ? row : null;
}
