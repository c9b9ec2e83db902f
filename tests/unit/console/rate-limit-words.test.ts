import { expect, test } from "vitest";
import { accountOf, subjectName, subjectPlaces } from "@/components/rate-limits/rate-limit-words";
import type { RateLimitSubject } from "@/lib/rate-limit-monitor/schemas";

const user = { id: "0193a1f0-0000-7000-8000-000000000001", name: "Ada Byron", email: "ada@example.com" };
const subjectOf = (part: Partial<RateLimitSubject>): RateLimitSubject => ({
  dimension: "account",
  label: "a…@example.com",
  operation: null,
  user: null,
  tenant: null,
  ...part,
});

test("an address is never taken for the account that was tried from it last", () => {
  const address = subjectOf({ dimension: "address", label: "198.51.100.7", user });
  expect([accountOf(address), subjectName(address)]).toEqual([null, "198.51.100.7"]);
  expect(subjectPlaces(address)).toEqual({ sessions: "/sessions?ip=198.51.100.7", audit: "/audit?ip=198.51.100.7" });
});

test("an account leads to itself, its sessions and its audit events", () => {
  expect(subjectPlaces(subjectOf({ user }))).toEqual({
    account: `/users/${user.id}`,
    sessions: `/sessions?userId=${user.id}`,
    audit: `/audit?target=${user.id}`,
  });
});

test("an account without a name goes by its address, and one that may not be named by what is known", () => {
  expect(subjectName(subjectOf({ user: { ...user, name: "" } }))).toBe("ada@example.com");
  expect(subjectName(subjectOf({}))).toBe("a…@example.com");
  expect(subjectName(subjectOf({ label: user.id }))).toBe("0193a1…0001");
});

test("an operation of a session or key goes by both, and leads to whose it is", () => {
  const label = "session:0193a1f0-0000-7000-8000-000000000002/listUsers";
  const combined = { dimension: "caller-operation", label, operation: "listUsers" } as const;
  expect(subjectName(subjectOf({ ...combined, user }))).toBe("listUsers by Ada Byron");
  expect(subjectName(subjectOf(combined))).toBe("listUsers by sessio…0002");
  expect(subjectPlaces(subjectOf({ ...combined, user }))).toMatchObject({ account: `/users/${user.id}` });
});
