import type { AuditEntryOf } from "@/lib/audit/audit-events";
import { withinStatementTime } from "@/lib/db/statement-time";
import { AppError, notFound } from "@/lib/errors/app-error";
import type { RequestContext } from "@/lib/operations/request-context";
import { endSessions, type ReceiptSelection, type SessionsEnding } from "./end-sessions";
import { canEndUserByEpoch, startEndingUserSessions } from "./end-user-sessions";
import type { FoundApart } from "./living-sessions-repository";
import { previewedMax } from "./preview-schemas";
import { decodePreview } from "./preview-token";
import type { RepeatableTools } from "./receipt-repeats";
import type { ReceiptRow } from "./receipt-repository";
import type { Receipt } from "./receipt-schemas";
import { findApart, findEnded, findNewer, toRevocationSet } from "./revoke-set";
import type { RevocationSet } from "./revoke-set-conditions";
import { countLeftOut, holdAdmissions, markEnded, raiseScopeEpoch } from "./revoke-set-repository";
import { findOwner } from "./session-end-repository";
import type { SessionFilter } from "./session-filter";
import { endedAtOnceMax, sparedMax, verifiedMax } from "./session-windows";
import { toReceipt } from "./to-receipt";

/** What was previewed and is to end now. */
export type FilterRevocation = {
  filter: SessionFilter;
  previewToken: string;
  includeNew: boolean;
  includeOwn: boolean;
  reason: string;
};

/** A revocation that has been made: its answer so far, and its event. */
export type Revoked = { result: Receipt; event: Omit<AuditEntryOf<"session.revoke">, "action" | "outcome"> };

type Tools = RepeatableTools;
type Started = { receipt: ReceiptRow; finish: () => Promise<ReceiptRow> };

/** What the steps need: the set, how it was chosen, and what the receipt says it is of. */
type Plan = { set: RevocationSet; selection: ReceiptSelection; note: string } & Pick<SessionsEnding, "kind" | "target">;

/** Seconds that the transaction of a revocation may take: a million marks need some twenty. */
export const revocationSeconds = 120;

/**
 * Ends what a previewed filter finds: everything in the scope and everything of a user by their epoch, any other set by
 * its rows or, above a thousand, by marks. Throws `INVALID_INPUT` for a token that does not belong here, and for a set
 * that takes too long.
 */
export async function revokeByFilter(tools: Tools, revocation: FilterRevocation): Promise<Revoked> {
  const { ctx } = tools;
  const { filter, includeNew, includeOwn, reason } = revocation;
  const { asOf } = decodePreview(ctx, filter, revocation.previewToken);
  const set = await toRevocationSet(tools, filter, { createdUntil: includeNew ? null : asOf, includeOwn });
  const { kind, target } = await subjectOf(tools, set);
  const scope = kind === "tenant" || kind === "platform" ? await findScope(tools, set) : null;
  const leftOut = scope?.leftOut ?? (await countLeftOut(tools.tx, set, previewedMax));
  const selection = { filter: withoutAbsent(filter), asOf, includedNew: includeNew, leftOut };
  const plan = { set, selection, note: reason, kind, target };
  const started = await (scope ? startScope(tools, plan, scope) : start(tools, plan));
  tools.afterCommit(async () => toReceipt(await started.finish()));
  const { receipt } = started;
  return {
    result: toReceipt(receipt),
    event: {
      target: target && { type: kind, ...target },
      reason,
      details: { receiptId: receipt.id, kind, matched: receipt.matched, ...toDetails(selection) },
    },
  };
}

function toDetails({ filter, includedNew, leftOut }: ReceiptSelection) {
  return { filter, includedNew, leftOut };
}

// What a filter is of: an empty one of the whole scope, one that names nothing but a user of that user.
async function subjectOf({ ctx, tx }: Tools, { filter }: RevocationSet): Promise<Pick<Plan, "kind" | "target">> {
  const narrowed = Object.entries(filter).filter(([, value]) => value !== undefined);
  if (narrowed.length === 0) return scopeOf(ctx);
  if (filter.userId === undefined || narrowed.length > 1) return { kind: "filter", target: null };
  const user = await findOwner(tx, filter.userId);
  if (!user) throw notFound("user");
  return { kind: "user", target: { id: user.id, name: user.email } };
}

function scopeOf({ scope }: RequestContext): Pick<Plan, "kind" | "target"> {
  if (scope.kind !== "tenant") return { kind: "platform", target: null };
  return { kind: "tenant", target: { id: scope.tenantId, name: scope.tenantSlug } };
}

// Nothing begins in the scope from here on, so that what is found is all there is.
async function findScope({ tx }: Tools, set: RevocationSet): Promise<FoundApart> {
  await holdAdmissions(tx);
  return findApart(tx, set, { ended: endedAtOnceMax, spared: sparedMax, leftOut: previewedMax });
}

async function start(tools: Tools, plan: Plan): Promise<Started> {
  const { set, selection, note, target } = plan;
  const since = set.createdUntil;
  if (plan.kind === "user" && target && (await canEndUserByEpoch(tools, target.id, { set, since }))) {
    return startEndingUserSessions(tools, { userId: target.id, reason: "revoked", note, selection });
  }
  return startSet(tools, plan);
}

// By the scope's epoch, at whatever size; those left out get the new one in the same moment. Where these are too many
// to be rewritten there is no use in it.
async function startScope(tools: Tools, plan: Plan, scope: FoundApart): Promise<Started> {
  const { ctx, tx } = tools;
  const { sessions, beyond } = scope;
  const spared = await findSpared(tools, plan.set, scope.spared);
  if (spared === null) return startSet(tools, plan);
  const epoch = await raiseScopeEpoch(tx, spared);
  const tenantId = ctx.scope.kind === "tenant" ? ctx.scope.tenantId : null;
  return endSessions(tools, {
    ...toEnding(plan, { userId: null, tenantId, epoch }),
    sessions: beyond ? null : sessions,
    sample: sessions.slice(0, verifiedMax),
  });
}

async function findSpared({ tx }: Tools, set: RevocationSet, leftOut: string[] | null): Promise<string[] | null> {
  const { filter, createdUntil: moment } = set;
  if (leftOut === null || moment === null) return leftOut;
  const since = await findNewer(tx, { filter, moment, max: sparedMax });
  const spared = [...leftOut, ...since.sessions.map(({ id }) => id)];
  return since.beyond || spared.length > sparedMax ? null : spared;
}

async function startSet(tools: Tools, plan: Plan): Promise<Started> {
  const { tx } = tools;
  const { sessions, beyond } = await findEnded(tx, plan.set, endedAtOnceMax);
  const sample = sessions.slice(0, verifiedMax);
  if (!beyond) return endSessions(tools, { ...toEnding(plan, {}), sessions, sample });
  const mark = (receiptId: string) => markInTime(tools, plan.set, receiptId);
  return endSessions(tools, { ...toEnding(plan, { marked: true }), sessions: null, sample, mark });
}

// Marking is one statement: however long it takes, it is all or nothing.
function markInTime({ tx }: Tools, set: RevocationSet, receiptId: string): Promise<number> {
  const milliseconds = revocationSeconds * 900;
  return withinStatementTime(tx, { milliseconds, onTimeout: tooMany }, () => markEnded(tx, set, receiptId));
}

function tooMany(): AppError {
  const message = "Matches more than can be ended together.";
  return new AppError(
    "INVALID_INPUT",
    "These are too many sessions to end together. Narrow the filter, or leave it empty.",
    {
      errors: [{ path: "filter", message }],
    },
  );
}

function toEnding({ kind, target, note, selection }: Plan, request: object) {
  const endReason = "revoked" as const;
  return { kind, target, endReason, note, selection, request: { filter: selection.filter, ...request, endReason } };
}

function withoutAbsent(filter: SessionFilter): ReceiptSelection["filter"] {
  return Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== undefined));
}
