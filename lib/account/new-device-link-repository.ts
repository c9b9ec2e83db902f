import type { ScopedTx } from "@/lib/db/scoped-transaction";

/** Whose sign-in a link was about, and the sessions that the browser has had since. */
export type RedeemedLink = { userId: string; sessionIds: string[] };

/** Uses a link up. Null for one that is used, has run out, or was never made; of several at once one is given it. */
export async function redeem(tx: ScopedTx, tokenHash: string): Promise<RedeemedLink | null> {
  const rows = await tx.$queryRaw<RedeemedLink[]>`
    select user_id::text as "userId", session_ids::text[] as "sessionIds" from gatehouse.redeem_new_device_link(${tokenHash})`;
  return rows[0] ?? null;
}
