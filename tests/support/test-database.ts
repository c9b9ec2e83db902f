import { inject } from "vitest";
import { type CopiedDatabase, createCopiedDatabase } from "./copied-database";

/** A migrated database and a Redis database of one test file. */
export type TestDatabase = CopiedDatabase;

/** Makes a migrated database and a Redis database for one test file, on the servers of the global set-up. */
export function createTestDatabase(): Promise<TestDatabase> {
  return createCopiedDatabase(inject("testStores"));
}
