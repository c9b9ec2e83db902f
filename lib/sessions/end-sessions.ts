import { newId } from "@/lib/db/new-id";
import { queuedJob } from "@/lib/jobs/enqueue-job";
import { metrics } from "@/lib/observability/metrics";
import type { OperationTools } from "@/lib/operations/define-operation";
import type { RequestContext } from "@/lib/operations/request-context";
import type { Prisma } from "@/prisma/generated/client";
import { completeRevocation, type SampledSession } from "./complete-revocation";
import type { EndableSession } from "./endable-session";
import { insert, type NewReceipt, type ReceiptRepeat, type ReceiptRow } from "./receipt-repository";
import type { Receipt } from "./receipt-schemas";
import type { SessionEndReason } from "./schemas";
import { type FenceTarget, standFences } from "./session-fences";
import { sessionCacheSeconds } from "./session-windows";

/** What is to end, and what its receipt says. */
export type SessionsEnding = {
  kind: Receipt["kind"];
  target: { id: string; name: string | null } | null;
  /** What stands in each session's history. */
  endReason: SessionEndReason;
  /** Why, in a person's words. */
  note: string | null;
  request: Prisma.InputJsonObject;
  /** Every live session that ends; `null` when they are more than may be moved at once. */
  sessions: EndableSession[] | null;
  /** Ends a set that is too large to be moved at once, where no epoch has ended it, and says how many they are. */
  mark?: (receiptId: string) => Promise<number>;
  /** Some of them, to be tried afterwards. */
  sample: EndableSession[];
  /** How a filter chose them. */
  selection?: ReceiptSelection;
};

/** How the sessions of a revocation were chosen. */
export type ReceiptSelection = {
  filter: Prisma.InputJsonObject;
  asOf: string;
  includedNew: boolean;
  leftOut: { sessions: number; users: number };
};

/** What the end of sessions takes of an operation. */
export type EndingTools = Pick<OperationTools<never>, "ctx" | "tx" | "beforeCommit"> & {
  /** The request that the receipt answers, where its repetition is to find it. */
  repeat?: ReceiptRepeat;
};

/**
 * Ends sessions in the caller's transaction: rows into the history, receipt, queued job; fences before the commit. The
 * caller makes sure by its locks that `sessions` misses none, and calls `finish` after the commit for the second fence,
 * the verification and the completed receipt.
 */
export async function endSessions(
  tools: EndingTools,
  ending: SessionsEnding,
): Promise<{ receipt: ReceiptRow; finish: () => Promise<ReceiptRow> }> {
  const { ctx, tx, repeat } = tools;
  const receiptId = newId();
  const marked = (await ending.mark?.(receiptId)) ?? null;
  const receipt = await insert(tx, toNewReceipt(ctx, { ...ending, receiptId, marked, repeat }), {
    endedBy: { reason: ending.endReason, type: ctx.actor.type, id: ctx.actor.id, name: nameOf(ctx), receiptId },
    removed: ending.sessions && idsOf(ending.sessions),
    queued: queuedJob("finish-revocation", { receiptId }),
  });
  const { ended } = receipt;
  const sample = ending.sample.flatMap(toSampled);
  const fences = toFences(ending);
  let firstRun: string | null = null;
  // They are waited for before the commit; until then the event is written.
  const standing = standFences(fences).catch(() => null);
  tools.beforeCommit(async () => {
    firstRun = await standing;
  });
  const finish = async () => {
    if (ended !== null) metrics.get().sessionsEnded.inc({ reason: ending.endReason }, ended);
    const completed = await completeRevocation({ receiptId, fences, firstRun, sample });
    return completed ?? receipt;
  };
  return { receipt, finish };
}

// Of somebody whom the scope does not see nothing is shown.
function toSampled({
  id,
  userId,
  tokenHash,
  name,
  email,
  device,
  browser,
  os,
  ipAddress,
}: EndableSession): SampledSession[] {
  if (email === null) return [];
  return [{ tokenHash, shown: { sessionId: id, user: { id: userId, name, email }, device, browser, os, ipAddress } }];
}

type Begun = SessionsEnding & { receiptId: string; marked: number | null; repeat: ReceiptRepeat | undefined };

function toNewReceipt(ctx: RequestContext, { receiptId, marked, repeat, ...ending }: Begun): NewReceipt {
  const users = ending.sessions === null ? null : new Set(ending.sessions.map(({ userId }) => userId)).size;
  return {
    id: receiptId,
    tenantId: ctx.scope.kind === "tenant" ? ctx.scope.tenantId : null,
    kind: ending.kind,
    targetId: ending.target?.id ?? null,
    targetName: ending.target?.name ?? null,
    request: ending.request,
    ...toSelection(ending.selection),
    ...repeat,
    reason: ending.note,
    actorType: ctx.actor.type,
    actorId: ctx.actor.id,
    actorName: nameOf(ctx),
    requestId: ctx.requestId,
    matched: ending.sessions?.length ?? marked,
    users,
    // Until the second fences stand nobody can promise less.
    worstCaseSeconds: sessionCacheSeconds,
  };
}

function toSelection(selection: ReceiptSelection | undefined) {
  if (selection === undefined) return {};
  const { filter, asOf, includedNew, leftOut } = selection;
  return { filter, asOf: new Date(asOf), includedNew, leftOutSessions: leftOut.sessions, leftOutUsers: leftOut.users };
}

function nameOf({ actor }: RequestContext): string {
  return actor.type === "user" ? actor.email : actor.name;
}

// The end of everything is also the end of what a cache knows and this database does not: it may come from a backup.
function toFences({ kind, sessions }: SessionsEnding): FenceTarget {
  return sessions === null || kind === "platform" ? "all" : { tokenHashes: hashesOf(sessions) };
}

function idsOf(sessions: EndableSession[]): string[] {
  return sessions.map(({ id }) => id);
}

function hashesOf(sessions: EndableSession[]): string[] {
  return sessions.map(({ tokenHash }) => tokenHash);
}
