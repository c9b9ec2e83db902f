import { startGatehouseServer } from "./gatehouse-server";
import { startTestStores } from "./test-stores";

/**
 * Starts Postgres, Redis and the built server that most journeys share. The suite's own machine is a trusted proxy, so
 * that each visitor can come from an address of their own and no journey runs into another's limits.
 */
// biome-ignore lint/style/noDefaultExport: Playwright takes the default export of a global set-up.
export default async function setup(): Promise<() => Promise<void>> {
  const { stores, stop } = await startTestStores();
  try {
    const server = await startGatehouseServer(stores, { env: { TRUSTED_PROXIES: "127.0.0.1/32,::1/128" } });
    process.env.GATEHOUSE_BROWSER_SUITE = JSON.stringify({ stores, server: server.address });
    return async () => {
      await server.stop();
      await stop();
    };
  } catch (error) {
    await stop();
    throw error;
  }
}
