import type { ScopedTx } from "@/lib/db/scoped-transaction";
import type { JobPayloads } from "./job-catalogue";

/** Queues a job in the caller's transaction (the outbox): a definer function admits only the tasks of the catalogue. */
export async function enqueueJob<Task extends keyof JobPayloads>(
  tx: ScopedTx,
  task: Task,
  payload: JobPayloads[Task],
): Promise<void> {
  await tx.$executeRaw`select gatehouse.enqueue_job(${task}, ${JSON.stringify(payload)}::json)`;
}
