import type { JoinOption, Where } from "better-auth";

/** A row as it passes through Better Auth's adapter. */
export type Row = Record<string, unknown>;

/** Which rows. */
export type RowQuery = { model: string; where?: Where[]; select?: string[]; limit?: number; join?: JoinOption };

/**
 * Better Auth's adapter over plain rows. Its own type is generic in a row type that the caller names and nobody checks,
 * which a decorator cannot honour; every method below is the same method.
 */
export type RowAdapter = {
  create: (args: { model: string; data: Row; select?: string[]; forceAllowId?: boolean }) => Promise<Row>;
  findOne: (args: RowQuery & { where: Where[] }) => Promise<Row | null>;
  findMany: (args: RowQuery) => Promise<Row[]>;
  count: (args: RowQuery) => Promise<number>;
  update: (args: { model: string; where: Where[]; update: Row }) => Promise<Row | null>;
  updateMany: (args: { model: string; where: Where[]; update: Row }) => Promise<number>;
  delete: (args: { model: string; where: Where[] }) => Promise<void>;
  deleteMany: (args: { model: string; where: Where[] }) => Promise<number>;
  consumeOne: (args: { model: string; where: Where[] }) => Promise<Row | null>;
  incrementOne: (args: {
    model: string;
    where: Where[];
    increment: Record<string, number>;
    set?: Row;
  }) => Promise<Row | null>;
};

/** One row that a write made, changed or took away. */
export type RowChange =
  | { model: string; kind: "create"; before: null; after: Row }
  | { model: string; kind: "update"; before: Row; after: Row }
  | { model: string; kind: "delete"; before: Row; after: null };
