import type { OperationTools } from "@/lib/operations/define-operation";
import { endSessions } from "./end-sessions";
import type { EpochOwner } from "./epoch-owner";
import { findLivingOf } from "./living-sessions-repository";
import type { SessionEndReason } from "./schemas";
import { lockEpoch, raiseEpoch } from "./session-end-repository";
import { endedAtOnceMax, verifiedMax } from "./session-windows";

type TenantSessionsEnding = {
  tenant: { id: string; slug: string };
  /** What stands in each session's history. */
  reason: SessionEndReason;
  /** Why, in a person's words. */
  note: string | null;
};

/** What another operation's event and answer need of the sessions that it ended. */
export type EndedTenantSessions = { receiptId: string; matched: number | null };

/**
 * Ends every session that a tenant's epoch covers (active in it, or of people at home in it) as part of another
 * operation: fences, receipt and job included. Call it before anything else that makes them dead, on the platform.
 */
export async function endTenantSessions<Result>(
  tools: OperationTools<Result>,
  { tenant, reason, note }: TenantSessionsEnding,
): Promise<EndedTenantSessions> {
  const owner: EpochOwner = { userId: null, tenantId: tenant.id };
  if (!(await lockEpoch(tools.tx, owner))) throw new Error("The tenant whose sessions are to end is not there.");
  const { sessions, beyond } = await findLivingOf(tools.tx, owner, endedAtOnceMax);
  const epoch = await raiseEpoch(tools.tx, owner);
  const { receipt, finish } = await endSessions(tools, {
    kind: "tenant",
    target: { id: tenant.id, name: tenant.slug },
    endReason: reason,
    note,
    request: { ...owner, epoch, endReason: reason },
    sessions: beyond ? null : sessions,
    sample: sessions.slice(0, verifiedMax),
  });
  tools.afterCommit(async (result) => {
    await finish();
    return result;
  });
  return { receiptId: receipt.id, matched: receipt.matched };
}
