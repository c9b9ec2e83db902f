import { type Beat, createBeat } from "@/lib/jobs/create-beat";
import { takeCollectorTurn } from "./attempts-store";
import { collectAttempts } from "./collect-attempts";
import { collectTallies } from "./collect-tallies";

const everyMilliseconds = 2_000;
/** A little less, so that every turn finds somebody; whoever is slower than that shares with the next, who waits for it. */
const turnMilliseconds = 1_900;

/** Takes what the limiter has recorded in Redis into Postgres, every two seconds, in one process at a time. */
export function createRateLimitCollector(): Beat {
  return createBeat(collect, {
    everyMilliseconds,
    failure: "what the rate limits recorded could not be collected",
  });
}

// Where it fails, what waits in Redis waits for the next turn.
async function collect(): Promise<void> {
  if (!(await takeCollectorTurn(turnMilliseconds))) return;
  await collectAttempts();
  await collectTallies();
}
