import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createReplay, type RecordedAttempt } from "@/lib/rate-limit-monitor/replay";
import { replayCounts } from "@/lib/rate-limit-monitor/replay-counts";

const attempt = (at: number, changes: Partial<RecordedAttempt> = {}): RecordedAttempt => ({
  at,
  subject: "s",
  outcome: "allowed",
  cost: 1,
  entry: `e${at}`,
  ...changes,
});

describe("a replay", () => {
  it("of a log lets through, in any window however it lies, exactly as many as the limit", () => {
    const property = fc.property(
      fc.integer({ min: 1, max: 8 }),
      fc.array(fc.nat(400), { minLength: 5, maxLength: 60 }),
      (limit, gaps) => {
        const replay = createReplay({ algorithm: "log", limit, windowSeconds: 1 });
        let at = 0;
        const times = gaps.map((gap) => {
          at += gap + 1;
          return at;
        });
        const through = times.filter((time) => replay.decide(attempt(time)) === false);
        for (const end of times) {
          const inWindow = through.filter((time) => time > end - 1_000 && time <= end);
          expect(inWindow.length).toBeLessThanOrEqual(limit);
          // Nobody is refused while there is room.
          if (!through.includes(end)) expect(inWindow).toHaveLength(limit);
        }
      },
    );
    fc.assert(property);
  });

  it("undoes what a success undid only where the attempt would have been let through", () => {
    const replay = createReplay({ algorithm: "log", limit: 1, windowSeconds: 60 });
    expect(replay.decide(attempt(1))).toBe(false);
    expect(replay.decide(attempt(2))).toBe(true);
    expect(replay.decide(attempt(3, { outcome: "returned", entry: "e2" }))).toBeNull();
    expect(replay.decide(attempt(4, { outcome: "cleared", entry: null }))).toBeNull();
    expect(replay.decide(attempt(5))).toBe(true);
    // An operator's clearing has no attempt before it.
    expect(replay.decide(attempt(5_000, { outcome: "cleared", entry: null }))).toBeNull();
    expect(replay.decide(attempt(5_001))).toBe(false);
  });

  it("decides nothing about attempts that no rule decided", () => {
    const replay = createReplay({ algorithm: "log", limit: 1, windowSeconds: 60 });
    for (const at of [1, 2, 3]) expect(replay.decide(attempt(at, { cost: 0 }))).toBeNull();
    expect(replay.decide(attempt(4))).toBe(false);
  });

  it("of counts refuses what a minute and what the burst have no room for", () => {
    const counts = [10, 200, 30, 0, 30].map((count, minute) => ({ minute, label: "l", count }));
    const replayed = [...replayCounts({ algorithm: "gcra", limit: 60, windowSeconds: 60 }, counts)];
    expect(replayed.map(({ refused }) => refused)).toEqual([0, 80, 0, 0, 0]);
  });
});
