import { assertManageable } from "@/lib/authorization/assert-manageable";
import { isId } from "@/lib/db/new-id";
import { notFound } from "@/lib/errors/app-error";
import { defineCommand, type OperationTools } from "@/lib/operations/define-operation";
import { startEndingUserSessions } from "./end-user-sessions";
import { once } from "./receipt-repeats";
import { type Receipt, receipt, revokeUserSessionsInput } from "./receipt-schemas";
import { toReceipt } from "./to-receipt";

/** Ends every session of a user; effective at once, however many there are. Without any, the receipt says zero. */
export const revokeUserSessions = defineCommand({
  name: "revokeUserSessions",
  summary: "End every session of a user",
  scope: "either",
  permission: "sessions.revoke",
  readPermission: "sessions.read",
  audit: "session.revoke",
  input: revokeUserSessionsInput,
  output: receipt,
  run: (tools, input) =>
    once(tools, { operation: "revokeUserSessions", input }, () =>
      revokeAllOfUser(tools, input.userId, input.reason ?? null),
    ),
});

/** The act itself, for every operation that offers it. Throws `NOT_FOUND` and `FORBIDDEN`. */
export async function revokeAllOfUser(tools: OperationTools<Receipt>, userId: string, note: string | null) {
  if (!isId(userId)) throw notFound("user");
  await assertManageable(tools, userId);
  const { user, receipt: started, finish } = await startEndingUserSessions(tools, { userId, reason: "revoked", note });
  tools.afterCommit(async () => toReceipt(await finish()));
  return {
    result: toReceipt(started),
    event: {
      target: { type: "user", id: user.id, name: user.email },
      reason: note,
      details: { receiptId: started.id, kind: "user", matched: started.matched },
    },
  };
}
