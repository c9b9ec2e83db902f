import { notFound } from "@/lib/errors/app-error";
import { defineCommand } from "@/lib/operations/define-operation";
import { once } from "./receipt-repeats";
import { receipt, revokeSessionInput } from "./receipt-schemas";
import { revokeNamed } from "./revoke-sessions";

/** Ends one session. One that has ended already is absent, like one that never was. */
export const revokeSession = defineCommand({
  name: "revokeSession",
  summary: "End a session",
  scope: "either",
  permission: "sessions.revoke",
  readPermission: "sessions.read",
  audit: "session.revoke",
  input: revokeSessionInput,
  output: receipt,
  run: (tools, input) =>
    once(tools, { operation: "revokeSession", input }, async (repeatable) => {
      const { sessionId, reason = null } = input;
      const revoked = await revokeNamed(repeatable, { ids: [sessionId], kind: "session", note: reason });
      if (!revoked) throw notFound("session");
      return revoked;
    }),
});
