import { defineConfig } from "@playwright/test";
import { findChromium } from "./tests/e2e/support/find-chromium";

const updatesScreenshots = process.env.UPDATE_SCREENSHOTS === "1";

export default defineConfig({
  testDir: "tests/e2e",
  // The pictures of the README are made on purpose only, so that a run of the tests leaves the tree as it was.
  testIgnore: updatesScreenshots ? [] : ["**/screenshots.spec.ts"],
  outputDir: "test-results",
  globalSetup: "./tests/support/browser-global-setup.ts",
  workers: 1,
  fullyParallel: false,
  forbidOnly: Boolean(process.env.CI),
  retries: 0,
  timeout: 60_000,
  expect: { timeout: 15_000 },
  reporter: "list",
  use: {
    locale: "en-GB",
    timezoneId: "Europe/Berlin",
    viewport: { width: 1440, height: 900 },
    actionTimeout: 15_000,
    navigationTimeout: 30_000,
    screenshot: "only-on-failure",
    trace: "retain-on-failure",
    launchOptions: await findChromium(),
  },
});
