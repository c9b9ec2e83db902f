import { describe, expect, it } from "vitest";
import { safeNextPath } from "@/lib/ui/safe-next-path";

const console = "/";

describe("where a sign-in leads", () => {
  it.each(["/platform/users/42?tab=sessions#top", "/platform/audit?actor=%2F%2Fevil.test"])(
    "%s is on this origin and is followed as it is",
    (next) => {
      expect(safeNextPath(next)).toBe(next);
    },
  );

  it.each([
    undefined,
    "",
    "platform/users",
    "https://evil.test/",
    "//evil.test/",
    "///evil.test/",
    "/\\evil.test/",
    "/\t/evil.test/",
    "/\n//evil.test/",
    "/.//evil.test/",
    "/x/..//evil.test/",
    "/%2e//evil.test/",
    "javascript:alert(1)",
  ])("%j leaves this origin, or is no path: the console is opened instead", (next) => {
    expect(safeNextPath(next)).toBe(console);
  });

  it.each(["/sign-in", "/sign-in?next=/sign-in", "/api/v1/users", "/platform/../sign-in"])(
    "%s would lead nowhere: the console is opened instead",
    (next) => {
      expect(safeNextPath(next)).toBe(console);
    },
  );

  it("a repeated parameter is no path", () => {
    expect(safeNextPath(["/platform/users", "/platform/audit"])).toBe(console);
  });
});
