import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { assertAcceptablePassword } from "@/lib/auth/password-policy";

const context = ["philippa.montgomery@example.com", "Philippa Montgomery"];
const judge = (password: string) => () => assertAcceptablePassword(password, { context, path: "password" });

describe("the password policy (ASVS V6.2)", () => {
  it.each([
    "quiet heron over grey water",
    "owner-password-123",
    "Correct Horse Battery Staple",
    "Xk9#mPq2vLr8",
    "Tr0ub4dor&3-and-more",
    "пароль-из-трёх-слов",
    "これは長いパスワードです！",
    "🦊🐢🦉🐝🦋🐙🦊🐢🦉🐝🦋🐙",
    "Gatehouse in the evening",
  ])("accepts %s", (password) => {
    expect(judge(password)).not.toThrow();
  });

  it.each([
    ["eleven char", "too short"],
    ["a".repeat(129), "too long"],
    ["aaaaaaaaaaaa", "one character"],
    ["abababababab", "a repetition"],
    ["123456789012", "counting"],
    ["qwertyuiop[]", "a row of keys"],
    ["1qaz2wsx3edc", "columns of keys"],
    ["password1234", "a common word"],
    ["P@ssw0rd-2026!", "a common word in disguise"],
    ["passwordpassword", "a common word twice"],
    ["Administrator1", "a common word"],
    ["Gatehouse-2026!", "the product"],
    ["philippa.montgomery", "the address"],
    ["Montgomery2026!", "the name"],
  ])("refuses %s: %s", (password) => {
    expect(judge(password)).toThrow(
      expect.objectContaining({ code: "INVALID_INPUT", errors: [expect.objectContaining({ path: "password" })] }),
    );
  });

  it("counts characters, not code units, after composing them", () => {
    expect(judge(`${"é".normalize("NFD").repeat(6)}abcdef`)).not.toThrow();
    expect(judge("é".normalize("NFD").repeat(11))).toThrow();
    expect(judge(`${"𝒳".repeat(3)}abcdefgh`)).toThrow();
  });

  it("judges any text without failing", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", maxLength: 140 }), (password) => {
        try {
          judge(password)();
        } catch (error) {
          expect(error).toMatchObject({ code: "INVALID_INPUT" });
        }
      }),
    );
  });
});
