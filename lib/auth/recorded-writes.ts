import type { Where } from "better-auth";
import type { ObservedTransaction } from "./observed-transactions";
import type { Row, RowAdapter, RowChange } from "./row-adapter";
import type { RowLayer } from "./row-layer";

/** The writing half of an adapter. */
export type RowWrites = Omit<RowAdapter, "findOne" | "findMany" | "count">;

/** Rows that one write may touch: each of them becomes an audit event with its before and after. */
const rowsPerWriteMax = 10_000;

/** Writes of an adapter in a transaction, each followed by `layer.written` with what it changed. */
export function recordedWrites(adapter: RowAdapter, layer: RowLayer, transaction: ObservedTransaction): RowWrites {
  const tools = { adapter, layer, transaction };
  return {
    create: (args) => create(tools, args),
    update: (args) =>
      update(tools, layer.toQuery(args)).then((row) => row && layer.toCaller(args.model, row, args.where)),
    updateMany: (args) => updateMany(tools, layer.toQuery(args)),
    delete: async (args) => {
      await remove(tools, layer.toQuery(args), (query) => adapter.delete(query));
    },
    deleteMany: (args) => remove(tools, layer.toQuery(args), (query) => adapter.deleteMany(query)),
    consumeOne: (args) =>
      consumeOne(tools, layer.toQuery(args)).then((row) => row && layer.toCaller(args.model, row, args.where)),
    incrementOne: (args) =>
      incrementOne(tools, layer.toQuery(args)).then((row) => row && layer.toCaller(args.model, row, args.where)),
  };
}

type Tools = { adapter: RowAdapter; layer: RowLayer; transaction: ObservedTransaction };
type Query = { model: string; where: Where[] };

async function create({ adapter, layer, transaction }: Tools, args: Parameters<RowAdapter["create"]>[0]): Promise<Row> {
  const { model, data, select, ...rest } = args;
  const row = await insert();
  await layer.written(transaction, [{ model, kind: "create", before: null, after: row }]);
  const token = data.token;
  const seen = layer.toCaller(model, row, typeof token === "string" ? [{ field: "token", value: token }] : []);
  return select ? Object.fromEntries(select.map((field) => [field, seen[field]])) : seen;

  async function insert(): Promise<Row> {
    try {
      return await adapter.create({ ...rest, model, data: await layer.toInsert(transaction, model, data) });
    } catch (error) {
      throw layer.toRefusal(model, error);
    }
  }
}

async function update({ adapter, layer, transaction }: Tools, args: Query & { update: Row }): Promise<Row | null> {
  const before = await adapter.findOne({ model: args.model, where: args.where });
  if (!before) return null;
  const after = await adapter.update({
    ...args,
    where: atId(args.where, before),
    update: layer.toUpdate(args.model, args.update),
  });
  if (after) await layer.written(transaction, [{ model: args.model, kind: "update", before, after }]);
  return after;
}

async function updateMany({ adapter, layer, transaction }: Tools, args: Query & { update: Row }): Promise<number> {
  const before = await affected(adapter, args);
  if (before.length === 0) return 0;
  const count = await adapter.updateMany({ ...args, update: layer.toUpdate(args.model, args.update) });
  const after = await affected(adapter, {
    model: args.model,
    where: [{ field: "id", operator: "in", value: before.map(idOf) }],
  });
  const byId = new Map(after.map((row) => [idOf(row), row]));
  const changes = before.flatMap((row): RowChange[] => {
    const now = byId.get(idOf(row));
    return now ? [{ model: args.model, kind: "update", before: row, after: now }] : [];
  });
  await layer.written(transaction, changes);
  return count;
}

async function remove<Result>(tools: Tools, query: Query, run: (query: Query) => Promise<Result>): Promise<Result> {
  const { adapter, layer, transaction } = tools;
  const rows = await affected(adapter, query);
  if (rows.length > 0) await layer.deleting(transaction, query.model, rows);
  const result = await run(query);
  await layer.written(
    transaction,
    rows.map((before) => ({ model: query.model, kind: "delete", before, after: null })),
  );
  return result;
}

async function consumeOne({ adapter, layer, transaction }: Tools, query: Query): Promise<Row | null> {
  const found = await adapter.findOne(query);
  if (!found) return null;
  await layer.deleting(transaction, query.model, [found]);
  const row = await adapter.consumeOne({ ...query, where: atId(query.where, found) });
  if (row) await layer.written(transaction, [{ model: query.model, kind: "delete", before: row, after: null }]);
  return row;
}

async function incrementOne(
  { adapter, layer, transaction }: Tools,
  args: Parameters<RowAdapter["incrementOne"]>[0],
): Promise<Row | null> {
  const before = await adapter.findOne({ model: args.model, where: args.where });
  if (!before) return null;
  const after = await adapter.incrementOne({ ...args, where: atId(args.where, before) });
  if (after) await layer.written(transaction, [{ model: args.model, kind: "update", before, after }]);
  return after;
}

async function affected(adapter: RowAdapter, query: Query): Promise<Row[]> {
  const rows = await adapter.findMany({ ...query, limit: rowsPerWriteMax + 1 });
  if (rows.length <= rowsPerWriteMax) return rows;
  throw new Error(`One write may touch at most ${rowsPerWriteMax} rows of "${query.model}".`);
}

// The row that was read is the row that is written: without this, a second match could be changed under the first's name.
function atId(where: Where[], row: Row): Where[] {
  return [...where, { field: "id", operator: "eq", connector: "AND", value: idOf(row) }];
}

function idOf(row: Row): string {
  return String(row.id);
}
