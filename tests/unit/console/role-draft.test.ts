import { expect, it } from "vitest";
import { changesOf, findRoleProblems, suggestKey, toDraft } from "@/components/roles/role-draft";
import type { Role } from "@/lib/roles/schemas";

const role: Role = {
  id: "1",
  key: "desk",
  name: "Desk",
  rank: 20,
  permissions: ["users.read", "sessions.read"],
  builtIn: false,
  holders: { count: 0, capped: false },
  assignable: true,
  editable: true,
  createdAt: "2026-01-01T00:00:00.000Z",
  updatedAt: "2026-01-01T00:00:00.000Z",
};

it("only what differs from the role is sent, whatever the order of its permissions", () => {
  const draft = toDraft(role, 39);
  expect(changesOf(role, { ...draft, permissions: new Set(["sessions.read", "users.read"]) })).toEqual({});
  expect(changesOf(role, { ...draft, rank: "21", permissions: new Set(["users.read"]) })).toEqual({
    rank: 21,
    permissions: ["users.read"],
  });
});

it("a rank that is no whole number within the author's bound is refused beside its field", () => {
  for (const rank of ["", "0", "40", "1.5", "ten"]) {
    expect(findRoleProblems({ ...toDraft(role, 39), rank }, 39).rank).toBeDefined();
  }
  expect(findRoleProblems({ ...toDraft(role, 39), rank: "39" }, 39).rank).toBeUndefined();
});

it.each([
  ["Sign-in desk", "sign-in-desk"],
  ["  Zoë & Ærø  ", "zoe-r"],
  ["משרד", ""],
])("the key suggested for %s is one that the server takes, or none", (name, key) => {
  expect(suggestKey(name)).toBe(key);
});
