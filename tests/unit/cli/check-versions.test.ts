import { describe, expect, it } from "vitest";
import { checkVersions, isAtLeast } from "@/lib/cli/doctor/check-versions";

describe("isAtLeast", () => {
  it.each([
    ["20.19.0", "20.19", true],
    ["20.9.0", "20.19", false],
    ["22.0.0", "20.19", true],
    ["7.0.15", "7.0.0", true],
    ["6.2.99", "7.0.0", false],
    ["unknown", "7.0.0", false],
  ])("%s against %s: %s", (version, wanted, expected) => {
    expect(isAtLeast(version, wanted)).toBe(expected);
  });
});

describe("checkVersions", () => {
  it("refuses a Node that is too old and says which to install", () => {
    expect(checkVersions("18.20.0")[0]).toMatchObject({ status: "failure", mend: expect.stringContaining("20.19") });
  });
});
