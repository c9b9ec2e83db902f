import { AsyncLocalStorage } from "node:async_hooks";
import type { DBTransactionAdapter } from "better-auth";
import type { Prisma, PrismaClient } from "@/prisma/generated/client";

/** The transaction that the current call runs in. */
export type ObservedTransaction = {
  tx: Prisma.TransactionClient;
  /** Better Auth's adapter on this transaction, once it is decorated. */
  adapter: DBTransactionAdapter | null;
  /** Runs in order after the commit. */
  afterCommit: (() => Promise<void>)[];
  /** False once it has ended: work that outlives it must not believe itself inside. */
  open: boolean;
};

const storage = new AsyncLocalStorage<ObservedTransaction>();

/** The open transaction of the current call, if it is in one. */
export function currentTransaction(): ObservedTransaction | undefined {
  const transaction = storage.getStore();
  return transaction?.open ? transaction : undefined;
}

/**
 * The same client, whose interactive transactions can be reached by whatever they call. Better Auth's Prisma adapter
 * opens transactions and keeps them to itself; this is the one way to write beside it in the same one.
 */
export function observeTransactions(prisma: PrismaClient): PrismaClient {
  const $transaction = async (work: (tx: Prisma.TransactionClient) => Promise<unknown>) => {
    const afterCommit: ObservedTransaction["afterCommit"] = [];
    const result = await prisma.$transaction(async (tx) => {
      const transaction = { tx, adapter: null, afterCommit, open: true };
      try {
        return await storage.run(transaction, () => work(tx));
      } finally {
        transaction.open = false;
      }
    });
    for (const step of afterCommit) await step();
    return result;
  };
  return new Proxy(prisma, {
    get: (target, key) => (key === "$transaction" ? $transaction : Reflect.get(target, key)),
  });
}
