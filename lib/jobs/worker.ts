import { type JobHelpers, Logger, parseCronItems, run, type TaskList } from "graphile-worker";
import { Pool } from "pg";
import { z } from "zod";
import { toWorkerUrl } from "@/lib/db/connection-urls";
import { logger } from "@/lib/observability/logger";
import { finishTightening } from "@/lib/policies/tighten-sessions";
import { createRateLimitCollector } from "@/lib/rate-limit-monitor/collector";
import { sweepRateLimits } from "@/lib/rate-limit-monitor/sweep-rate-limits";
import { finishRevocation, finishStalledRevocations } from "@/lib/sessions/finish-revocation";
import { sweepSessionHistory } from "@/lib/sessions/sweep-history";
import { sweepDeadSessions, sweepExpiredSessions } from "@/lib/sessions/sweep-sessions";
import { purgeTenants } from "@/lib/tenants/purge-tenants";
import { type Beat, createBeat } from "./create-beat";
import { type JobPayloads, type ScheduledTask, scheduledTasks } from "./job-catalogue";
import {
  createAuditPartitions,
  sweepAccountLockouts,
  sweepCapturedMail,
  sweepVerifications,
} from "./maintenance-tasks";

/** A running worker. `stop` lets the jobs under way finish; those that do not are handed back to whoever is left. */
export type Worker = { stop: () => Promise<void> };

/** Seconds until an unfinished revocation is looked at again, for as long as Redis stays away. */
const revisitSeconds = 5;

/**
 * Starts the background jobs of this process on a small direct pool of their own: LISTEN and advisory locks do not
 * pass a transaction pooler.
 */
export async function startWorker(databaseUrl: string): Promise<Worker> {
  const pool = new Pool({ connectionString: toWorkerUrl(databaseUrl), max: 4, connectionTimeoutMillis: 20_000 });
  pool.on("error", (error) => logger.get().warn({ err: error }, "a connection of the job worker broke"));
  const runner = await run({
    pgPool: pool,
    taskList,
    parsedCronItems: parseCronItems(
      Object.entries(scheduledTasks).map(([task, match]) => ({ task, match, identifier: task })),
    ),
    concurrency: 2,
    pollInterval: 2_000,
    noHandleSignals: true,
    logger: workerLogger(),
  });
  // Oftener than the clock queues, and not by way of the queue: a job that was under way when Postgres went is locked for
  // hours, and with it what was to see to that.
  const beats = [createRateLimitCollector(), createRevocationRescue()];
  for (const beat of beats) beat.start();
  return {
    stop: async () => {
      await Promise.all(beats.map((beat) => beat.stop()));
      await runner.stop();
      await pool.end();
    },
  };
}

function createRevocationRescue(): Beat {
  return createBeat(finishStalledRevocations, {
    everyMilliseconds: revisitSeconds * 1_000,
    failure: "revocations whose job has died could not be finished",
  });
}

const scheduled: Record<ScheduledTask, () => Promise<unknown>> = {
  "sweep-sessions": sweepExpiredSessions,
  "sweep-dead-sessions": sweepDeadSessions,
  "sweep-verifications": sweepVerifications,
  "sweep-account-lockouts": sweepAccountLockouts,
  "sweep-captured-mail": sweepCapturedMail,
  "sweep-session-history": sweepSessionHistory,
  "sweep-rate-limits": sweepRateLimits,
  "purge-tenants": purgeTenants,
  "create-audit-partitions": createAuditPartitions,
};

const queued: Record<keyof JobPayloads, (payload: unknown, helpers: JobHelpers) => Promise<void>> = {
  "finish-revocation": async (payload, { addJob }) => {
    const { receiptId } = z.object({ receiptId: z.string() }).parse(payload);
    if (await finishRevocation(receiptId)) return;
    const runAt = new Date(Date.now() + revisitSeconds * 1_000);
    await addJob("finish-revocation", { receiptId }, { runAt });
  },
  "tighten-sessions": async (payload) => {
    const { tenantId } = z.object({ tenantId: z.string().nullable() }).parse(payload);
    await finishTightening(tenantId);
  },
};

/** Every task by name, as the worker calls it. */
const taskList: TaskList = {
  ...queued,
  ...Object.fromEntries(Object.entries(scheduled).map(([name, work]) => [name, async () => void (await work())])),
};

function workerLogger(): Logger {
  return new Logger(() => (level, message) => {
    if (level === "error") logger.get().error({ worker: true }, message);
    else if (level === "warning") logger.get().warn({ worker: true }, message);
    else logger.get().debug({ worker: true }, message);
  });
}
