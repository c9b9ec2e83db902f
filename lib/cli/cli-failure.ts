import { CommanderError } from "commander";
import { isConfigurationError } from "@/lib/config/configuration-error";
import { isAppError } from "@/lib/errors/app-error";

/** What the CLI says and answers when it cannot do what was asked. */
export type CliFailure = {
  /** 1: refused or failed; 2: bad usage. */
  exitCode: 1 | 2;
  /** One sentence and what to do; null where everything has been said. */
  message: string | null;
  /** For `--json`: a code of the contract, `USAGE` or `CONFIGURATION`. */
  code: string;
};

/** The command line does not say what to do in a way that can be done. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}

/** Turns whatever was thrown into what the caller of the CLI gets to see. */
export function toCliFailure(error: unknown): CliFailure {
  if (error instanceof CommanderError) return { exitCode: 2, message: null, code: "USAGE" };
  if (error instanceof UsageError) return { exitCode: 2, message: error.message, code: "USAGE" };
  if (isConfigurationError(error)) return { exitCode: 1, message: error.message, code: "CONFIGURATION" };
  // Migrations say what to do as well.
  if (error instanceof Error && error.name === "MigrationError") {
    return { exitCode: 1, message: error.message, code: "CONFIGURATION" };
  }
  if (isAppError(error)) {
    const fields = (error.errors ?? []).map(({ path, message }) => `\n  ${path || "input"}: ${message}`).join("");
    return { exitCode: error.code === "INVALID_INPUT" ? 2 : 1, message: error.message + fields, code: error.code };
  }
  const known = knownSystemFailure(error);
  const said = error instanceof Error ? error.message.split("\n")[0] : String(error);
  return {
    exitCode: 1,
    message: known ?? `It failed: ${said?.replace(/[.]$/, "")}. Run it again with --verbose for the details.`,
    code: "INTERNAL",
  };
}

function knownSystemFailure(error: unknown): string | null {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  if (code === "ECONNREFUSED" || code === "ENOTFOUND" || code === "ETIMEDOUT") {
    return "The database or Redis cannot be reached. `npm run gatehouse -- doctor` says which, and what to do.";
  }
  if (code === "55P03")
    return "Somebody else is holding the tables. Stop the server, or try again when it is less busy.";
  if (code === "53100" || code === "ENOSPC") return "The disk is full. Make room, then run it again.";
  return null;
}
