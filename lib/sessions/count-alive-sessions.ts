import type { ScopedTx } from "@/lib/db/scoped-transaction";
import { countAlive, countAliveOfTenant } from "./living-sessions-repository";

/** How many of a user's sessions are alive in the caller's scope, counted up to `cap`: more cost what they count. */
export async function countAliveSessions(tx: ScopedTx, userId: string, cap: number): Promise<number> {
  return countAlive(tx, userId, cap);
}

/** How many live sessions a tenant's epoch covers: active in it, or of people at home in it. Counted up to `cap`. */
export async function countAliveSessionsOfTenant(tx: ScopedTx, tenantId: string, cap: number): Promise<number> {
  return countAliveOfTenant(tx, tenantId, cap);
}
