import { AppError } from "@/lib/errors/app-error";

/** Runs work for which there is room, lets some wait, and refuses the rest. */
export type BoundedQueue = <Result>(work: () => Promise<Result>) => Promise<Result>;

/** A queue in which `running` pieces run at once and `waiting` more may wait; beyond that it throws `UNAVAILABLE`. */
export function createBoundedQueue({ running, waiting }: { running: number; waiting: number }): BoundedQueue {
  const line: (() => void)[] = [];
  let free = running;

  const enter = async () => {
    if (free > 0) {
      free -= 1;
      return;
    }
    if (line.length >= waiting) {
      throw new AppError("UNAVAILABLE", "Too many people are signing in at this moment. Try again in a few seconds.", {
        retryAfterSeconds: 5,
      });
    }
    await new Promise<void>((resolve) => line.push(resolve));
  };
  // The place is handed over, not freed, so that nobody who comes later can take it in between.
  const leave = () => {
    const next = line.shift();
    if (next) next();
    else free += 1;
  };

  return async (work) => {
    await enter();
    try {
      return await work();
    } finally {
      leave();
    }
  };
}
