import type { TestProject } from "vitest/node";
import { type ServerAddress, startGatehouseServer } from "./gatehouse-server";
import { shareTestStores } from "./shared-test-stores";

declare module "vitest" {
  // biome-ignore lint/style/useConsistentTypeDefinitions: only an interface can be added to.
  export interface ProvidedContext {
    apiServer: ServerAddress;
  }
}

/** Starts the server that the HTTP suite talks to: `inject("apiServer")` is where it listens. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const { stores, release } = await shareTestStores();
  try {
    const server = await startGatehouseServer(stores);
    project.provide("apiServer", server.address);
    return async () => {
      await server.stop();
      await release();
    };
  } catch (error) {
    await release();
    throw error;
  }
}
