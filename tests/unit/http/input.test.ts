import { describe, expect, it } from "vitest";
import { z } from "zod";
import { assertStorableText } from "@/lib/http/assert-storable-text";
import { coerceQuery, toQueryFields } from "@/lib/http/query-input";
import { limitInput, lineInput, timeInput } from "@/lib/operations/list-input";

const schema = z.strictObject({ limit: limitInput, verified: z.boolean().optional(), search: z.string().optional() });
const read = (query: string) => schema.safeParse(coerceQuery(schema, toQueryFields(new URLSearchParams(query))));

describe("the fields of a query", () => {
  it("get the types that the input declares", () => {
    expect(read("limit=5&verified=false&search=12").data).toEqual({ limit: 5, verified: false, search: "12" });
  });

  it.each([
    "limit=0",
    "limit=101",
    "limit=1e2",
    "limit=5.5",
    "limit=",
    "limit=0x5",
    "limit=99999999999999999999",
    "limit=%205",
    "verified=1",
    "verified=TRUE",
    "verified=",
    "search=a&search=b",
    "limit=5&limit=5",
    "unknown=1",
    "__proto__=1",
  ])("are refused where they do not fit: %s", (query) => {
    expect(read(query).success).toBe(false);
  });
});

describe("assertStorableText", () => {
  it.each([
    ["a NUL in a value", { a: { b: ["x", "\0"] } }, "a.b.1"],
    ["a lone surrogate", { a: "\ud800" }, "a"],
    ["a lone surrogate at the end", { a: "x\udc00" }, "a"],
    ["a NUL in a name", { "a\0": 1 }, ""],
  ])("refuses %s and names the place", (_name, value, path) => {
    expect(() => assertStorableText(value)).toThrow(
      expect.objectContaining({ code: "INVALID_INPUT", errors: [expect.objectContaining({ path })] }),
    );
  });

  it("accepts text of any script, and emoji", () => {
    expect(() => assertStorableText({ a: "Ελένη", b: "田中", c: "👩‍💻", d: "مرحبا" })).not.toThrow();
  });

  it("refuses nesting that would exhaust the stack", () => {
    const deep = JSON.parse(`${"[".repeat(20_000)}${"]".repeat(20_000)}`);
    expect(() => assertStorableText({ deep })).toThrow(expect.objectContaining({ code: "INVALID_INPUT" }));
  });
});

describe("times", () => {
  it("come with a zone and go on in UTC with milliseconds", () => {
    expect(timeInput.parse("2026-03-01T12:00:00+02:00")).toBe("2026-03-01T10:00:00.000Z");
  });

  it.each([
    "2026-03-01",
    "2026-03-01T12:00:00",
    "2026-02-30T00:00:00Z",
    "0000-01-01T00:00:00Z",
    "9999-12-31T23:59:59-23:59",
    "+275760-09-13T00:00:00Z",
    "yesterday",
    "",
  ])("that no column holds are refused: %j", (text) => {
    expect(timeInput.safeParse(text).success).toBe(false);
  });
});

describe("a line of text", () => {
  it("is trimmed and composed", () => {
    expect(lineInput(10).parse("  Zoe\u0308 ")).toBe("Zoë");
  });

  it.each(["", "   ", "a\nb", "a\u0000b", "a\u001bb", "x".repeat(11)])("refuses %j", (text) => {
    expect(lineInput(10).safeParse(text).success).toBe(false);
  });
});
