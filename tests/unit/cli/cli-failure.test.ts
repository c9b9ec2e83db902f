import { describe, expect, it } from "vitest";
import { toCliFailure, UsageError } from "@/lib/cli/cli-failure";
import { ConfigurationError } from "@/lib/config/configuration-error";
import { AppError } from "@/lib/errors/app-error";

describe("toCliFailure", () => {
  it("gives bad usage and bad input status 2, refusals and failures status 1", () => {
    expect(toCliFailure(new UsageError("Say what."))).toMatchObject({ exitCode: 2, code: "USAGE" });
    expect(toCliFailure(new AppError("INVALID_INPUT", "No."))).toMatchObject({ exitCode: 2, code: "INVALID_INPUT" });
    expect(toCliFailure(new AppError("NOT_FOUND", "No."))).toMatchObject({ exitCode: 1, code: "NOT_FOUND" });
    expect(toCliFailure(new Error("Broken."))).toMatchObject({ exitCode: 1, code: "INTERNAL" });
  });

  it("says what is wrong with which field", () => {
    const error = new AppError("INVALID_INPUT", "Some fields.", {
      errors: [{ path: "until", message: "In the past." }],
    });

    expect(toCliFailure(error).message).toBe("Some fields.\n  until: In the past.");
  });

  it("passes on how a configuration is mended", () => {
    const error = new ConfigurationError({ subject: "PORT", problem: "not a port", mend: "set it" });

    expect(toCliFailure(error)).toMatchObject({ exitCode: 1, message: "PORT: not a port\n  → set it" });
  });

  it("says in words which store is away, and shows no stack", () => {
    const refused = Object.assign(new Error("connect ECONNREFUSED"), { code: "ECONNREFUSED" });

    expect(toCliFailure(refused).message).toContain("cannot be reached");
    expect(toCliFailure(new Error("First line.\n    at somewhere")).message).not.toContain("at somewhere");
  });
});
