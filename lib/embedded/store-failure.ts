import { existsSync, readFileSync } from "node:fs";
import { ConfigurationError, isConfigurationError } from "@/lib/config/configuration-error";

const knownCauses: { pattern: RegExp; problem: string; mend: string }[] = [
  {
    pattern: /No space left on device|ENOSPC|EDQUOT|Disk quota exceeded/,
    problem: "the disk is full; what was committed is safe",
    mend: "free some space on the disk of the data directory (GATEHOUSE_DATA_DIR) and start again",
  },
  {
    pattern: /Permission denied|EACCES|EPERM|wrong ownership|EROFS|Read-only file system/,
    problem: "this user may not use the data directory",
    mend: "start as the user who owns it, change its owner, or set GATEHOUSE_DATA_DIR to a directory of yours",
  },
  {
    pattern:
      /could not (?:create|map|resize) (?:shared memory|anonymous shared memory)|Cannot allocate memory|out of memory/i,
    problem: "the system has not enough memory for it",
    mend: "free some memory (512 MB are enough), or set DATABASE_URL and REDIS_URL to servers elsewhere",
  },
];

/** A ConfigurationError that says what stopped a store from starting, told from its output, and what to do. */
export function storeFailure(subject: string, output: string, cause?: unknown): ConfigurationError {
  if (isConfigurationError(cause)) return cause;
  const known = knownCauses.find(({ pattern }) => pattern.test(output));
  const lastLines = output.trim().split("\n").slice(-8).join("\n    ");
  return new ConfigurationError({
    subject,
    problem: known ? `${known.problem} (${lastLine(output)})` : `it did not start:\n    ${lastLines}`,
    mend: known?.mend ?? "see the lines above; servers of yours may be named by DATABASE_URL and REDIS_URL instead",
    cause,
  });
}

function lastLine(output: string): string {
  return output.trim().split("\n").at(-1)?.trim() ?? "";
}

/** What a log file gained since it had `fromLength` bytes. */
export function logSince(path: string, fromLength: number): string {
  return existsSync(path) ? readFileSync(path).subarray(fromLength).toString("utf8") : "";
}
