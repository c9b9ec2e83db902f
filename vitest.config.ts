import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";
import { BaseSequencer, type TestSpecification } from "vitest/node";

const root = fileURLToPath(new URL(".", import.meta.url));
const storesSetup = "tests/support/stores-global-setup.ts";

/** The suites that take minutes come first: one that began last would keep one worker busy and the other idle. */
class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const isLong = ({ moduleId }: TestSpecification) => /\/(?:permission-model|cross-tenant)\.test\.ts$/.test(moduleId);
    return (await super.sort(files)).sort((one, other) => Number(isLong(other)) - Number(isLong(one)));
  }
}

/** Suites that need Postgres and Redis: one server of each for the run, one database per test file. */
function withStores(name: string, globalSetup: string[] = [], { exclude = [] }: { exclude?: string[] } = {}) {
  return {
    extends: true as const,
    test: {
      name,
      include: [`tests/${name}/**/*.test.{ts,tsx}`],
      exclude,
      globalSetup: [storesSetup, ...globalSetup],
      testTimeout: 30_000,
      hookTimeout: 60_000,
    },
  };
}

export default defineConfig({
  resolve: {
    alias: {
      "@": root.replace(/\/$/, ""),
      // Only Next's bundler gives this marker package a meaning.
      "server-only": `${root}tests/support/server-only-stub.ts`,
    },
  },
  test: {
    environment: "node",
    pool: "forks",
    maxWorkers: 2,
    restoreMocks: true,
    sequence: { sequencer: LongestFirst },
    projects: [
      { extends: true, test: { name: "unit", include: ["tests/unit/**/*.test.{ts,tsx}"], testTimeout: 10_000 } },
      withStores("integration"),
      withStores("security", [], { exclude: ["tests/security/history/**"] }),
      withStores("architecture"),
      // One file at a time: each starts stores and several servers, and breaks them.
      {
        extends: true,
        test: {
          name: "history",
          include: ["tests/security/history/**/*.test.ts"],
          fileParallelism: false,
          testTimeout: 600_000,
          hookTimeout: 600_000,
        },
      },
      withStores("api", ["tests/support/api-server-global-setup.ts"]),
    ],
  },
});
