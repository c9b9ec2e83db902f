import { PrismaPg } from "@prisma/adapter-pg";
import { Pool } from "pg";
import { runtimePart } from "@/lib/config/runtime";
import { PrismaClient } from "@/prisma/generated/client";
import { ScopeClient } from "./begin-in-scope";
import { endLostConnections } from "./end-lost-connections";

/** The process's Prisma client, connected as the login role `gatehouse_app`. */
export const prismaClient = runtimePart<PrismaClient>("prisma");

type PrismaClientOptions = {
  databaseUrl: string;
  /** Connections of the pool. */
  poolMax: number;
  /** Milliseconds for which a dead server may hang anybody. */
  patienceMilliseconds: number;
  /** Told about connections that break or fall silent; without a listener a break while idle ends the process. */
  onConnectionError: (error: Error) => void;
};

/**
 * Makes a client. A live server may take 10 s for a statement, whatever the patience; a dead one is told from it within
 * the patience: most of it to wait for a connection or make one, all of it to begin a transaction, and all of it until
 * a connection whose server has fallen silent is ended.
 */
export function createPrismaClient(options: PrismaClientOptions): PrismaClient {
  const { databaseUrl, poolMax, patienceMilliseconds: patience, onConnectionError } = options;
  const pool = new Pool({
    connectionString: databaseUrl,
    max: poolMax,
    connectionTimeoutMillis: 0.9 * patience,
    idleTimeoutMillis: 30_000,
    statement_timeout: 10_000,
    Client: ScopeClient,
  });
  endLostConnections(pool, {
    databaseUrl,
    askEveryMilliseconds: 0.4 * patience,
    greetingMilliseconds: 0.5 * patience,
    onLost: onConnectionError,
  });
  const adapter = new PrismaPg(pool, {
    disposeExternalPool: true,
    onPoolError: onConnectionError,
    onConnectionError,
  });
  return new PrismaClient({ adapter, transactionOptions: { maxWait: 0.95 * patience, timeout: 10_000 } });
}
