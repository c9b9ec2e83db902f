import { z } from "zod";

/** What stands after the question mark: several values where a field was repeated, which the strict schemas refuse. */
export type QueryFields = Record<string, string | string[] | undefined>;

/** The fields of a URL's query. */
export function toQueryFields(query: URLSearchParams): QueryFields {
  const fields: [string, string | string[]][] = [...new Set(query.keys())].map((name) => {
    const [first = "", ...more] = query.getAll(name);
    return [name, more.length > 0 ? [first, ...more] : first];
  });
  return Object.fromEntries(fields);
}

/**
 * Gives the fields of a query the types that the input schema declares: a URL has only text. Text that is no number
 * or boolean stays text, and the schema says what is wrong with it.
 */
export function coerceQuery(input: z.ZodType, fields: QueryFields): Record<string, unknown> {
  const types = fieldTypes(input);
  const present = Object.entries(fields).filter(([, value]) => value !== undefined);
  return Object.fromEntries(present.map(([name, value]) => [name, coerce(types.get(name), value)]));
}

function coerce(type: unknown, value: unknown): unknown {
  if (typeof value !== "string") return value;
  // Nine digits hold every bound we declare; longer ones are refused as text.
  if ((type === "integer" || type === "number") && /^-?\d{1,9}$/.test(value)) return Number(value);
  if (type === "boolean" && (value === "true" || value === "false")) return value === "true";
  return value;
}

const known = new WeakMap<z.ZodType, Map<string, unknown>>();

function fieldTypes(input: z.ZodType): Map<string, unknown> {
  const found = known.get(input) ?? readFieldTypes(input);
  known.set(input, found);
  return found;
}

function readFieldTypes(input: z.ZodType): Map<string, unknown> {
  const { properties = {} } = z.toJSONSchema(input, { io: "input", unrepresentable: "any" });
  return new Map(
    Object.entries(properties).map(([name, property]) => [
      name,
      typeof property === "object" ? property.type : undefined,
    ]),
  );
}
