import { expect, test } from "vitest";
import { type CheckedSession, decodeCheckedSession, encodeCheckedSession } from "@/lib/sessions/checked-session";

const session: CheckedSession = {
  sessionId: "s",
  userId: "u",
  email: "ada@example.com",
  name: "Ada",
  createdAt: "2026-11-21T00:00:00.000Z",
  expiresAt: "2026-11-22T00:00:00.000Z",
  method: "password",
  tenant: null,
  impersonatedBy: null,
};

test("an entry is read as what was written, and anything else as nothing", () => {
  expect(decodeCheckedSession(encodeCheckedSession(session))).toEqual(session);
  for (const text of ["", "{", "null", "undefined"]) expect(decodeCheckedSession(text)).toBeNull();
});

test("an entry that has changed is another session's state, however often the old one was read", () => {
  for (let round = 0; round < 3; round += 1) decodeCheckedSession(encodeCheckedSession(session));
  const renamed = { ...session, name: "Ada L." };
  expect(decodeCheckedSession(encodeCheckedSession(renamed))).toEqual(renamed);
  expect(decodeCheckedSession(encodeCheckedSession(session))).toEqual(session);
});

test("what is shared between requests cannot be changed by one of them", () => {
  const read = decodeCheckedSession(encodeCheckedSession(session));
  expect(decodeCheckedSession(encodeCheckedSession(session))).toBe(read);
  expect(Object.isFrozen(read)).toBe(true);
});
