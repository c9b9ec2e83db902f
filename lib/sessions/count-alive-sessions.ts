import type { ScopedTx } from "@/lib/db/scoped-transaction";
import { countAlive } from "./session-end-repository";

/** How many of a user's sessions are alive in the caller's scope, counted up to `cap`: more cost what they count. */
export async function countAliveSessions(tx: ScopedTx, userId: string, cap: number): Promise<number> {
  return countAlive(tx, userId, cap);
}
