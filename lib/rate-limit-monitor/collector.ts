import { isAppError } from "@/lib/errors/app-error";
import { logger } from "@/lib/observability/logger";
import { takeCollectorTurn } from "./attempts-store";
import { collectAttempts } from "./collect-attempts";
import { collectTallies } from "./collect-tallies";

/** Takes what the limiter has recorded in Redis into Postgres, every two seconds, in one process at a time. */
export type RateLimitCollector = {
  start: () => void;
  /** Lets what is under way finish, and ends the rhythm. */
  stop: () => Promise<void>;
};

const everyMilliseconds = 2_000;
/** A little less, so that every turn finds somebody; whoever is slower than that shares with the next, who waits for it. */
const turnMilliseconds = 1_900;

/** Makes a collector that stands still. */
export function createRateLimitCollector(): RateLimitCollector {
  let timer: NodeJS.Timeout | undefined;
  let running = false;
  let collecting: Promise<void> = Promise.resolve();
  const beat = () => {
    collecting = collect().finally(() => {
      if (running) timer = setTimeout(beat, everyMilliseconds).unref();
    });
  };
  return {
    start: () => {
      running = true;
      timer = setTimeout(beat, everyMilliseconds).unref();
    },
    stop: async () => {
      running = false;
      clearTimeout(timer);
      await collecting;
    },
  };
}

async function collect(): Promise<void> {
  try {
    if (!(await takeCollectorTurn(turnMilliseconds))) return;
    await collectAttempts();
    await collectTallies();
  } catch (error) {
    // What waits in Redis waits for the next turn; a store that is away says so by itself.
    if (isAppError(error) && error.code === "UNAVAILABLE") return;
    logger.get().error({ err: error }, "what the rate limits recorded could not be collected");
  }
}
