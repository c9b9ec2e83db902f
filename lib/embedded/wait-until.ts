import { setTimeout as delay } from "node:timers/promises";

const pollMilliseconds = 20;

/** Polls until the condition answers true (then true), or the time is over (then false). */
export async function waitUntil(
  condition: () => boolean | Promise<boolean>,
  timeoutMilliseconds: number,
): Promise<boolean> {
  const end = performance.now() + timeoutMilliseconds;
  while (!(await condition())) {
    if (performance.now() > end) return false;
    await delay(pollMilliseconds);
  }
  return true;
}
