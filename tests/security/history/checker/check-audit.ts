import type { Violation } from "../model/history";

/** A request that asked for a change. */
export type AskedChange = {
  way: string;
  /** Of the answer; null: there was none, and nothing can be looked up. */
  requestId: string | null;
  /** The event that the change leaves. */
  action: string;
  outcome: "done" | "none" | "unknown";
};

/** What the log and the receipts hold of one request. */
export type Traces = {
  /** Successful events of the request by action. */
  events: ReadonlyMap<string, number>;
  /** Receipts that were committed with the request's transaction. */
  receipts: number;
};

/**
 * D: every acknowledged change has exactly one event, every one that was refused has none; where only the stores know
 * what came of it, there is at most one, and no receipt without its event.
 */
export function checkAudit(changes: readonly AskedChange[], tracesOf: (requestId: string) => Traces): Violation[] {
  return changes.flatMap((change): Violation[] => {
    if (change.requestId === null) return [];
    const traces = tracesOf(change.requestId);
    const count = traces.events.get(change.action) ?? 0;
    const right = isRight(change.outcome, count, traces.receipts);
    if (right) return [];
    const text = `${change.way} (${change.outcome}) left ${count} events ${change.action} and ${traces.receipts} receipts: ${change.requestId}`;
    return [{ rule: "D", text }];
  });
}

function isRight(outcome: AskedChange["outcome"], count: number, receipts: number): boolean {
  if (outcome === "done") return count === 1;
  if (outcome === "none") return count === 0 && receipts === 0;
  return count <= 1 && (receipts === 0 || count === 1);
}
