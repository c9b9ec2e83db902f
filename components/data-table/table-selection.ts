/** The rows that a bulk act is about: those selected on this page. */
export type TableSelection<Row> = { rows: readonly Row[]; ids: readonly string[]; clear: () => void };
