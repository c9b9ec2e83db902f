import { describe, expect, it } from "vitest";
import { emailInput, updateUserInput } from "@/lib/users/schemas";

describe("an address", () => {
  it.each([
    ["  Ada@Example.COM ", "ada@example.com"],
    ["ａｄａ＠example.com", "ada@example.com"],
    ["\u212Aelvin@example.com", "kelvin@example.com"],
    ["ada+tag@sub.example.co", "ada+tag@sub.example.co"],
    ["o'brien@example.com", "o'brien@example.com"],
    ["Jorg@Müller.DE", "jorg@xn--mller-kva.de"],
    ["jorg@mu\u0308ller.de", "jorg@xn--mller-kva.de"],
    ["jorg@xn--mller-kva.de", "jorg@xn--mller-kva.de"],
    ["ada@例え。jp", "ada@xn--r8jz45g.jp"],
    ["ada@ｅｘａｍｐｌｅ．com", "ada@example.com"],
    ["admin@ex\u0430mple.com", "admin@xn--exmple-4nf.com"],
  ])("%j is stored as %j", (text, stored) => {
    expect(emailInput.parse(text)).toBe(stored);
  });

  it.each([
    ["a Cyrillic letter", "\u0430dmin@example.com"],
    ["a Greek letter", "\u03bfwner@example.com"],
    ["a dotless i", "adm\u0131n@example.com"],
    ["an umlaut before the @", "jörg@müller.de"],
    ["an invisible character", "ad\u200bmin@example.com"],
    ["an invisible character in the domain", "admin@exam\u200bple.com"],
    ["a path behind the domain", "admin@müller.de/x"],
    ["a port", "admin@müller.de:25"],
    ["a blank in the domain", "admin@mül ler.de"],
    ["a direction mark", "\u202eadmin@example.com"],
    ["a mark above", "a\u0301dmin@example.com"],
    ["two addresses", "a@example.com,b@example.com"],
    ["a line break", "a@example.com\nbcc:b@example.com"],
    ["no domain", "admin@"],
    ["no dot in the domain", "admin@localhost"],
    ["nothing", ""],
    ["an international top-level domain", "ada@пример.рф"],
    ["an endless text", `${"a".repeat(400)}@example.com`],
  ])("with %s is refused (homoglyphs, header injection)", (_name, text) => {
    expect(emailInput.safeParse(text).success).toBe(false);
  });
});

it("a change of nothing is refused", () => {
  expect(updateUserInput.safeParse({ userId: "u" }).success).toBe(false);
  expect(updateUserInput.safeParse({ userId: "u", name: undefined }).success).toBe(false);
});
