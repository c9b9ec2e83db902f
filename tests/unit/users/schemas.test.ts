import { describe, expect, it } from "vitest";
import { emailInput, updateUserInput } from "@/lib/users/schemas";

describe("an address", () => {
  it.each([
    ["  Ada@Example.COM ", "ada@example.com"],
    ["ａｄａ＠example.com", "ada@example.com"],
    ["\u212Aelvin@example.com", "kelvin@example.com"],
    ["ada+tag@sub.example.co", "ada+tag@sub.example.co"],
    ["o'brien@example.com", "o'brien@example.com"],
  ])("%j is stored as %j", (text, stored) => {
    expect(emailInput.parse(text)).toBe(stored);
  });

  it.each([
    ["a Cyrillic letter", "\u0430dmin@example.com"],
    ["a Greek letter", "\u03bfwner@example.com"],
    ["a dotless i", "adm\u0131n@example.com"],
    ["an invisible character", "ad\u200bmin@example.com"],
    ["a direction mark", "\u202eadmin@example.com"],
    ["a mark above", "a\u0301dmin@example.com"],
    ["two addresses", "a@example.com,b@example.com"],
    ["a line break", "a@example.com\nbcc:b@example.com"],
    ["no domain", "admin@"],
    ["no dot in the domain", "admin@localhost"],
    ["nothing", ""],
    ["an endless text", `${"a".repeat(400)}@example.com`],
  ])("with %s is refused (homoglyphs, header injection)", (_name, text) => {
    expect(emailInput.safeParse(text).success).toBe(false);
  });
});

it("a change of nothing is refused", () => {
  expect(updateUserInput.safeParse({ userId: "u" }).success).toBe(false);
  expect(updateUserInput.safeParse({ userId: "u", name: undefined }).success).toBe(false);
});
