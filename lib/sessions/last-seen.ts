import { runtimePart } from "@/lib/config/runtime";
import { logger } from "@/lib/observability/logger";
import { drainLastSeen, pushLastSeen, returnLastSeen, takeLastSeenTurn } from "./last-seen-store";
import { beatActivity, writeLastSeen } from "./session-activity-store";

/** Collects when sessions were last used, so that a check writes nothing. */
export type LastSeen = {
  /** The session has just been used. */
  note: (sessionId: string) => void;
  /** Writes what has been collected to Postgres; `force` does so even when it is another instance's turn. */
  flush: (options?: { force?: boolean }) => Promise<void>;
  /** Writes what is left and ends the rhythm. */
  stop: () => Promise<void>;
};

/** The process's collector. */
export const lastSeen = runtimePart<LastSeen>("last-seen");

/** Session id → milliseconds since the epoch. */
export type LastSeenTimes = Map<string, number>;

const writeEveryMilliseconds = 60_000;
const retryAfterMilliseconds = 5_000;

/**
 * Makes a collector. Uses are kept in the process, gathered from all instances in Redis and written by one of them, once
 * a minute a session; with Redis gone each instance writes its own. `start` sets the rhythm going.
 */
export function createLastSeen(): LastSeen & { start: () => Promise<void> } {
  let noted: LastSeenTimes = new Map();
  let timer: NodeJS.Timeout | undefined;
  let running = false;
  const flush = async ({ force = false } = {}) => {
    const taken = noted;
    noted = new Map();
    try {
      await writeTaken(taken, force);
    } catch (error) {
      for (const [sessionId, at] of taken) noted.set(sessionId, Math.max(at, noted.get(sessionId) ?? 0));
      throw error;
    }
  };
  const beat = async () => {
    const written = await flush().then(() => true, reportFailure);
    if (running) timer = setTimeout(beat, written ? writeEveryMilliseconds : retryAfterMilliseconds).unref();
  };
  return {
    note: (sessionId) => noted.set(sessionId, Date.now()),
    flush,
    start: async () => {
      // Before the first request: the time for which nothing was collected must not count as idleness.
      await beatAtStart();
      running = true;
      timer = setTimeout(beat, writeEveryMilliseconds).unref();
    },
    stop: async () => {
      if (!running) return;
      running = false;
      clearTimeout(timer);
      await flush({ force: true }).catch(reportFailure);
    },
  };
}

/** Attempts at the first heartbeat. */
const startAttempts = 10;

// A starting process is busy with itself: a connection may take it longer than a check would wait for one.
async function beatAtStart(): Promise<void> {
  for (let attempt = 1; attempt < startAttempts; attempt += 1) {
    if (
      await beatActivity().then(
        () => true,
        () => false,
      )
    )
      return;
  }
  await beatActivity();
}

async function writeTaken(taken: LastSeenTimes, force: boolean): Promise<void> {
  const gathered = await pushLastSeen(taken);
  if (!gathered) await writeLastSeen(taken);
  else if (force || (await takeLastSeenTurn())) await writeGathered();
  else return;
  await beatActivity();
}

async function writeGathered(): Promise<void> {
  for await (const times of drainLastSeen()) {
    try {
      await writeLastSeen(times);
    } catch (error) {
      await returnLastSeen(times);
      throw error;
    }
  }
}

function reportFailure(error: unknown): false {
  logger.get().warn({ err: error }, "last-seen times could not be written; they are kept for the next attempt");
  return false;
}
