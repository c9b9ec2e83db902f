import { describe, expect, it } from "vitest";
import type { UserRow } from "@/lib/users/repository";
import { toUser } from "@/lib/users/to-user";

const now = new Date("2026-05-01T00:00:00.000Z");
const before = new Date("2026-04-01T00:00:00.000Z");
const after = new Date("2026-06-01T00:00:00.000Z");
const tenant = { id: "t", slug: "acme", name: "Acme" };
const role = { id: "r", key: "admin", name: "Administrator" };

const row: UserRow = {
  id: "u",
  email: "a@example.com",
  name: "A",
  emailVerified: false,
  createdAt: before,
  invitedAt: null,
  lockedAt: null,
  lockedUntil: null,
  lockedReason: null,
  homeTenant: null,
  activity: null,
  memberships: [{ createdAt: before, tenant, roles: [{ role }] }],
};

describe("a user as callers see one", () => {
  it.each<[string, Partial<UserRow>, string]>([
    ["somebody who may sign in", {}, "active"],
    ["somebody invited", { invitedAt: before }, "invited"],
    ["a lock without an end", { lockedAt: before }, "locked"],
    ["a lock that still runs", { lockedAt: before, lockedUntil: after }, "locked"],
    ["a lock that ends now", { lockedAt: before, lockedUntil: now }, "active"],
    ["a lock that has run out", { lockedAt: before, lockedUntil: before, lockedReason: "r" }, "active"],
    ["a lock on somebody invited", { lockedAt: before, invitedAt: before }, "locked"],
  ])("%s", (_name, changes, status) => {
    const seen = toUser({ ...row, ...changes }, now);
    expect(seen.status).toBe(status);
    if (status !== "locked") expect([seen.lockedAt, seen.lockedUntil, seen.lockedReason]).toEqual([null, null, null]);
  });

  it("holds the roles of the platform there, and those of the tenant in one", () => {
    const platformRole = { id: "p", key: "support", name: "Support" };
    expect(toUser({ ...row, platformRoles: [{ role: platformRole }] }, now).roles).toEqual([platformRole]);
    expect(toUser({ ...row, platformRoles: [] }, now).roles).toEqual([]);
    expect(toUser(row, now).roles).toEqual([role]);
  });
});
