import { expect, it } from "vitest";
import { logPath, sumHours } from "@/components/overview/overview-sums";

const hour = {
  startsAt: "2026-11-21T10:00:00.000Z",
  signedIn: 2,
  signInsFailed: 1,
  denied: 1,
  failed: 3,
  capped: false,
};

it("adds up a day, and says that it is the least where one hour was cut short", () => {
  expect(sumHours([])).toEqual({ signedIn: 0, signInsFailed: 0, denied: 0, failed: 0, capped: false });
  expect(sumHours([hour, { ...hour, signedIn: 5, capped: true }])).toEqual({
    signedIn: 7,
    signInsFailed: 2,
    denied: 2,
    failed: 6,
    capped: true,
  });
});

it("leads to the part of the log behind a figure", () => {
  expect(logPath({ action: "session.create", from: hour.startsAt })).toBe(
    "/audit?action=session.create&from=2026-11-21T10%3A00%3A00.000Z",
  );
});
