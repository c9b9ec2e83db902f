import { describe, expect, it } from "vitest";

import { parsePreferences, tablePreferencesOf } from "@/lib/ui/preferences";

const cookie = (value: unknown) => encodeURIComponent(JSON.stringify(value));

describe("the preferences cookie", () => {
  it.each([undefined, "", "{", "%E0%A4%A", cookie(null), cookie([]), cookie({ sidebar: 7 })])(
    "unreadable preferences (%s) are the defaults, never an error",
    (value) => {
      expect(parsePreferences(value)).toEqual({ sidebar: "open", shortcuts: true, recentTenants: [], tables: {} });
    },
  );

  it("a list that was never changed has the default look", () => {
    expect(tablePreferencesOf(parsePreferences(undefined), "users")).toEqual({ density: "comfortable", pageSize: 50 });
  });

  it("what was remembered for a list comes back", () => {
    const users = { density: "compact", pageSize: 25, hiddenColumns: ["created"] };
    expect(tablePreferencesOf(parsePreferences(cookie({ tables: { users } })), "users")).toEqual(users);
  });

  it("a page size that nobody offers is refused with the rest", () => {
    expect(parsePreferences(cookie({ tables: { users: { pageSize: 5000 } } })).tables).toEqual({});
  });
});
