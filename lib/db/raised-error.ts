/** An error that a function or trigger of ours raised: its SQLSTATE (GH…) and the sentence that it said. */
export type RaisedError = { code: string; message: string };

/** The error of our own making behind what a driver or Prisma threw; null for any other. */
export function raisedError(error: unknown, depth = 0): RaisedError | null {
  if (typeof error !== "object" || error === null || depth > 5) return null;
  const code = textOf(error, "originalCode") ?? textOf(error, "code");
  if (code !== undefined && /^GH\d{3}$/.test(code)) {
    return { code, message: textOf(error, "originalMessage") ?? textOf(error, "message") ?? "" };
  }
  for (const key of ["cause", "meta", "driverAdapterError"]) {
    const found = raisedError(Reflect.get(error, key), depth + 1);
    if (found) return found;
  }
  return null;
}

function textOf(error: object, key: string): string | undefined {
  const value: unknown = Reflect.get(error, key);
  return typeof value === "string" ? value : undefined;
}
