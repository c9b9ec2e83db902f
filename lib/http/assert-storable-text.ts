import { AppError } from "@/lib/errors/app-error";

/** Levels of objects and lists in an input. */
const depthMax = 16;

/**
 * Refuses what no column could hold: NUL characters and lone surrogates, in values and in names, and nesting beyond
 * 16 levels. Postgres would answer them with an error of its own. Throws `INVALID_INPUT` with the path.
 */
export function assertStorableText(value: unknown, path: readonly string[] = []): void {
  if (typeof value === "string") assertText(value, path);
  if (typeof value !== "object" || value === null) return;
  if (path.length >= depthMax) throw refuse(path.slice(0, 1), `Nested deeper than ${depthMax} levels.`);
  for (const [key, member] of Object.entries(value)) {
    assertText(key, path);
    assertStorableText(member, [...path, key]);
  }
}

function assertText(text: string, path: readonly string[]): void {
  if (text.includes("\0")) throw refuse(path, "NUL characters are not accepted.");
  if (/\p{Surrogate}/u.test(text)) throw refuse(path, "Not well-formed Unicode.");
}

function refuse(path: readonly string[], message: string): AppError {
  return new AppError("INVALID_INPUT", "Some fields are not acceptable. Correct them and try again.", {
    errors: [{ path: path.join("."), message }],
  });
}
