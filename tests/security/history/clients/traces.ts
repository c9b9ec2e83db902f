import type { Traces } from "../checker/check-audit";
import type { End, History, Moment } from "../model/history";
import type { Recorder } from "../model/recorder";
import type { World } from "./world";

/** A request that left nothing. */
export const noTraces: Traces = { events: new Map(), receipts: 0 };

/** What the audit log and the receipts hold, by request. */
export async function readTraces({ stores }: World): Promise<Map<string, Traces>> {
  const rows = await stores.asSuperuser<{ requestId: string; action: string | null; count: number }>(`
    select request_id as "requestId", action, count(*)::int as count from audit_event where outcome = 'success' group by 1, 2
    union all select request_id, null, count(*)::int from revocation_receipt group by 1`);
  const traces = new Map<string, { events: Map<string, number>; receipts: number }>();
  for (const { requestId, action, count } of rows) {
    const found = traces.get(requestId) ?? { events: new Map<string, number>(), receipts: 0 };
    if (action === null) found.receipts = count;
    else found.events.set(action, count);
    traces.set(requestId, found);
  }
  return traces;
}

/** Milliseconds by which a time of the database, rounded to one, may be ahead of the same moment here. */
const roundingMilliseconds = 3;

/**
 * When each request that left a receipt was effective, on the driver's clock: "from here on no instance accepts a
 * covered session". Stores, instances and driver run on one machine, and so by one clock.
 */
export async function readEffects({ stores }: World): Promise<Map<string, Moment>> {
  const rows = await stores.asSuperuser<{ requestId: string; effectiveAt: Date }>(
    `select request_id as "requestId", max(effective_at) as "effectiveAt" from revocation_receipt
     where effective_at is not null group by 1`,
  );
  const began = Date.now() - performance.now();
  return new Map(
    rows.map(({ requestId, effectiveAt }) => [requestId, effectiveAt.getTime() - began + roundingMilliseconds]),
  );
}

/** Milliseconds for which a cached session may outlive an end that could not reach Redis and has no receipt to say so. */
const cacheWindow = 30_000;

/**
 * The history, with the time from which each end holds: the one that its receipt states, be it before the answer or
 * after it; else the answer, and for what ran beside a fault the life of a cached session more.
 */
export function withWindows(history: History, effects: ReadonlyMap<string, Moment>): History {
  const windowOf = ({ requestId, invoked, returned }: Pick<End, "requestId" | "invoked" | "returned">) => {
    const stated = requestId === null ? undefined : effects.get(requestId);
    if (stated !== undefined) return stated - returned;
    const isDisturbed = history.disturbances.some(({ from, until }) => from <= returned && until >= invoked);
    return isDisturbed ? cacheWindow : 0;
  };
  return {
    ...history,
    ends: history.ends.map((end) => ({ ...end, window: windowOf(end) })),
    passwordChanges: history.passwordChanges.map((change) => ({
      ...change,
      window: windowOf({ requestId: null, ...change }),
    })),
  };
}

/** The changes, without certainty where the answer has none: to sign out of what has just been ended is answered alike. */
export function withDoubts({ changes, ends }: Recorder): Recorder["changes"] {
  const others = new Set(ends.filter(({ way }) => way === "sign-out").map(({ requestId }) => requestId));
  return changes.map((change) =>
    others.has(change.requestId) && change.outcome === "done" ? { ...change, outcome: "unknown" as const } : change,
  );
}
