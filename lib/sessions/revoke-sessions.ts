import { assertManageable } from "@/lib/authorization/assert-manageable";
import { isId } from "@/lib/db/new-id";
import { notFound } from "@/lib/errors/app-error";
import { defineCommand } from "@/lib/operations/define-operation";
import { endSessions } from "./end-sessions";
import { findAliveByIds } from "./living-sessions-repository";
import { once, type RepeatableTools } from "./receipt-repeats";
import { type RevokeSessionsInput, receipt, revokeSessionsInput } from "./receipt-schemas";
import { type Revoked, revocationSeconds, revokeByFilter } from "./revoke-by-filter";
import { revokeAllOfUser } from "./revoke-user-sessions";
import { verifiedMax } from "./session-windows";
import { toReceipt } from "./to-receipt";

/** Ends the named sessions, every session of one user, or what a previewed filter finds, under one receipt. */
export const revokeSessions = defineCommand({
  name: "revokeSessions",
  summary: "End several sessions",
  scope: "either",
  permission: "sessions.revoke",
  readPermission: "sessions.read",
  audit: "session.revoke",
  input: revokeSessionsInput,
  output: receipt,
  transactionSeconds: revocationSeconds,
  // A preview is acted on once: the same request twice at once is one revocation, also without a key.
  run: (tools, input) =>
    once(tools, { operation: "revokeSessions", input, ownKey: input.previewToken }, (repeatable) =>
      revoke(repeatable, input),
    ),
});

async function revoke(tools: RepeatableTools, input: RevokeSessionsInput): Promise<Revoked> {
  const { filter, previewToken, sessionIds = [], userId, reason, includeNew = false, includeOwn = false } = input;
  if (userId !== undefined) return revokeAllOfUser(tools, userId, reason);
  if (filter !== undefined && previewToken !== undefined) {
    return revokeByFilter(tools, { filter, previewToken, includeNew, includeOwn, reason });
  }
  const revoked = await revokeNamed(tools, { ids: sessionIds, kind: "sessions", note: reason });
  if (!revoked) throw notFound("session");
  return revoked;
}

type NamedSessions = { ids: string[]; kind: "session" | "sessions"; note: string | null };

/** The act itself; null when none of the named is alive in the caller's scope. Throws `FORBIDDEN`. */
export async function revokeNamed(tools: RepeatableTools, { ids, kind, note }: NamedSessions) {
  const sessions = await findAliveByIds(tools.tx, [...new Set(ids)].filter(isId));
  if (sessions.length === 0) return null;
  for (const userId of new Set(sessions.map((session) => session.userId))) await assertManageable(tools, userId);
  const found = sessions.map(({ id }) => id);
  const target = kind === "session" ? { id: found[0] ?? "", name: null } : null;
  const { receipt: started, finish } = await endSessions(tools, {
    kind,
    target,
    endReason: "revoked",
    note,
    request: { sessionIds: ids },
    sessions,
    sample: sessions.slice(0, verifiedMax),
  });
  // Somebody else has ended them since they were found.
  if (started.ended === 0) return null;
  tools.afterCommit(async () => toReceipt(await finish()));
  return {
    result: toReceipt(started),
    event: {
      target: target && { type: "session", ...target },
      reason: note,
      details: { receiptId: started.id, kind, matched: started.matched },
    },
  };
}
