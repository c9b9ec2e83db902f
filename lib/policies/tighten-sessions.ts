import { withScope } from "@/lib/db/scoped-transaction";
import type { OperationTools } from "@/lib/operations/define-operation";
import { tightenSessions } from "./repository";

/** Sessions shortened within the change itself; a job does the rest. */
const atOnceMax = 1_000;
/** Rows of one transaction of the job. */
const batchSize = 5_000;

/**
 * Shortens the sessions that exist to the rules that the transaction has written. A cached session keeps its old limits
 * for at most `sessionCacheSeconds` more.
 */
export async function tightenExistingSessions(
  { tx, enqueue }: Pick<OperationTools<never>, "tx" | "enqueue">,
  tenantId: string | null,
): Promise<{ count: number; pending: boolean }> {
  const count = await tightenSessions(tx, atOnceMax);
  const pending = count >= atOnceMax;
  if (pending) await enqueue("tighten-sessions", { tenantId });
  return { count, pending };
}

/** Shortens what a change of the rules has left over. May be repeated and interrupted at any point. */
export async function finishTightening(tenantId: string | null): Promise<number> {
  const scope = tenantId === null ? ({ kind: "platform" } as const) : ({ kind: "tenant", tenantId } as const);
  const tightenBatch = () => withScope(scope, (tx) => tightenSessions(tx, batchSize));
  let total = 0;
  for (let count = await tightenBatch(); count > 0; count = await tightenBatch()) total += count;
  return total;
}
