import { clientAddressWatch } from "@/lib/client-addresses/client-address-watch";
import { readEnv } from "@/lib/config/env";
import { runMigrations } from "@/lib/db/migrate";
import { acquireStores } from "@/lib/embedded/embedded-stores";
import { countryDatabase, openCountryDatabase } from "@/lib/geo/country-database";
import { startWorker } from "@/lib/jobs/worker";
import { logger } from "@/lib/observability/logger";
import { createRuntime } from "./create-runtime";
import { createFastLane } from "./fast-lane";
import { createHttpServer } from "./http-server";
import { listen } from "./listen";
import { createNextHandler } from "./next-handler";
import { preparePlatform } from "./prepare-platform";
import { closeInOrder, drain } from "./shutdown";

type StartOptions = {
  /** With Next's hot reload. */
  dev: boolean;
  /** Fills an empty installation with the demo. */
  demo: boolean;
  /** Prints a line for whoever started the server. */
  say: (line: string) => void;
};

/** A serving process. */
export type RunningServer = {
  address: string;
  /** Drains, hands jobs back, closes and releases everything; may be called again. */
  stop: () => Promise<void>;
};

/**
 * Starts everything in order: stores, migrations, runtime, first owner, HTTP, jobs; prints the address. What had
 * started is given back when a later step fails. Throws ConfigurationError or MigrationError with what to do.
 */
export async function startServer({ dev, demo, say }: StartOptions): Promise<RunningServer> {
  const closers: (() => Promise<void>)[] = [];
  let stopping: Promise<void> | undefined;
  const stop = () => {
    stopping ??= closeInOrder(closers);
    return stopping;
  };
  try {
    const env = readEnv();
    if (env.geoipDatabase) closers.unshift(await startCountryDatabase(env.geoipDatabase));
    const stores = await acquireStores({ dataDir: env.dataDir, env, onProgress: say });
    closers.unshift(stores.release);
    const { databaseUrl, migrateUrl, redisUrl, appPassword } = stores;
    await runMigrations({ migrateUrl, runtimeUrl: databaseUrl, appPassword, onProgress: say });
    const runtime = await createRuntime({ ...env, databaseUrl, redisUrl });
    closers.unshift(runtime.close);
    const greetings = await preparePlatform({ env, demo, databaseUrl, migrateUrl });
    // Before the first request: the time for which nothing was collected must not count as idleness. And before Next is
    // loaded, which occupies the process for longer than either pool waits for a connection.
    await runtime.startLastSeen();
    runtime.startClientAddressWatch();
    runtime.startInstanceBeat();
    const worker = env.worker ? await startWorker(databaseUrl) : undefined;
    closers.unshift(async () => worker?.stop());
    let draining = false;
    const next = await createNextHandler({ dev, env });
    closers.unshift(next.close);
    const server = createHttpServer({
      gatehouseUrl: env.gatehouseUrl,
      trustedProxies: env.trustedProxies,
      tallies: clientAddressWatch.get().tallies,
      handlers: [createFastLane({ metricsToken: env.metricsToken, isDraining: () => draining }), next.handle],
    });
    if (dev) server.on("upgrade", next.upgrade);
    closers.unshift(async () => {
      draining = true;
      await drain(server);
    });
    await listen(server, env);
    say(`Gatehouse is ready at ${env.gatehouseUrl}`);
    for (const line of greetings) say(line);
    return { address: env.gatehouseUrl, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function startCountryDatabase(path: string): Promise<() => Promise<void>> {
  const onError = (error: unknown) => logger.get().warn({ err: error }, "the country database cannot be read again");
  const database = await openCountryDatabase({ path, onError });
  countryDatabase.set(database);
  return async () => database.close();
}
