import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const root = fileURLToPath(new URL(".", import.meta.url));
const storesSetup = "tests/support/stores-global-setup.ts";

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
