import type { TestProject } from "vitest/node";
import { shareTestStores } from "./shared-test-stores";
import type { TestStores } from "./test-stores";

declare module "vitest" {
  // biome-ignore lint/style/useConsistentTypeDefinitions: only an interface can be added to.
  export interface ProvidedContext {
    testStores: TestStores;
  }
}

/** Starts the run's Postgres and Redis before the first project, and stops them after the last. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const { stores, release } = await shareTestStores();
  project.provide("testStores", stores);
  return release;
}
