import { defineCommand } from "@/lib/operations/define-operation";
import { startEndingUserSessions } from "./end-user-sessions";
import { once, type RepeatableTools } from "./receipt-repeats";
import { receipt, revokeUserSessionsInput } from "./receipt-schemas";
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
    once(tools, { operation: "revokeUserSessions", input }, (repeatable) =>
      revokeAllOfUser(repeatable, input.userId, input.reason ?? null),
    ),
});

/** The act itself, for every operation that offers it. Throws `NOT_FOUND` and `FORBIDDEN`. */
export async function revokeAllOfUser(tools: RepeatableTools, userId: string, note: string | null) {
  const ending = { userId, reason: "revoked", note, asksForReach: true } as const;
  const { user, receipt: started, finish } = await startEndingUserSessions(tools, ending);
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
