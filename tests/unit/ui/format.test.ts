import { describe, expect, it } from "vitest";

import {
  formatDay,
  formatDuration,
  formatEstimate,
  formatExact,
  formatQuantity,
  formatRelative,
  initialsOf,
  shortenMiddle,
} from "@/lib/ui/format";

const session = { one: "session", many: "sessions" };
const now = Date.parse("2026-11-21T12:00:00Z");
const ago = (seconds: number) => formatRelative(now - seconds * 1000, now);

describe("numbers", () => {
  it("an estimate always says that it is one", () => {
    expect([1_234_567, 48_210, 950, 7].map(formatEstimate)).toEqual([
      "about 1.2 M",
      "about 48 k",
      "about 950",
      "about 7",
    ]);
  });

  it("an estimate that rounds up to a million is written as one", () => {
    expect(formatEstimate(999_600)).toBe("about 1 M");
  });

  it("a capped count never looks exact, and the noun fits the number", () => {
    expect(formatQuantity(1, session)).toBe("1 session");
    expect(formatQuantity(12, session)).toBe("12 sessions");
    expect(formatQuantity(1000, session, true)).toBe("1,000+ sessions");
  });

  it("a duration shows its two largest units and no zeros", () => {
    expect([0, 45, 200, 7500, 3600, 363_600].map(formatDuration)).toEqual([
      "0 s",
      "45 s",
      "3 min 20 s",
      "2 h 5 min",
      "1 h",
      "4 d 5 h",
    ]);
  });
});

describe("times", () => {
  it("a moment is relative for thirty days and a date after that, with the year where it is another", () => {
    expect(ago(10)).toBe("just now");
    expect(ago(300)).toBe("5 min. ago");
    expect(ago(3 * 86_400)).toBe("3 days ago");
    expect(ago(50 * 86_400)).toBe("2 Oct");
    expect(ago(400 * 86_400)).toBe("17 Oct 2025");
  });

  it("the exact time names its zone", () => {
    expect(formatExact(now, "Asia/Tokyo")).toBe("21 Nov 2026, 21:00:00 GMT+9");
  });

  it("a day that is no day is shown as it was given", () => {
    expect(formatDay("2026-11-21T00:00:00.000Z")).toBe("21 Nov 2026");
    expect(formatDay("soon")).toBe("soon");
  });
});

describe("names", () => {
  it("initials work for any script, and fall back to the address", () => {
    expect(initialsOf("Ada Byron", "")).toBe("AB");
    expect(initialsOf("김민준", "")).toBe("김");
    expect(initialsOf("", "sofia@example.com")).toBe("S");
    expect(initialsOf("  ", "")).toBe("?");
  });

  it("an id is shortened in the middle and a short one stays whole", () => {
    expect(shortenMiddle("0193a1f2-7c41-7d10-9a3e-3a1c0b52f09c")).toBe("0193a1…f09c");
    expect(shortenMiddle("short")).toBe("short");
  });
});
