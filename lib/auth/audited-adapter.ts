import type { BetterAuthOptions, DBAdapter, DBTransactionAdapter } from "better-auth";
import { prismaAdapter } from "better-auth/adapters/prisma";
import type { PrismaClient } from "@/prisma/generated/client";
import { noteFailure } from "./auth-request-state";
import { currentTransaction, observeTransactions } from "./observed-transactions";
import { type RowWrites, recordedWrites } from "./recorded-writes";
import type { RowAdapter } from "./row-adapter";
import type { RowLayer } from "./row-layer";

/**
 * Better Auth's Prisma adapter, decorated in place (its schema check remembers the instance): every write opens or
 * joins a transaction, in which `layer` shapes the rows and records what changed. Nothing is written that is not
 * recorded, and nothing is recorded that is rolled back.
 */
export function auditedAdapter(prisma: PrismaClient, layer: RowLayer): (options: BetterAuthOptions) => DBAdapter {
  const makeAdapter = prismaAdapter(observeTransactions(prisma), { provider: "postgresql", transaction: true });
  return (options) => {
    const adapter = makeAdapter(options);
    const { transaction } = adapter;
    const inTransaction: DBAdapter["transaction"] = async (work) => {
      const active = currentTransaction();
      if (active?.adapter) return work(active.adapter);
      return transaction((plain) => work(decorate(plain, layer)));
    };
    Object.assign(adapter, reads(adapter, layer), writes(inTransaction), { transaction: inTransaction });
    return adapter;
  };
}

function decorate(plain: DBTransactionAdapter, layer: RowLayer): DBTransactionAdapter {
  const active = currentTransaction();
  if (!active) throw new Error("Better Auth's adapter opened a transaction that is not observed.");
  const rows = asRowAdapter({ ...plain });
  active.adapter = Object.assign(plain, reads(plain, layer), recordedWrites(rows, layer, active));
  return plain;
}

function reads(adapter: DBTransactionAdapter, layer: RowLayer): Pick<RowAdapter, "findOne" | "findMany" | "count"> {
  const rows = asRowAdapter({ ...adapter });
  return {
    findOne: noting(async (args) => {
      const row = await rows.findOne(layer.toQuery(args));
      return row && layer.toCaller(args.model, row, args.where);
    }),
    findMany: noting(async (args) => {
      const found = await rows.findMany(layer.toQuery(args));
      return found.map((row) => layer.toList(args.model, row));
    }),
    count: noting((args) => rows.count(layer.toQuery(args))),
  };
}

function writes(inTransaction: DBAdapter["transaction"]): RowWrites {
  const run = <Result>(work: (rows: RowAdapter) => Promise<Result>) =>
    inTransaction((adapter) => work(asRowAdapter(adapter)));
  return {
    create: noting((args) => run((rows) => rows.create(args))),
    update: noting((args) => run((rows) => rows.update(args))),
    updateMany: noting((args) => run((rows) => rows.updateMany(args))),
    delete: noting((args) => run((rows) => rows.delete(args))),
    deleteMany: noting((args) => run((rows) => rows.deleteMany(args))),
    consumeOne: noting((args) => run((rows) => rows.consumeOne(args))),
    incrementOne: noting((args) => run((rows) => rows.incrementOne(args))),
  };
}

// Better Auth swallows some failures of its store (a sign-out's, for one); the request remembers them.
function noting<Args, Result>(method: (args: Args) => Promise<Result>): (args: Args) => Promise<Result> {
  return async (args) => {
    try {
      return await method(args);
    } catch (error) {
      throw noteFailure(error);
    }
  };
}

// The same methods without their unchecked type parameter; see RowAdapter.
function asRowAdapter(adapter: DBTransactionAdapter): RowAdapter {
  return adapter as unknown as RowAdapter;
}
