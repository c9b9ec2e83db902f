import type { Operation } from "@/lib/operations/define-operation";

/** What an entry point does: read by the tests that every route and action came from `lib/http`, and by OpenAPI. */
export type EntryPoint =
  | { kind: "route"; operation: Operation; status: number }
  | { kind: "server-action"; operation: Operation }
  | { kind: "document" | "method-not-allowed" | "not-found" };

const brand = Symbol.for("gatehouse.entry-point");

/** Marks a function as an entry point that `lib/http` made. */
export function brandEntryPoint<Handler extends (...input: never[]) => unknown>(
  entryPoint: EntryPoint,
  handler: Handler,
): Handler {
  return Object.assign(handler, { [brand]: entryPoint });
}

/** What an entry point does, or undefined for a function that `lib/http` did not make. */
export function readEntryPoint(value: unknown): EntryPoint | undefined {
  return isBranded(value) ? value[brand] : undefined;
}

function isBranded(value: unknown): value is { [brand]: EntryPoint } {
  return typeof value === "function" && brand in value;
}
