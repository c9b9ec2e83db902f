import { setEndedBy } from "@/lib/db/scoped-transaction";
import { recordChanges } from "./auth-audit";
import { endReason } from "./auth-entries";
import { authRequestState, noteUser } from "./auth-request-state";
import { endedBy, endSessionsOfUser, tellAround } from "./end-sessions-of-user";
import type { ObservedTransaction } from "./observed-transactions";
import type { Row, RowChange } from "./row-adapter";
import type { RowLayer } from "./row-layer";
import { holdToCap } from "./session-cap";
import type { SessionEndListener } from "./session-end-listener";
import { namedToken, toSessionInsert, toSessionRefusal, withToken, withTokenHashes } from "./session-rows";
import { unlockByPassword } from "./unlock-by-password";

/**
 * How Better Auth's rows stand in Gatehouse's tables: tokens as hashes, sessions with their limits and epochs, ends
 * with their reasons, every change in the audit log. That dead sessions are absent is the database's row-level security.
 */
export function gatehouseRows(listener: SessionEndListener): RowLayer {
  return {
    toQuery: withTokenHashes,
    toCaller: (model, row, where) => toCaller(model, row, namedToken(where)),
    toList: (model, row) => toCaller(model, row, undefined),
    toInsert: async (transaction, model, data) => {
      if (model !== "session") return data;
      await holdToCap(transaction, listener, String(data.userId));
      return toSessionInsert(transaction, data);
    },
    toUpdate: (model, update) => {
      if (model === "session" && "token" in update) throw new Error("A session keeps its token.");
      return update;
    },
    deleting: async (transaction, model, rows) => {
      if (model === "session") await stateEnd(transaction, listener, rows);
    },
    written: async (transaction, changes) => {
      changes.forEach(noteCreated);
      await recordChanges(transaction.tx, changes);
      for (const userId of usersWithNewPassword(changes)) {
        await endSessionsOfUser(transaction, listener, userId);
        await unlockByPassword(transaction, userId);
      }
    },
    toRefusal: (model, error) => (model === "session" ? toSessionRefusal(error) : error),
  };
}

function toCaller(model: string, row: Row, token: string | undefined): Row {
  if (model === "user") noteUser(row);
  if (isRow(row.user)) noteUser(row.user);
  const own = model === "session" ? withToken(row, token) : row;
  if (!Array.isArray(own.session)) return own;
  return { ...own, session: own.session.map((session) => (isRow(session) ? withToken(session, undefined) : session)) };
}

async function stateEnd(transaction: ObservedTransaction, listener: SessionEndListener, rows: Row[]): Promise<void> {
  const state = authRequestState();
  const userId = String(rows[0]?.userId);
  await setEndedBy(transaction.tx, endedBy(state ? endReason(state) : "revoked", userId));
  for (const row of rows) await tellAround(transaction, listener, { tokenHash: String(row.token) });
}

function noteCreated({ model, kind, after }: RowChange): void {
  const state = authRequestState();
  if (!state || model !== "session" || kind !== "create") return;
  state.created = { sessionId: String(after.id), userId: String(after.userId) };
}

// Replacing the hash of the same password ends nothing.
function usersWithNewPassword(changes: RowChange[]): string[] {
  if (authRequestState()?.rehashing) return [];
  const changed = changes.filter(
    ({ model, before, after }) => model === "account" && after?.password && after.password !== before?.password,
  );
  return [...new Set(changed.map(({ after }) => String(after?.userId)))];
}

function isRow(value: unknown): value is Row {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
