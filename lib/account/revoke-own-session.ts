import { notFound } from "@/lib/errors/app-error";
import { defineCommand } from "@/lib/operations/define-operation";
import { endOwnSessions } from "@/lib/sessions/end-own-sessions";
import { receipt } from "@/lib/sessions/receipt-schemas";
import { findHomeTenantId } from "./own-sessions-repository";
import { personOf } from "./person-of";
import { revokeOwnSessionInput } from "./schemas";

/** Ends one of the caller's own sessions, the one that asks included. Throws `NOT_FOUND` for any that is not alive and theirs. */
export const revokeOwnSession = defineCommand({
  name: "revokeOwnSession",
  summary: "End one of the caller's own sessions",
  scope: "self",
  permission: null,
  readPermission: null,
  audit: "session.revoke",
  input: revokeOwnSessionInput,
  output: receipt,
  run: async (tools, { sessionId }) => {
    const user = personOf(tools.ctx);
    const ended = await endOwnSessions(tools, user, [sessionId]);
    if (!ended) throw notFound("session");
    tools.afterCommit(ended.finish);
    const { id: receiptId, kind, matched } = ended.receipt;
    return {
      result: ended.receipt,
      event: {
        target: { type: "session", id: sessionId, name: null },
        tenantId: await findHomeTenantId(tools.tx, user.id),
        details: { receiptId, kind, matched },
      },
    };
  },
});
