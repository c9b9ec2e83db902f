import type { Where } from "better-auth";
import type { ObservedTransaction } from "./observed-transactions";
import type { Row, RowChange, RowQuery } from "./row-adapter";

/** What stands between Better Auth's rows and the tables. */
export type RowLayer = {
  /** The query as the tables understand it. */
  toQuery: <Query extends RowQuery>(query: Query) => Query;
  /** A single row as its caller may have it; `where` is as the caller wrote it. */
  toCaller: (model: string, row: Row, where: Where[]) => Row;
  /** A row of a list as its caller may have it. */
  toList: (model: string, row: Row) => Row;
  /** The columns of a new row. */
  toInsert: (transaction: ObservedTransaction, model: string, data: Row) => Promise<Row>;
  /** The columns of a change. */
  toUpdate: (model: string, update: Row) => Row;
  /** Before rows go. */
  deleting: (transaction: ObservedTransaction, model: string, rows: Row[]) => Promise<void>;
  /** After rows were written, in the same transaction. Throwing rolls all of it back. */
  written: (transaction: ObservedTransaction, changes: RowChange[]) => Promise<void>;
  /** What a failed write is to its caller. */
  toRefusal: (model: string, error: unknown) => unknown;
};
