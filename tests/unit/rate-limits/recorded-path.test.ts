import { describe, expect, it } from "vitest";
import { toRecordedPath } from "@/lib/rate-limits/recorded-path";

describe("a path as it is recorded", () => {
  it.each([
    ["/sign-in/email", "/sign-in/email"],
    ["//sign-in///email", "/sign-in/email"],
    ["/sign-in/email/", "/sign-in/email"],
    ["/sign-in/email?next=/x#y", "/sign-in/email"],
    ["/%73ign-in/em%61il", "/sign-in/email"],
    ["/%2573ign-in", "/%73ign-in"],
    ["/sign-in%2Femail", "/sign-in/email"],
    ["\\sign-in\\email", "/sign-in/email"],
    ["/users/01900000-0000-7000-8000-000000000000/lock", "/users/:id/lock"],
    ["/Sign-In", "/Sign-In"],
    ["/%ff", "/%ff"],
    ["/a|b\u0000\u0001", "/ab"],
    ["/", "/"],
  ])("%j is %j", (path, recorded) => {
    expect(toRecordedPath(path)).toBe(recorded);
  });

  it("is short, however long it was", () => {
    expect(toRecordedPath(`/${"x".repeat(5_000)}`).length).toBeLessThanOrEqual(120);
  });
});
