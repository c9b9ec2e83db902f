import { createHash } from "node:crypto";
import { setTimeout as wait } from "node:timers/promises";
import { withScope } from "@/lib/db/scoped-transaction";
import { AppError } from "@/lib/errors/app-error";
import type { OperationTools } from "@/lib/operations/define-operation";
import { findById, holdRequest, type ReceiptRepeat } from "./receipt-repository";
import type { Receipt } from "./receipt-schemas";
import { toReceipt } from "./to-receipt";

/** What was asked for, so that the same key with something else is told from a repetition. */
type Asked = {
  operation: string;
  input: object;
  /** What stands in for a key where the caller sent none. */
  ownKey?: string | undefined;
};

/** The tools of a revocation whose repetition will be known. */
export type RepeatableTools = OperationTools<Receipt> & { repeat?: ReceiptRepeat };

/** Milliseconds for which a repetition waits until whoever was first has completed the receipt. */
const patience = 1_000;
const lookEvery = 50;

/**
 * Runs a revocation once for each key of its actor in its scope: a repetition, at the same moment or later, and also
 * after the process died between commit and answer, is answered with the receipt that there is, and leaves no event.
 * Throws `CONFLICT` where the key was used for something else.
 */
export async function once<Event>(
  tools: OperationTools<Receipt>,
  asked: Asked,
  act: (tools: RepeatableTools) => Promise<{ result: Receipt; event: Event }>,
): Promise<{ result: Receipt; event: Event | null }> {
  const { ctx, tx } = tools;
  const idempotencyKey = ctx.idempotencyKey ?? (asked.ownKey && hash(asked.ownKey));
  if (idempotencyKey === undefined) return act(tools);
  const tenantId = ctx.scope.kind === "tenant" ? ctx.scope.tenantId : null;
  const key = { tenantId, actorType: ctx.actor.type, actorId: ctx.actor.id, idempotencyKey };
  const requestHash = hash([asked.operation, asked.input]);
  const held = await holdRequest(tx, { ...key, name: hash(["revocation", key]) });
  const found = held && (await findById(tx, held.id));
  if (!found) return act({ ...tools, repeat: { idempotencyKey, requestHash } });
  if (found.requestHash !== requestHash) throw usedOtherwise(ctx.idempotencyKey !== undefined);
  tools.afterCommit((receipt) => untilEffective(receipt));
  return { result: toReceipt(found), event: null };
}

// Whoever was first may be between the commit and the second fences.
async function untilEffective(receipt: Receipt): Promise<Receipt> {
  const until = performance.now() + patience;
  let seen = receipt;
  while (seen.effectiveAt === null && performance.now() < until) {
    await wait(lookEvery);
    const row = await withScope({ kind: "platform" }, (tx) => findById(tx, receipt.id));
    if (row) seen = toReceipt(row);
  }
  return seen;
}

function usedOtherwise(isSent: boolean): AppError {
  if (isSent) {
    return new AppError(
      "CONFLICT",
      "This Idempotency-Key was used for another request. Send a new one with each request.",
    );
  }
  return new AppError("CONFLICT", "This preview has been acted on in another way. Preview the filter again.");
}

function hash(value: unknown): string {
  return createHash("sha256").update(JSON.stringify(value)).digest("hex");
}
