import { describe, expect, test } from "vitest";
import { listSessionsInput } from "@/lib/sessions/schemas";
import { sessionFilter } from "@/lib/sessions/session-filter";

const pathsOf = (input: object) => sessionFilter.safeParse(input).error?.issues.map(({ path }) => path.join("."));

describe("a filter of sessions", () => {
  test("is refused where no session could pass it, at the field that contradicts the other", () => {
    const [early, late] = ["2026-01-01T00:00:00Z", "2026-02-01T00:00:00Z"];
    expect(pathsOf({ createdAfter: late, createdBefore: early })).toEqual(["createdBefore"]);
    expect(pathsOf({ createdAfter: late, idleSince: early })).toEqual(["idleSince"]);
    expect(pathsOf({ createdAfter: early, createdBefore: late, idleSince: late })).toBeUndefined();
  });

  test("that ends sessions is never blank by mistake, while a list takes a blank text for none", () => {
    expect(pathsOf({ search: "  " })).toEqual(["search"]);
    expect(listSessionsInput.safeParse({ search: "  " }).success).toBe(true);
    expect(pathsOf({})).toBeUndefined();
  });

  test("takes exactly its own fields", () => {
    expect(sessionFilter.safeParse({ status: "active" }).success).toBe(false);
    expect(sessionFilter.parse({ country: "nl", browser: " Firefox " })).toEqual({ country: "NL", browser: "Firefox" });
  });
});
