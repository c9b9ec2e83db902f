import { forgetFailures, wasLocked } from "@/lib/account-lockout/forget-failures";
import { clearSignInCounters } from "@/lib/rate-limits/clear-sign-in-counters";
import { recordUnlockByPassword } from "./auth-audit";
import { authRequestState } from "./auth-request-state";
import type { ObservedTransaction } from "./observed-transactions";

/** With a new password, failed attempts on the old one are forgotten: its holder can sign in at once. */
export async function unlockByPassword({ tx, afterCommit }: ObservedTransaction, userId: string): Promise<void> {
  const user = authRequestState()?.users.get(userId);
  const found = user ?? (await tx.user.findUnique({ where: { id: userId }, select: { email: true } }));
  if (!found) return;
  const { email } = found;
  const forgotten = await forgetFailures(tx, email);
  if (forgotten && user && wasLocked(forgotten)) await recordUnlockByPassword(tx, user, forgotten);
  afterCommit.push(() => clearSignInCounters(email));
}
