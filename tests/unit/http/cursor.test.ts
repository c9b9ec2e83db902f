import { beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { type CursorBinding, cursorKey, decodeCursor, deriveCursorKey, encodeCursor } from "@/lib/db/cursor";

const binding: CursorBinding = {
  name: "listUsers",
  scope: { kind: "tenant", tenantId: "t1" },
  filters: { search: "ann", status: "locked" },
  sort: "-createdAt",
};
const position = z.strictObject({ at: z.string(), id: z.string() });
const place = { at: "2026-01-02T03:04:05.678Z", id: "0190" };

beforeAll(() => cursorKey.set(deriveCursorKey("a secret of an installation, long enough")));

describe("a cursor", () => {
  it("gives back exactly the position it was made from, to the millisecond", () => {
    expect(decodeCursor(binding, encodeCursor(binding, place), position)).toEqual(place);
  });

  it("does not depend on the order in which filters were written or on absent ones", () => {
    const cursor = encodeCursor(binding, place);
    const filters = { status: "locked", role: undefined, search: "ann" };
    expect(decodeCursor({ ...binding, filters }, cursor, position)).toEqual(place);
  });

  it.each<[string, CursorBinding]>([
    ["another operation", { ...binding, name: "listSessions" }],
    ["another tenant", { ...binding, scope: { kind: "tenant", tenantId: "t2" } }],
    ["the platform", { ...binding, scope: { kind: "platform" } }],
    ["another filter", { ...binding, filters: { search: "bob", status: "locked" } }],
    ["no filters", { ...binding, filters: {} }],
    ["another order", { ...binding, sort: "createdAt" }],
  ])("of one list is refused by %s", (_name, other) => {
    const cursor = encodeCursor(binding, place);
    expect(() => decodeCursor(other, cursor, position)).toThrow(
      expect.objectContaining({ code: "INVALID_INPUT", errors: [expect.objectContaining({ path: "cursor" })] }),
    );
  });

  it("altered in any one character is refused", () => {
    const cursor = encodeCursor(binding, place);
    for (let index = 0; index < cursor.length - 1; index += 1) {
      const altered = `${cursor.slice(0, index)}${cursor[index] === "A" ? "B" : "A"}${cursor.slice(index + 1)}`;
      expect(() => decodeCursor(binding, altered, position)).toThrow(
        expect.objectContaining({ code: "INVALID_INPUT" }),
      );
    }
  });

  it.each(["", "x", "AAAA", "%00", "ÿ".repeat(40), "A".repeat(2000)])("that is junk (%j) is refused", (junk) => {
    expect(() => decodeCursor(binding, junk, position)).toThrow(expect.objectContaining({ code: "INVALID_INPUT" }));
  });

  it("signed with another installation's secret is refused", () => {
    const cursor = encodeCursor(binding, place);
    cursorKey.set(deriveCursorKey("another secret"));
    expect(() => decodeCursor(binding, cursor, position)).toThrow(expect.objectContaining({ code: "INVALID_INPUT" }));
    cursorKey.set(deriveCursorKey("a secret of an installation, long enough"));
  });
});
