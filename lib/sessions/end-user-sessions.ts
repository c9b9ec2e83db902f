import { isId } from "@/lib/db/new-id";
import { notFound } from "@/lib/errors/app-error";
import type { OperationTools } from "@/lib/operations/define-operation";
import type { RequestContext } from "@/lib/operations/request-context";
import { endSessions } from "./end-sessions";
import type { ReceiptRow } from "./receipt-repository";
import type { SessionEndReason } from "./schemas";
import {
  type EpochOwner,
  findAliveOf,
  findOwner,
  lockEpoch,
  raiseEpoch,
  type SessionOwner,
} from "./session-end-repository";
import { endedAtOnceMax, verifiedMax } from "./session-windows";

type UserSessionsEnding = {
  userId: string;
  /** What stands in each session's history. */
  reason: SessionEndReason;
  /** Why, in a person's words. */
  note?: string | null;
  /** Only what is active in the tenant of the scope, also where the tenant could end more. */
  onlyInTenant?: boolean;
};

/** What another operation's event and answer need of the sessions that it ended. */
export type EndedUserSessions = { receiptId: string; matched: number | null };

/**
 * Ends every session of a user that the scope reaches, as part of another operation (lock, deletion): fences, receipt
 * and job included. Call it before anything else that makes the user's sessions dead. Throws `NOT_FOUND`.
 */
export async function endUserSessions<Result>(
  tools: OperationTools<Result>,
  ending: UserSessionsEnding,
): Promise<EndedUserSessions> {
  const { receipt, finish } = await startEndingUserSessions(tools, ending);
  tools.afterCommit(async (result) => {
    await finish();
    return result;
  });
  return { receiptId: receipt.id, matched: receipt.matched };
}

type StartedEnding = { user: SessionOwner; receipt: ReceiptRow; finish: () => Promise<ReceiptRow> };

/** As `endUserSessions`, for the revocation itself, whose answer is the receipt. */
export async function startEndingUserSessions(
  tools: Pick<OperationTools<never>, "ctx" | "tx" | "beforeCommit" | "enqueue">,
  { userId, reason, note = null, onlyInTenant = false }: UserSessionsEnding,
): Promise<StartedEnding> {
  const { ctx, tx } = tools;
  const user = isId(userId) ? await findOwner(tx, userId) : null;
  if (!user) throw notFound("user");
  const owner = toEpochOwner(ctx, user, onlyInTenant);
  if (!(await lockEpoch(tx, owner))) throw notFound("user");
  const alive = await findAliveOf(tx, owner, endedAtOnceMax + 1);
  const epoch = await raiseEpoch(tx, owner);
  const ended = await endSessions(tools, {
    kind: "user",
    target: { id: user.id, name: user.email },
    endReason: reason,
    note,
    request: { userId: user.id, tenantId: owner.tenantId, epoch, endReason: reason },
    sessions: alive.length > endedAtOnceMax ? null : alive,
    sample: alive.slice(0, verifiedMax),
  });
  return { user, ...ended };
}

// Everywhere for the platform and the home tenant; for any other tenant only what is active in it.
function toEpochOwner({ scope }: RequestContext, user: SessionOwner, onlyInTenant: boolean): EpochOwner {
  const isLimited = scope.kind === "tenant" && (onlyInTenant || user.homeTenantId !== scope.tenantId);
  return { userId: user.id, tenantId: isLimited ? scope.tenantId : null };
}
