import type { ScopedTx } from "@/lib/db/scoped-transaction";
import { Prisma } from "@/prisma/generated/client";
import type { JobPayloads } from "./job-catalogue";

/** Queues a job in the caller's transaction (the outbox): a definer function admits only the tasks of the catalogue. */
export async function enqueueJob<Task extends keyof JobPayloads>(
  tx: ScopedTx,
  task: Task,
  payload: JobPayloads[Task],
): Promise<void> {
  await tx.$executeRaw`select ${queuedJob(task, payload)}`;
}

/** An expression that queues a job, for a statement that does more than that. */
export function queuedJob<Task extends keyof JobPayloads>(task: Task, payload: JobPayloads[Task]): Prisma.Sql {
  return Prisma.sql`gatehouse.enqueue_job(${task}, ${JSON.stringify(payload)}::json)`;
}
