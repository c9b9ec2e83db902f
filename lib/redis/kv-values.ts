/** Sends one command; `read` turns the server's answer into the caller's, by default `fromAnswer`. */
export type KvRun = <TAnswer>(words: readonly unknown[], read?: (answer: unknown) => unknown) => Promise<TAnswer>;

/** A value as Redis stores it: texts and numbers as they are, everything else as JSON. Throws for `undefined`. */
export function toArgument(value: unknown): string {
  if (typeof value === "string") return value;
  const text = JSON.stringify(value);
  if (text === undefined) throw new TypeError("A value that JSON cannot express (undefined, a function) was given.");
  return text;
}

/**
 * An answer as it was stored: what is JSON is parsed, what is not stays text, inside lists as well. A number that would
 * read otherwise when written again (an integer beyond 2^53, `1e3`, `007`) stays text.
 */
export function fromAnswer(answer: unknown): unknown {
  if (Array.isArray(answer)) return answer.map(fromAnswer);
  if (typeof answer !== "string") return answer;
  const parsed = parseJson(answer);
  return typeof parsed === "number" && String(parsed) !== answer ? answer : parsed;
}

/** An answer of a scan: the cursor stays text, whatever it looks like. */
export function fromScan(answer: unknown): unknown {
  const [cursor, items] = Array.isArray(answer) ? answer : ["0", []];
  return [String(cursor), fromAnswer(items)];
}

/** All fields of a hash, or null where there is no hash. Numbers are read only where they are whole and exact. */
export function fromHash(answer: unknown): Record<string, unknown> | null {
  const fields = toFields(answer).map(([name, value]) => {
    const isOtherNumber = !Number.isNaN(Number(value)) && !Number.isSafeInteger(Number(value));
    return [name, isOtherNumber ? value : parseJson(value)] as const;
  });
  return fields.length === 0 ? null : Object.fromEntries(fields);
}

/** The named fields of a hash, absent ones null; null where none of them exists. */
export function fromNamedFields(names: readonly string[]): (answer: unknown) => Record<string, unknown> | null {
  return (answer) => {
    const values = Array.isArray(answer) ? answer : [];
    if (values.every((value) => value === null)) return null;
    return Object.fromEntries(names.map((name, index) => [name, fromAnswer(values[index] ?? null)]));
  };
}

// The client gives a hash as an object, or within a script's or transaction's answer as names and values in turn.
function toFields(answer: unknown): [name: string, value: string][] {
  if (!Array.isArray(answer)) return Object.entries(Object(answer));
  return Array.from({ length: answer.length / 2 }, (_, index) => [
    String(answer[2 * index]),
    String(answer[2 * index + 1]),
  ]);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
