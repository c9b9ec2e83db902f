import type { ForgottenFailures } from "@/lib/account-lockout/forget-failures";
import { unlockEvent } from "@/lib/account-lockout/unlock-event";
import type { AuditEntry, AuditTarget } from "@/lib/audit/audit-events";
import { insertAuditEvents } from "@/lib/audit/repository";
import { type AuditRow, toAuditRow } from "@/lib/audit/write-audit-events";
import { noGrants, type RequestContext } from "@/lib/operations/request-context";
import type { Prisma } from "@/prisma/generated/client";
import { toAuthEntry } from "./auth-entries";
import { type AuthRequestState, authRequestState, type NotedUser, newAuthRequestState } from "./auth-request-state";
import type { RowChange } from "./row-adapter";

/** Records what Better Auth wrote, in the transaction that wrote it. */
export async function recordChanges(tx: Prisma.TransactionClient, changes: RowChange[]): Promise<void> {
  const state = authRequestState() ?? newAuthRequestState();
  const rows: AuditRow[] = [];
  for (const change of changes) rows.push(...(await toRows(tx, state, change)));
  for (let start = 0; start < rows.length; start += rowsPerInsert) {
    await insertAuditEvents(tx, rows.slice(start, start + rowsPerInsert));
  }
}

/** An attempt to sign in, and the limit that refused it. */
type FailedSignIn = { email: string; rule?: string; blockId?: string };

/** Records an attempt to sign in that came to nothing. The attempt proved nothing, so its actor is nobody. */
export async function recordFailedSignIn(
  tx: Pick<Prisma.TransactionClient, "$executeRaw">,
  state: AuthRequestState,
  failed: FailedSignIn,
): Promise<void> {
  const entry: AuditEntry = {
    ...aboutAddress(state, failed.email),
    action: "session.create",
    outcome: "failure",
    details: { method: "password", ...failed, cause: state.cause },
  };
  await insertAuditEvents(tx, [toAuditRow(toContext(state), entry)]);
}

/** Records that the failed attempts on an address have locked it, in the transaction that locks. */
export async function recordAccountLock(
  tx: Pick<Prisma.TransactionClient, "$executeRaw">,
  state: AuthRequestState,
  { email, failures, lockedUntil }: { email: string; failures: number; lockedUntil: Date | null },
): Promise<void> {
  const entry: AuditEntry = {
    ...aboutAddress(state, email),
    action: "sign-in.lock",
    details: { email, failures, until: lockedUntil?.toISOString() ?? null },
  };
  await insertAuditEvents(tx, [toAuditRow(toContext(state), entry)]);
}

/** Records that a new password has lifted the lock on its account, in the transaction that sets it. */
export async function recordUnlockByPassword(
  tx: Pick<Prisma.TransactionClient, "$executeRaw">,
  user: NotedUser,
  forgotten: ForgottenFailures,
): Promise<void> {
  const state = authRequestState() ?? newAuthRequestState();
  const entry: AuditEntry = { action: "sign-in.unlock", target: toTarget(user), ...unlockEvent(forgotten, "password") };
  await insertAuditEvents(tx, [toRow(state, entry, user)]);
}

/** Records the sessions that a sign-in ended because a policy caps how many a person may have. */
export async function recordEndedByCap(
  tx: Pick<Prisma.TransactionClient, "$executeRaw">,
  state: AuthRequestState,
  { userId, sessionIds }: { userId: string; sessionIds: string[] },
): Promise<void> {
  const user = state.users.get(userId);
  const rows = sessionIds.map((sessionId) => {
    const target: AuditTarget = { type: "session", id: sessionId, name: null };
    return toRow(state, { action: "session.end", target, details: { userId, reason: "cap" } }, user);
  });
  await insertAuditEvents(tx, rows);
}

// In an impersonation both identities are named; and with it ends the administrator's own session, which nobody could
// use any more.
async function toRows(tx: Prisma.TransactionClient, state: AuthRequestState, change: RowChange): Promise<AuditRow[]> {
  const { entry, userId } = toAuthEntry(change, state);
  const user = state.users.get(userId ?? "");
  const row = toRow(state, entry, user);
  const { impersonatedById, impersonatorSessionId } = change.before ?? {};
  if (typeof impersonatedById !== "string") return [row];
  const behind = await tx.user.findUnique({ where: { id: impersonatedById }, select: { name: true } });
  const both = { impersonatorId: impersonatedById, impersonatorName: behind?.name ?? null };
  if (change.kind !== "delete" || typeof impersonatorSessionId !== "string") return [{ ...row, ...both }];
  const target: AuditTarget = { type: "session", id: impersonatorSessionId, name: null };
  const details = { userId: impersonatedById, reason: "impersonation_ended" };
  const own = toRow(state, { action: "session.end", target, details }, user);
  return [row, own].map((ended) => ({ ...ended, ...both }));
}

// Nineteen parameters a row; Postgres takes 65,535 in one statement.
const rowsPerInsert = 1_000;

// Whoever holds a right password, a session or the token of a mail acts as that user; asking for the mail proves nothing.
function toRow(state: AuthRequestState, entry: AuditEntry, user: NotedUser | undefined): AuditRow {
  const row = toAuditRow(toContext(state), { ...entry, tenantId: user?.homeTenantId ?? null });
  if (!user || entry.action === "password.request-reset") return row;
  return { ...row, actorType: "user", actorId: user.id, actorName: user.email };
}

function toContext(state: AuthRequestState): RequestContext {
  return {
    scope: { kind: "none" },
    actor: { type: "anonymous", id: null, name: "anonymous" },
    grants: noGrants,
    requestId: state.requestId,
    clientAddress: state.clientAddress,
    userAgent: state.userAgent,
    source: "auth",
  };
}

// Whoever has the address, and nobody where it is unknown.
function aboutAddress(state: AuthRequestState, email: string): Pick<AuditEntry, "target" | "tenantId"> {
  const user = [...state.users.values()].find((candidate) => candidate.email === email);
  return { target: user ? toTarget(user) : null, tenantId: user?.homeTenantId ?? null };
}

function toTarget(user: NotedUser): AuditTarget {
  return { type: "user", id: user.id, name: user.email };
}
