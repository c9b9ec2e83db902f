import stringWidth from "string-width";

/** How a command speaks: results go to standard output, everything else to standard error. */
export type CliOutput = {
  /** Whether machine-readable output was asked for. */
  json: boolean;
  /** Prints the result: as one JSON document, or as the text made for people. */
  result: (value: unknown, toText: () => string) => void;
  /** Says something beside the result. */
  note: (text: string) => void;
  /** Shows how far long work has come, in place on a terminal; `null` ends the line. Nothing where nobody watches. */
  progress: (text: string | null) => void;
};

/** Speaks through the process's standard streams. */
export function createCliOutput({ json }: { json: boolean }): CliOutput {
  const watched = process.stderr.isTTY === true;
  return {
    json,
    result: (value, toText) => {
      process.stdout.write(`${json ? JSON.stringify(value) : toText()}\n`);
    },
    note: (text) => {
      process.stderr.write(`${text}\n`);
    },
    progress: (text) => {
      if (watched) process.stderr.write(text === null ? "\r\u001b[K" : `\r\u001b[K${text}`);
      else if (text !== null) process.stderr.write(`${text}\n`);
    },
  };
}

/** A column of a table: its heading and the text of its cells. */
export type TableColumn<Row> = { title: string; cell: (row: Row) => string | null };

/** An aligned table, also where names are written in wide letters; `empty` stands in for no rows at all. */
export function formatTable<Row>(columns: TableColumn<Row>[], rows: readonly Row[], empty: string): string {
  if (rows.length === 0) return empty;
  const cells = [
    columns.map(({ title }) => title.toUpperCase()),
    ...rows.map((row) => columns.map(({ cell }) => toCell(cell(row)))),
  ];
  const widths = columns.map((_, index) => Math.max(...cells.map((line) => stringWidth(line[index] ?? ""))));
  return cells
    .map((line) =>
      line
        .map((text, index) => pad(text, widths[index] ?? 0))
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}

/** A document of one thing: its heading, then a line for every field that says something. */
export function formatDocument(
  title: string,
  fields: readonly (readonly [label: string, value: string | null])[],
): string {
  const width = Math.max(...fields.map(([label]) => stringWidth(label)));
  const lines = fields
    .filter(([, value]) => value !== null)
    .map(([label, value]) => `  ${pad(label, width)}  ${toPlainText(value ?? "")}`);
  return [toPlainText(title), ...lines].join("\n");
}

/**
 * Text that is safe to print: names, addresses and user agents come from strangers, and a terminal obeys control
 * characters, so none is left.
 */
export function toPlainText(text: string): string {
  return text.replaceAll(/[\p{Cc}\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu, " ");
}

const cellWidthMax = 60;

function toCell(text: string | null): string {
  const plain = toPlainText(text ?? "–");
  if (stringWidth(plain) <= cellWidthMax) return plain;
  let short = "";
  for (const character of plain) {
    if (stringWidth(short + character) >= cellWidthMax) break;
    short += character;
  }
  return `${short}…`;
}

function pad(text: string, width: number): string {
  return text + " ".repeat(Math.max(0, width - stringWidth(text)));
}
