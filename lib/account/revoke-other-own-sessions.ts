import { defineCommand } from "@/lib/operations/define-operation";
import { endOtherOwnSessions } from "@/lib/sessions/end-own-sessions";
import { receipt } from "@/lib/sessions/receipt-schemas";
import { findHomeTenantId } from "./own-sessions-repository";
import { personOf } from "./person-of";
import { revokeOtherOwnSessionsInput } from "./schemas";

/** Ends all of the caller's own sessions but the one that asks. Where there is no other, the receipt says zero. */
export const revokeOtherOwnSessions = defineCommand({
  name: "revokeOtherOwnSessions",
  summary: "End the caller's other sessions",
  scope: "self",
  permission: null,
  readPermission: null,
  audit: "session.revoke",
  input: revokeOtherOwnSessionsInput,
  output: receipt,
  run: async (tools) => {
    const user = personOf(tools.ctx);
    const ended = await endOtherOwnSessions(tools, user, user.sessionId);
    tools.afterCommit(ended.finish);
    const { id: receiptId, kind, matched } = ended.receipt;
    return {
      result: ended.receipt,
      event: {
        target: { type: "user", id: user.id, name: user.email },
        tenantId: await findHomeTenantId(tools.tx, user.id),
        details: { receiptId, kind, matched },
      },
    };
  },
});
