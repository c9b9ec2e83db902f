import { notFound } from "@/lib/errors/app-error";
import { defineCommand } from "@/lib/operations/define-operation";
import { revokeNamed } from "./revoke-sessions";
import { receipt, revokeSessionInput } from "./schemas";

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
  run: async (tools, { sessionId, reason = null }) => {
    const revoked = await revokeNamed(tools, { ids: [sessionId], kind: "session", note: reason });
    if (!revoked) throw notFound("session");
    return revoked;
  },
});
