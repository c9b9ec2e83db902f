import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { failuresPerLock, lockSecondsAfter, strangerFailuresMax } from "@/lib/account-lockout/lock-schedule";

const day = 24 * 3600;

/** What an attacker gets who tries whenever that is allowed: how many attempts in so many seconds, and when the last was. */
function attack(seconds: number): { tried: number; at: number } {
  let at = 0;
  let tried = 0;
  let last = 0;
  while (at <= seconds) {
    tried += 1;
    last = at;
    const wait = lockSecondsAfter(tried);
    if (wait === null) break;
    at += wait;
  }
  return { tried, at: last };
}

describe("the delays after failures in a row (NIST SP 800-63B-4, 3.2.2)", () => {
  it("begin after ten, double after each further ten, and are a day at most", () => {
    const waits = Array.from({ length: strangerFailuresMax }, (_, index) => lockSecondsAfter(index + 1));
    const minutes = waits.filter((wait) => wait !== 0).map((wait) => (wait === null ? null : wait / 60));
    expect(minutes).toEqual([15, 30, 60, 120, 240, 480, 960, 1440, null]);
  });

  it("never shrink while nobody signs in", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 8 }), fc.integer({ min: 1, max: 8 }), (one, other) => {
        const [less, more] = [Math.min(one, other), Math.max(one, other)];
        const [first, second] = [lockSecondsAfter(less * failuresPerLock), lockSecondsAfter(more * failuresPerLock)];
        expect(first).toBeLessThanOrEqual(second ?? 0);
      }),
    );
  });

  it("keep strangers out for good from the bound on, however it is reached", () => {
    fc.assert(
      fc.property(fc.integer({ min: strangerFailuresMax, max: 1_000_000 }), (failures) => {
        expect(lockSecondsAfter(failures)).toBeNull();
      }),
    );
  });

  it("let an attacker who never pauses try ninety times and no more, in whatever time, and seventy at most in a day", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 3650 * day }), (seconds) => {
        expect(attack(seconds).tried).toBeLessThanOrEqual(strangerFailuresMax);
      }),
    );
    expect(attack(Number.MAX_SAFE_INTEGER).tried).toBe(strangerFailuresMax);
    expect(attack(day).tried).toBe(70);
  });
});
