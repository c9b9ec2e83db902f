import { beforeEach, describe, expect, it, vi } from "vitest";
import { runCli } from "@/lib/cli/run-cli";

describe("the command line before it touches anything", () => {
  const said = { stdout: "", stderr: "" };

  beforeEach(() => {
    for (const stream of ["stdout", "stderr"] as const) {
      said[stream] = "";
      vi.spyOn(process[stream], "write").mockImplementation((text) => {
        said[stream] += String(text);
        return true;
      });
    }
  });

  it.each([
    [["no-such-command"]],
    [["users"]],
    [["sessions", "revoke", "--user", "a@example.com"]],
    [["sessions", "revoke", "--reason", "nobody named"]],
    [["sessions", "revoke", "--user", "a@example.com", "--session", "x", "--reason", "both"]],
    [["sessions", "revoke", "--user", "a@example.com", "--reason", "x", "--force"]],
    [["users", "list", "--limit", "0"]],
    [["users", "list", "--limit", "101"]],
    [["users", "lock", "a@example.com"]],
    [["create-owner", "--email", "a@example.com"]],
    [["seed", "scale", "--users", "many"]],
    [["db", "url", "more"]],
  ])("answers the bad usage %j with status 2 and nothing on standard output", async (args) => {
    expect(await runCli(["node", "gatehouse", ...args])).toBe(2);
    expect(said.stdout).toBe("");
    expect(said.stderr).not.toBe("");
  });

  it.each([[["--help"]], [["sessions", "revoke", "--help"]], [["help", "users"]]])(
    "explains %j with status 0",
    async (args) => {
      expect(await runCli(["node", "gatehouse", ...args])).toBe(0);
      expect(said.stdout).toContain("Usage: gatehouse");
      expect(said.stdout).toContain("--json");
    },
  );
});
