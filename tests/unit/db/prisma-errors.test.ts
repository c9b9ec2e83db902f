import { describe, expect, it } from "vitest";
import { toAppError } from "@/lib/db/prisma-errors";
import { AppError, isAppError } from "@/lib/errors/app-error";

const driverError = (originalCode: string) => ({
  name: "DriverAdapterError",
  cause: { kind: "postgres", originalCode },
});

describe("toAppError", () => {
  it.each([
    ["an id that is no UUID", driverError("22P02"), "NOT_FOUND"],
    ["a row that is not there", { name: "PrismaClientKnownRequestError", code: "P2025" }, "NOT_FOUND"],
    [
      "a unique violation of raw SQL",
      { code: "P2010", meta: { driverAdapterError: driverError("23505") } },
      "CONFLICT",
    ],
    ["a unique violation of the client", { code: "P2002" }, "CONFLICT"],
    ["a deadlock", driverError("40P01"), "CONFLICT"],
    ["a refused connection", { code: "ECONNREFUSED" }, "UNAVAILABLE"],
    ["a server that shuts down", driverError("57P01"), "UNAVAILABLE"],
    ["a pool with no free connection", { code: "P2028" }, "UNAVAILABLE"],
    ["a connection that went under a query", new Error("Connection terminated unexpectedly"), "UNAVAILABLE"],
    ["a connection that was not made in time", new Error("timeout exceeded when trying to connect"), "UNAVAILABLE"],
  ])("turns %s into its code of the contract", (_what, thrown, code) => {
    const translated = toAppError(thrown);
    expect(isAppError(translated) && translated.code).toBe(code);
  });

  it("leaves a defect of our own as it is, so that it is answered and logged as one", () => {
    const defect = new TypeError("x is not a function");
    expect(toAppError(defect)).toBe(defect);
    expect(toAppError(undefined)).toBeUndefined();
  });

  it("passes on an error that already has a code", () => {
    const refused = new AppError("FORBIDDEN", "no");
    expect(toAppError(refused)).toBe(refused);
  });
});
