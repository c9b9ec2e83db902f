import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createLocalLimits, type LocalCharge } from "@/lib/rate-limits/local-limits";

const log: LocalCharge = { key: "a", algorithm: "log", share: 5, limit: 10, windowSeconds: 60, cost: 1 };
const rate: LocalCharge = { key: "b", algorithm: "gcra", share: 5, limit: 10, windowSeconds: 60, cost: 1 };

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["performance"] });
});
afterEach(() => {
  vi.useRealTimers();
});

function taken(limits: ReturnType<typeof createLocalLimits>, charges: LocalCharge[], times: number): number {
  let count = 0;
  for (let turn = 0; turn < times; turn += 1) if (limits.take(charges, `${turn}`).allowed) count += 1;
  return count;
}

describe("what a process admits alone", () => {
  it.each([log, rate])("is its share at once, by $algorithm", (charge) => {
    expect(taken(createLocalLimits(), [charge], 20)).toBe(5);
  });

  it.each([log, rate])("is nothing where it had let through the whole limit before, by $algorithm", (charge) => {
    const limits = createLocalLimits();
    for (let turn = 0; turn < 10; turn += 1) limits.note([charge], `${turn}`);
    expect(taken(limits, [charge], 20)).toBe(0);
  });

  it("is in no window more than its share, by a log", () => {
    const limits = createLocalLimits();
    expect(taken(limits, [log], 3)).toBe(3);
    vi.advanceTimersByTime(59_999);
    expect(taken(limits, [log], 20)).toBe(2);
    vi.advanceTimersByTime(1);
    expect(taken(limits, [log], 20)).toBe(3);
  });

  it("is all of the charges or none", () => {
    const limits = createLocalLimits();
    expect(taken(limits, [rate], 20)).toBe(5);
    expect(taken(limits, [log, rate], 20)).toBe(0);
    expect(taken(limits, [log], 20)).toBe(5);
  });

  it("says how long to wait", () => {
    const limits = createLocalLimits();
    taken(limits, [log], 5);
    vi.advanceTimersByTime(20_000);
    expect(limits.take([log], "x")).toEqual({ allowed: false, waitMilliseconds: 40_000, index: 0 });
  });

  it("is more again once an entry was given back or the key cleared", () => {
    const limits = createLocalLimits();
    taken(limits, [log], 5);
    limits.remove(log, "0");
    expect(taken(limits, [log], 5)).toBe(1);
    limits.clear("a");
    expect(taken(limits, [log], 20)).toBe(5);
  });
});
