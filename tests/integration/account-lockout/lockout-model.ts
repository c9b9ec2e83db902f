import { lockSecondsAfter } from "@/lib/account-lockout/lock-schedule";

/** What an attempt does: from which browser, and with which password. */
export type Attempt = "stranger" | "device" | "stranger-right" | "device-right";

/** What ought to be remembered of an address; `waits` are the seconds that strangers are locked out, null: for good. */
export type LockoutModel = { strangers: number; devices: number; waits: number | null };

/** Lets seconds pass. */
export function pass(model: LockoutModel, seconds: number): void {
  if (model.waits !== null) model.waits = Math.max(0, model.waits - seconds);
}

/** Makes an attempt, and says whether its password ought to be tried. */
export function attempt(model: LockoutModel, act: Attempt): boolean {
  const byDevice = act.startsWith("device") && model.devices < 10;
  if (!byDevice && model.waits !== 0) return false;
  if (act.endsWith("right")) noteRight(model);
  else if (byDevice) model.devices += 1;
  else {
    model.strangers += 1;
    model.waits = lockSecondsAfter(model.strangers);
  }
  return true;
}

// While strangers are locked out only a known browser can have been right, and that lifts no lock.
function noteRight(model: LockoutModel): void {
  model.devices = 0;
  if (model.waits === 0) model.strangers = 0;
}
