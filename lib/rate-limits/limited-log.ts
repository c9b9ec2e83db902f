import { logger } from "@/lib/observability/logger";
import { createLocalLog } from "./local-log";
import { addToLog, clearLog, type LogAnswer, readLog, removeFromLog, type SlidingLogRule } from "./sliding-log";

/** A rule, and what each instance alone admits while Redis is away: less, because it cannot know of the others. */
export type LimitedRule = SlidingLogRule & { limitAlone: number };

/** A place in a log, to be given back. */
export type Place = { key: string; entry: string; local: boolean };

const localLog = createLocalLog();

/** Takes a place in the log of `key`, or says why there is none. */
export async function takePlace(
  key: string,
  rule: LimitedRule,
): Promise<Place | Exclude<LogAnswer, { allowed: true }>> {
  const shared = await addToLog(key, rule).catch(standIn);
  const answer = shared ?? localLog.add(key, { ...rule, limit: rule.limitAlone });
  return answer.allowed ? { key, entry: answer.entry, local: shared === undefined } : answer;
}

/** Says whether there is a place; while Redis is away, taking one will tell. */
export async function findPlace(key: string, rule: LimitedRule): Promise<LogAnswer | undefined> {
  return readLog(key, rule).catch(standIn);
}

/** Gives a place back. */
export async function returnPlace({ key, entry, local }: Place): Promise<void> {
  if (local) localLog.remove(key, entry);
  else await removeFromLog(key, entry).catch(standIn);
}

/** Starts a log afresh. */
export async function forgetLog(key: string): Promise<void> {
  localLog.clear(key);
  await clearLog(key).catch(standIn);
}

function standIn(error: unknown): undefined {
  logger.get().warn({ err: error }, "Redis does not answer: this process limits alone");
}
