import { readSignInLock } from "@/lib/account-lockout/read-sign-in-lock";
import { isId } from "@/lib/db/new-id";
import { AppError, notFound } from "@/lib/errors/app-error";
import type { OperationTools } from "@/lib/operations/define-operation";
import { countAliveSessions } from "@/lib/sessions/count-alive-sessions";
import { findByIds, lockById, type UserRow } from "./repository";
import type { UserDetail } from "./schemas";
import { toDatabaseKind } from "./to-database-kind";
import { toUser } from "./to-user";

/** Sessions are counted up to here: an exact count of more would cost what it counts. */
const sessionsCountMax = 1000;

type Reader = Pick<OperationTools<never>, "ctx" | "tx">;

/** The row of one user in the caller's scope. Throws `NOT_FOUND`. */
export async function readUserRow({ ctx, tx }: Reader, userId: string): Promise<UserRow> {
  const [row] = isId(userId) ? await findByIds(tx, [userId], toDatabaseKind(ctx)) : [];
  if (!row) throw notFound("user");
  return row;
}

/**
 * As `readUserRow`, and holds the row against other changes until the transaction ends. Throws `FORBIDDEN` for somebody
 * whom the scope sees and does not manage: a tenant's guest, or a holder of a platform role.
 */
export async function lockUserRow(tools: Reader, userId: string): Promise<UserRow> {
  const isHeld = isId(userId) && (await lockById(tools.tx, userId));
  const row = await readUserRow(tools, userId);
  if (isHeld) return row;
  throw new AppError(
    "FORBIDDEN",
    "This account is managed elsewhere. Here you may change the person's roles, end their sessions, or remove them.",
  );
}

/** One user with the number of sessions alive now, and the failed sign-ins. Throws `NOT_FOUND`. */
export async function readUserDetail(tools: Reader, userId: string): Promise<UserDetail> {
  const row = await readUserRow(tools, userId);
  const counted = await countAliveSessions(tools.tx, row.id, sessionsCountMax + 1);
  const activeSessions = { count: Math.min(counted, sessionsCountMax), capped: counted > sessionsCountMax };
  return { ...toUser(row), activeSessions, signInLock: await readSignInLock(tools.tx, row.id) };
}
