import { ruleCatalogue } from "@/lib/rate-limits/rule-catalogue";
import { lastMinutes } from "./last-minutes";
import { redisNow } from "./redis-answers";
import { type MinuteCount, replayCounts } from "./replay-counts";
import type { Compared } from "./replay-recorded";
import { createReplayResult, type ReplayResult } from "./replay-result";
import { readTopMinutes } from "./top-store";

const minutesOfDay = 24 * 60;
/** Minutes that are read at a time, and for how long. */
const batchSize = 60;
const milliseconds = 5_000;

/**
 * Replays what the busiest of each minute of the last 24 hours did, of which only how often is known. Five seconds
 * truncate it. Throws `UNAVAILABLE` when Redis does not answer.
 */
export async function replayHeavyHitters({ rule, proposed, current }: Compared): Promise<ReplayResult> {
  const deadline = performance.now() + milliseconds;
  const minutes = lastMinutes(Math.floor((await redisNow()) / 60_000) - 1, minutesOfDay);
  const counts: MinuteCount[] = [];
  let read = 0;
  // The newest first: what time does not allow for is the oldest.
  while (read < minutes.length && performance.now() < deadline) {
    const end = minutes.length - read;
    const batch = minutes.slice(Math.max(0, end - batchSize), end);
    counts.unshift(...(await readTopMinutes(ruleCatalogue[rule].dimension, batch, rule)));
    read += batch.length;
  }
  const result = createReplayResult();
  const present = replayCounts(current, counts);
  for (const { minute, label, count, refused } of replayCounts(proposed, counts)) {
    const refusedNow = present.next().value?.refused ?? 0;
    result.note(label, { label, userId: null, at: minute * 60_000, attempts: count, refused, refusedNow });
  }
  const [from = 0, to = 0] = [minutes.at(-read), minutes.at(-1)];
  return {
    source: "heavy-hitters",
    exact: false,
    truncated: read < minutes.length,
    from: from * 60_000,
    to: (to + 1) * 60_000,
    subjects: result.subjects(),
  };
}
