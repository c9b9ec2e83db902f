import { isManageable, outOfReachError, reachOf } from "@/lib/authorization/assert-manageable";
import { outOfReach } from "@/lib/authorization/out-of-reach";
import { isId } from "@/lib/db/new-id";
import { notFound } from "@/lib/errors/app-error";
import type { OperationTools } from "@/lib/operations/define-operation";
import type { RequestContext } from "@/lib/operations/request-context";
import { Prisma } from "@/prisma/generated/client";
import { type EndingTools, endSessions, type ReceiptSelection } from "./end-sessions";
import type { EpochOwner } from "./epoch-owner";
import type { ReceiptRow } from "./receipt-repository";
import { findNewer } from "./revoke-set";
import type { RevocationSet } from "./revoke-set-conditions";
import type { SessionEndReason } from "./schemas";
import { findOwner, lockEpoch, raiseUserEpoch, type SessionOwner } from "./session-end-repository";
import { endedAtOnceMax, verifiedMax } from "./session-windows";

type UserSessionsEnding = {
  userId: string;
  /** What stands in each session's history. */
  reason: SessionEndReason;
  /** Why, in a person's words. */
  note?: string | null;
  /** Only what is active in the tenant of the scope, also where the tenant could end more. */
  onlyInTenant?: boolean;
  /** Refuses people who are out of the caller's reach; for whoever has not asked before. */
  asksForReach?: boolean;
  /** How a filter chose them. */
  selection?: ReceiptSelection;
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

type StartedEnding = { user: { id: string; email: string }; receipt: ReceiptRow; finish: () => Promise<ReceiptRow> };

/** As `endUserSessions`, for the revocation itself, whose answer is the receipt. Throws `FORBIDDEN` for people out of reach. */
export async function startEndingUserSessions(
  tools: EndingTools,
  { userId, reason, note = null, onlyInTenant = false, asksForReach = false, selection }: UserSessionsEnding,
): Promise<StartedEnding> {
  if (!isId(userId)) throw notFound("user");
  const withinReach = asksForReach ? isWithinReach(tools.ctx, userId) : Prisma.sql`true`;
  const raised = await raiseUserEpoch(tools.tx, { userId, withinReach, onlyInTenant, max: endedAtOnceMax });
  if (!raised) throw notFound("user");
  const { user, tenantId, epoch, sessions, beyond } = raised;
  if (epoch === null) throw outOfReachError();
  const ended = await endSessions(tools, {
    kind: "user",
    target: { id: user.id, name: user.email },
    endReason: reason,
    note,
    request: { userId: user.id, tenantId, epoch, endReason: reason },
    sessions: beyond ? null : sessions,
    sample: sessions.slice(0, verifiedMax),
    ...(selection && { selection }),
  });
  return { user, ...ended };
}

// As `isManageable` asks, as a condition.
function isWithinReach(ctx: RequestContext, userId: string): Prisma.Sql {
  if (ctx.actor.id === userId) return Prisma.sql`true`;
  return Prisma.sql`not exists (select from (${outOfReach(reachOf(ctx))}) o where o.user_id = ${userId}::uuid)`;
}

/**
 * Whether an epoch ends exactly what a set says of one user: the user is within reach, and no session of theirs is left
 * out for being one's own or for having begun after `since`. Holds new sessions off until the transaction ends.
 */
export async function canEndUserByEpoch(
  { ctx, tx }: Pick<OperationTools<never>, "ctx" | "tx">,
  userId: string,
  { set, since }: { set: RevocationSet; since: string | null },
): Promise<boolean> {
  if (ctx.actor.id === userId && set.spared.length > 0) return false;
  if (!(await isManageable({ ctx, tx }, userId))) return false;
  const user = await findOwner(tx, userId);
  if (!user || !(await lockEpoch(tx, toEpochOwner(ctx, user)))) return false;
  if (since === null) return true;
  const newer = await findNewer(tx, { filter: set.filter, moment: since, max: 1 });
  return newer.sessions.length === 0 && !newer.beyond;
}

// Everywhere for the platform and the home tenant; for any other tenant only what is active in it.
function toEpochOwner({ scope }: RequestContext, user: SessionOwner): EpochOwner {
  const isLimited = scope.kind === "tenant" && user.homeTenantId !== scope.tenantId;
  return { userId: user.id, tenantId: isLimited ? scope.tenantId : null };
}
