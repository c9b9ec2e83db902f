import { describe, expect, it } from "vitest";
import { readPassword } from "@/lib/cli/read-password";

async function* inputOf(...parts: (string | Buffer)[]) {
  yield* parts;
}

describe("readPassword", () => {
  it("joins what comes in pieces, also within a letter, and drops the line break only", async () => {
    const bytes = Buffer.from(" pässword \r\n");

    expect(await readPassword(inputOf(bytes.subarray(0, 3), bytes.subarray(3)))).toBe(" pässword ");
  });

  it.each([
    ["nothing", [""]],
    ["an empty line", ["\n"]],
    ["two lines", ["one\ntwo\n"]],
    ["too much", ["x".repeat(600)]],
  ])("refuses %s", async (_name, parts) => {
    await expect(readPassword(inputOf(...parts))).rejects.toThrow(/password|Standard input/i);
  });
});
