import { AppError, isAppError, notFound } from "@/lib/errors/app-error";

/**
 * Translates what Prisma and Postgres throw into the codes of the contract; anything else passes through unchanged.
 * Read by name and code, never by `instanceof`: Next bundles its own copy of the client's classes.
 */
export function toAppError(error: unknown): unknown {
  if (isAppError(error)) return error;
  const codes = errorCodes(error);
  if (codes.some((code) => absentCodes.has(code))) return notFound("thing");
  if (codes.some((code) => conflictCodes.has(code))) {
    return new AppError(
      "CONFLICT",
      "This clashes with something that already exists or has just changed. Reload and try again.",
      {
        cause: error,
      },
    );
  }
  if (codes.includes("GH004")) {
    return new AppError(
      "CONFLICT",
      "This would take the last owner of a tenant or of the platform. Make somebody else an owner first.",
      {
        cause: error,
      },
    );
  }
  if (codes.some(isUnavailable) || isLostConnection(error)) {
    return new AppError("UNAVAILABLE", "The database cannot be reached. Try again in a few seconds.", {
      cause: error,
      retryAfterSeconds: 5,
    });
  }
  return error;
}

// An id that is no UUID names nothing: 22P02 is Postgres' refusal to read it, P2023 Prisma's, P2025 its "no such row".
const absentCodes = new Set(["22P02", "P2023", "P2025"]);
// Unique and foreign key violations, serialization failures and deadlocks.
const conflictCodes = new Set(["P2002", "P2003", "P2034", "23505", "23503", "40001", "40P01"]);
// Connection refused or lost, pool or statement timeout, too many connections.
const unavailableCodes = new Set([
  "P1001",
  "P1002",
  "P1008",
  "P1017",
  "P2024",
  "P2028",
  "57014",
  "53300",
  "25006",
  "ECONNREFUSED",
  "ECONNRESET",
  "ETIMEDOUT",
  "EPIPE",
  "ENOTFOUND",
]);

function isUnavailable(code: string): boolean {
  return unavailableCodes.has(code) || code.startsWith("08") || code.startsWith("57P");
}

// The driver gives these no code: a connection that went while it was used, or that could not be had in time.
function isLostConnection(error: unknown, depth = 0): boolean {
  if (typeof error !== "object" || error === null || depth > 5) return false;
  const message: unknown = Reflect.get(error, "message");
  if (typeof message === "string" && lostConnection.test(message)) return true;
  return isLostConnection(Reflect.get(error, "cause"), depth + 1);
}

const lostConnection =
  /^(?:Connection terminated|timeout exceeded when trying to connect|timeout expired|Client (?:has encountered a connection error|was closed) and is not queryable)/;

function errorCodes(error: unknown, depth = 0): string[] {
  if (typeof error !== "object" || error === null || depth > 5) return [];
  const found: string[] = [];
  for (const key of ["code", "originalCode", "kind"]) {
    const value: unknown = Reflect.get(error, key);
    if (typeof value === "string") found.push(value);
  }
  for (const key of ["cause", "meta", "driverAdapterError"]) {
    found.push(...errorCodes(Reflect.get(error, key), depth + 1));
  }
  return found;
}
