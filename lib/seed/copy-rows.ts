import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { Client } from "pg";
import { from as copyFrom } from "pg-copy-streams";

type CopyValue = string | number | boolean | Date | object | null;

/**
 * Loads rows by `COPY … FROM STDIN`, as fast as the server takes them and without holding them in memory. Field names
 * are the columns in camel case; every row has the fields of the first. Returns the number of rows.
 */
export async function copyRows<Row extends Record<string, CopyValue>>(
  client: Client,
  table: string,
  rows: Iterable<Row>,
): Promise<number> {
  const iterator = rows[Symbol.iterator]();
  const first = iterator.next();
  if (first.done) return 0;
  const fields = Object.keys(first.value);
  const columns = fields.map((field) => client.escapeIdentifier(toColumn(field))).join(", ");
  const target = client.query(copyFrom(`copy ${client.escapeIdentifier(table)} (${columns}) from stdin`));
  await pipeline(Readable.from(toBlocks(first.value, iterator, fields)), target);
  return target.rowCount;
}

/** Characters of a block: large enough that neither side waits for the other over trifles. */
const blockLength = 64 * 1024;

function* toBlocks<Row extends Record<string, CopyValue>>(
  first: Row,
  rest: Iterator<Row>,
  fields: string[],
): Generator<string> {
  let block = "";
  for (let row: IteratorResult<Row> = { done: false, value: first }; !row.done; row = rest.next()) {
    block += toLine(row.value, fields);
    if (block.length < blockLength) continue;
    yield block;
    block = "";
  }
  if (block) yield block;
}

function toLine(row: Record<string, CopyValue>, fields: string[]): string {
  let line = "";
  let separator = "";
  for (const field of fields) {
    line += separator + toText(row[field] ?? null);
    separator = "\t";
  }
  return `${line}\n`;
}

const needsEscape = /[\\\n\r\t]/;
const escapes: Record<string, string> = { "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t" };

// The text format of COPY (PostgreSQL manual, COPY, "Text Format").
function toText(value: CopyValue): string {
  if (value === null) return "\\N";
  if (typeof value === "number" || typeof value === "boolean") return String(value);
  if (value instanceof Date) return value.toISOString();
  const text = typeof value === "string" ? value : JSON.stringify(value);
  return needsEscape.test(text) ? text.replaceAll(/[\\\n\r\t]/g, (character) => escapes[character] ?? character) : text;
}

function toColumn(field: string): string {
  return field.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
