import type { ScopedTx } from "@/lib/db/scoped-transaction";
import type { RuleKey } from "@/lib/rate-limits/rule-catalogue";
import { createReplay, type ReplayedRule } from "./replay";
import { type AttemptRow, findAttempts, findOldestOf } from "./replay-repository";
import { createReplayResult, type ReplayResult } from "./replay-result";

/** Attempts that a replay looks through, how many at a time, and for how long. */
const attemptsMax = 200_000;
const batchSize = 10_000;
const milliseconds = 5_000;

const day = 86_400_000;

/** Two rules over the same attempts. */
export type Compared = { rule: RuleKey; proposed: ReplayedRule; current: ReplayedRule };

/**
 * Replays every attempt of the last 24 hours. What was before them, as far as a window reaches back, is replayed as well
 * and not counted; more than 200,000 attempts, or five seconds of them, truncate it.
 */
export async function replayRecorded(
  tx: ScopedTx,
  { rule, proposed, current }: Compared,
  now: number,
): Promise<ReplayResult> {
  const deadline = performance.now() + milliseconds;
  const window = Math.max(proposed.windowSeconds, current.windowSeconds) * 1_000;
  const earliest = now - day - window;
  const oldest = await findOldestOf(tx, { rule, since: new Date(earliest) }, attemptsMax);
  const from = Math.min(now, Math.max(now - day, (oldest?.getTime() ?? earliest) + window));
  const result = createReplayResult();
  const compare = comparer({ proposed, current }, result, from);
  let after = { at: oldest ?? new Date(earliest), sequence: oldest ? 2_147_483_647 : -1 };
  let to: number | null = null;
  while (to === null) {
    const batch = await findAttempts(tx, { rule, after, limit: batchSize });
    for (const attempt of batch) compare(attempt);
    const last = batch.at(-1);
    if (!last || batch.length < batchSize) to = now;
    else if (performance.now() > deadline) to = last.at;
    else after = { at: new Date(last.at), sequence: last.sequence };
  }
  const truncated = oldest !== null || to < now;
  return { source: "attempts", exact: true, truncated, from: Math.min(from, to), to, subjects: result.subjects() };
}

function comparer(
  { proposed, current }: Omit<Compared, "rule">,
  result: ReturnType<typeof createReplayResult>,
  from: number,
): (attempt: AttemptRow) => void {
  const [proposal, present] = [createReplay(proposed), createReplay(current)];
  return (attempt) => {
    const refused = proposal.decide(attempt);
    const refusedNow = present.decide(attempt);
    if (refused === null || attempt.at < from) return;
    const { subject, label, userId, at } = attempt;
    const decided = { attempts: 1, refused: Number(refused), refusedNow: Number(refusedNow) };
    result.note(subject, { label, userId, at, ...decided });
  };
}
