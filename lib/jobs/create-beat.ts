import { isAppError } from "@/lib/errors/app-error";
import { logger } from "@/lib/observability/logger";

/** Work that this process does over and over. */
export type Beat = {
  start: () => void;
  /** Lets what is under way finish, and ends the rhythm. */
  stop: () => Promise<void>;
};

/**
 * Makes a beat that stands still: `work` is called `everyMilliseconds` after it has ended, whatever came of it. What it
 * throws is logged with `failure`; a store that is away says so by itself, and the next beat finds it back.
 */
export function createBeat(work: () => Promise<void>, { everyMilliseconds, failure }: BeatOptions): Beat {
  let timer: NodeJS.Timeout | undefined;
  let running = false;
  let working: Promise<void> = Promise.resolve();
  const beat = () => {
    working = work()
      .catch((error: unknown) => {
        if (!isAppError(error) || error.code !== "UNAVAILABLE") logger.get().error({ err: error }, failure);
      })
      .finally(() => {
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
      await working;
    },
  };
}

type BeatOptions = { everyMilliseconds: number; failure: string };
