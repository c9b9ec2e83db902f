import { PrismaPg } from "@prisma/adapter-pg";
import { runtimePart } from "@/lib/config/runtime";
import { PrismaClient } from "@/prisma/generated/client";

/** The process's Prisma client, connected as the login role `gatehouse_app`. */
export const prismaClient = runtimePart<PrismaClient>("prisma");

type PrismaClientOptions = {
  databaseUrl: string;
  /** Connections of the pool. */
  poolMax: number;
  /** Told about connections that break while idle; without a listener such a break ends the process. */
  onConnectionError: (error: Error) => void;
};

/** Makes a client. Connecting takes at most 2 s, a statement at most 10 s, a wait for a free connection at most 5 s. */
export function createPrismaClient({ databaseUrl, poolMax, onConnectionError }: PrismaClientOptions): PrismaClient {
  const adapter = new PrismaPg(
    {
      connectionString: databaseUrl,
      max: poolMax,
      connectionTimeoutMillis: 2_000,
      idleTimeoutMillis: 30_000,
      statement_timeout: 10_000,
    },
    { onPoolError: onConnectionError, onConnectionError },
  );
  return new PrismaClient({ adapter, transactionOptions: { maxWait: 5_000, timeout: 10_000 } });
}
