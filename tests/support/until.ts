import { setTimeout as delay } from "node:timers/promises";

/** Waits until a condition holds; throws when it does not within `milliseconds`. */
export async function until(condition: () => boolean | Promise<boolean>, milliseconds = 5_000): Promise<void> {
  const deadline = Date.now() + milliseconds;
  while (!(await condition())) {
    if (Date.now() > deadline) throw new Error("The awaited condition did not come about.");
    await delay(10);
  }
}
