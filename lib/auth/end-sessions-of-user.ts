import { setEndedBy } from "@/lib/db/scoped-transaction";
import { logger } from "@/lib/observability/logger";
import { authRequestState } from "./auth-request-state";
import type { ObservedTransaction } from "./observed-transactions";
import type { EndedSessions, SessionEndListener } from "./session-end-listener";

/** Rows that move into the history at once; the epoch ends all of them, and the sweeper moves what is left. */
const rowsAtOnceMax = 1_000;

/** Ends every session of a user whose password has changed, in the transaction that changes it. */
export async function endSessionsOfUser(
  transaction: ObservedTransaction,
  listener: SessionEndListener,
  userId: string,
): Promise<void> {
  const { tx } = transaction;
  // A sign-in holds this row shared while it inserts: once it is ours, every session of before can be seen.
  await tx.$queryRaw`select id from "user" where id = ${userId}::uuid for update`;
  await tellAround(transaction, listener, { userId });
  await setEndedBy(tx, endedBy("password_change", userId));
  await tx.$executeRaw`delete from session where id in (
    select id from session where user_id = ${userId}::uuid order by created_at desc limit ${rowsAtOnceMax})`;
  // Links that were mailed before this change must not undo it.
  await tx.$executeRaw`delete from verification where value = ${userId}`;
  await tx.$executeRaw`update "user" set session_epoch = session_epoch + 1, invited_at = null where id = ${userId}::uuid`;
}

/** Tells the listener now, before the commit, and again after it. */
export async function tellAround(
  transaction: ObservedTransaction,
  listener: SessionEndListener,
  ended: EndedSessions,
): Promise<void> {
  await tell(listener.before, ended);
  transaction.afterCommit.push(() => tell(listener.after, ended));
}

/** The user of this request as the one who ended sessions. */
export function endedBy(reason: string, userId: string) {
  const name = authRequestState()?.users.get(userId)?.email ?? userId;
  return { reason, type: "user", id: userId, name, receiptId: null };
}

async function tell(step: SessionEndListener["before"], ended: EndedSessions): Promise<void> {
  try {
    await step(ended);
  } catch (error) {
    logger.get().error({ err: error }, "a cache could not be told of ended sessions");
  }
}
