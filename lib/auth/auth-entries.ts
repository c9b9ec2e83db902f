import type { AuditChanges, AuditEntry, AuditTarget } from "@/lib/audit/audit-events";
import type { AuthRequestState } from "./auth-request-state";
import type { Row, RowChange } from "./row-adapter";

/** What the log says of a row that changed, and whose row it is. */
export type AuthEntry = { entry: AuditEntry; userId: string | null };

/** The event of one change. A model without one cannot be written: add its actions to the catalogue first. */
export function toAuthEntry(change: RowChange, state: AuthRequestState): AuthEntry {
  const row = change.after ?? change.before;
  if (change.model === "session") return sessionEntry(change, row, state);
  if (change.model === "user") return userEntry(change, row);
  if (change.model === "account") return accountEntry(change, row, state);
  if (change.model === "verification") return verificationEntry(change, row, state);
  throw new Error(`Writes of "${change.model}" have no audit event.`);
}

function sessionEntry(change: RowChange, row: Row, state: AuthRequestState): AuthEntry {
  const userId = String(row.userId);
  const sessionId = String(row.id);
  const target: AuditTarget = { type: "session", id: sessionId, name: null };
  if (change.kind === "create") {
    const details = { method: String(row.method), sessionId };
    return { userId, entry: { action: "session.create", target: userTarget(userId, state), details } };
  }
  if (change.kind === "update") {
    return { userId, entry: { action: "session.update", target, changes: toChanges(change), details: {} } };
  }
  return { userId, entry: { action: "session.end", target, details: { userId, reason: endReason(state) } } };
}

function userEntry(change: RowChange, row: Row): AuthEntry {
  const userId = String(row.id);
  const email = String(row.email);
  const common = { target: { type: "user", id: userId, name: email }, changes: toChanges(change) };
  if (change.kind === "update") return { userId, entry: { action: "user.update", ...common, details: {} } };
  return { userId, entry: { action: `user.${change.kind}`, ...common, details: { email } } };
}

function accountEntry(change: RowChange, row: Row, state: AuthRequestState): AuthEntry {
  const userId = String(row.userId);
  const target = userTarget(userId, state);
  if (state.rehashing) return { userId, entry: { action: "password.rehash", target, details: {} } };
  if (state.path === "/reset-password") return { userId, entry: { action: "password.reset", target, details: {} } };
  const details = { providerId: String(row.providerId) };
  return { userId, entry: { action: `account.${change.kind}`, target, changes: toChanges(change), details } };
}

// The value of a reset's row is the user's id; the identifier and the value stay out of the log.
function verificationEntry(change: RowChange, row: Row, state: AuthRequestState): AuthEntry {
  const userId = state.users.has(String(row.value)) ? String(row.value) : null;
  const target = userId ? userTarget(userId, state) : null;
  if (change.kind === "create" && state.path === "/request-password-reset") {
    return { userId, entry: { action: "password.request-reset", target, details: {} } };
  }
  return { userId, entry: { action: `verification.${change.kind}`, target, details: {} } };
}

/** Why a request of Better Auth's ends sessions, in the words of the session history. */
export function endReason(state: AuthRequestState): string {
  if (state.path === "/sign-out") return "signed_out";
  if (state.path === "/sign-in/email") return "replaced";
  return "revoked";
}

function userTarget(userId: string, state: AuthRequestState): AuditTarget {
  return { type: "user", id: userId, name: state.users.get(userId)?.email ?? null };
}

const secrets = new Set(["password", "token", "accessToken", "refreshToken", "idToken", "identifier", "value"]);

function toChanges({ before, after }: RowChange): AuditChanges {
  const fields = [...new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])].filter(
    (field) => field !== "updatedAt",
  );
  const changed = fields.filter((field) => toText(before?.[field]) !== toText(after?.[field]));
  return Object.fromEntries(
    changed.map((field) => [field, { before: show(field, before?.[field]), after: show(field, after?.[field]) }]),
  );
}

function show(field: string, value: unknown): unknown {
  if (value === undefined || value === null) return null;
  return secrets.has(field) ? "[redacted]" : value;
}

function toText(value: unknown): string {
  return JSON.stringify(value ?? null);
}
