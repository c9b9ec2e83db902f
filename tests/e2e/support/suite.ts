import type { ServerAddress } from "../../support/gatehouse-server";
import type { TestStores } from "../../support/test-stores";

/** What the global set-up started: the stores, and the server that journeys share unless they break it. */
export type Suite = { stores: TestStores; server: ServerAddress };

/** Reads what the global set-up left for the workers. */
export function readSuite(): Suite {
  const text = process.env.GATEHOUSE_BROWSER_SUITE;
  if (!text) throw new Error("The browser suite was not set up: run it by `npm test` or `npx playwright test`.");
  // Written by the set-up of this very run.
  return JSON.parse(text) as Suite;
}
