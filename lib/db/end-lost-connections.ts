import { Client, type Pool, type PoolClient } from "pg";
import { sqlState } from "./migration-error";

type LostConnectionOptions = {
  databaseUrl: string;
  /** Milliseconds for which a connection is in use until the pool asks whether the server is still there, and asks again. */
  askEveryMilliseconds: number;
  /** Milliseconds within which a live server greets a new connection. */
  greetingMilliseconds: number;
  onLost: (error: Error) => void;
};

/**
 * Ends the connections in use of a server that has fallen silent, so that whoever waits for an answer fails instead of
 * hanging. Silence alone proves nothing, since a slow statement is silent too, and may take its time: a new connection,
 * which only a dead server leaves ungreeted, tells the two apart.
 */
export function endLostConnections(pool: Pool, options: LostConnectionOptions): void {
  const timers = new Map<PoolClient, NodeJS.Timeout>();
  const isGreeted = shareWhileUnderWay(() => tryToConnect(options));
  pool.on("acquire", (client) => {
    const ask = async () => {
      const timer = timers.get(client);
      if ((await isGreeted()) || timers.get(client) !== timer) return;
      options.onLost(new Error("Postgres has fallen silent: a connection in use was ended."));
      await client.end();
    };
    timers.set(client, setInterval(ask, options.askEveryMilliseconds).unref());
  });
  pool.on("release", (_error, client) => {
    clearInterval(timers.get(client));
    timers.delete(client);
  });
}

async function tryToConnect({ databaseUrl, greetingMilliseconds }: LostConnectionOptions): Promise<boolean> {
  const probe = new Client({ connectionString: databaseUrl, connectionTimeoutMillis: greetingMilliseconds });
  probe.on("error", () => {});
  try {
    await probe.connect();
    return true;
  } catch (error) {
    // A refusal with a SQLSTATE, as "too many connections", is an answer as well.
    return sqlState(error).length === 5;
  } finally {
    void probe.end().catch(() => {});
  }
}

// Of many connections that wait at the same moment, one asks for all.
function shareWhileUnderWay<T>(ask: () => Promise<T>): () => Promise<T> {
  let underWay: Promise<T> | null = null;
  return () => {
    underWay ??= ask().finally(() => {
      underWay = null;
    });
    return underWay;
  };
}
