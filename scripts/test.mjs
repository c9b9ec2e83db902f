#!/usr/bin/env node
// `npm test`: every suite on stores of its own. The last line counts; the exit status is the verdict.
import { existsSync, mkdirSync, rmSync } from "node:fs";
import { buildApp } from "./build-app.mjs";
import { generateClient } from "./generate-client.mjs";
import { installDependencies } from "./install-dependencies.mjs";
import { runMain, say } from "./progress.mjs";
import { inRoot } from "./project.mjs";
import { runForeground } from "./run-program.mjs";
import { countPlaywright, countVitest, sum } from "./test-counts.mjs";

const projects = ["unit", "integration", "security", "architecture", "api"];
// The suites that show how Postgres behaves run once more on the oldest version that is supported, where it is installed.
const databaseProjects = ["integration", "security"];
const databaseSuites = [
  ...["database", "sessions", "auth", "users", "audit", "operations", "jobs"],
  ...["roles", "tenants", "policies", "members", "invitations", "impersonation", "api-keys"],
].map((name) => `tests/integration/${name}/`);
// What those two show by their numbers has been shown already; here they show that nothing is different.
const fewer = { GATEHOUSE_MODEL_SEQUENCES: "100", GATEHOUSE_ISOLATION_CALLS: "100" };
const oldestPostgres = "15";
const ours =
  /^(?:DATABASE_|REDIS_URL$|GATEHOUSE_(?!MODEL_|ISOLATION_|HISTORY_)|BETTER_AUTH_|PORT$|HOST$|TRUSTED_PROXIES$|SMTP_URL$|MAIL_FROM$|LOG_LEVEL$|OTEL_|METRICS_TOKEN$|NODE_ENV$|TEST_POSTGRES$)/;

// What the caller's shell says of an installation must not reach the tests.
function cleanEnvironment(added = {}) {
  const kept = Object.entries(process.env).filter(([name]) => !ours.test(name));
  return { ...Object.fromEntries(kept), NEXT_TELEMETRY_DISABLED: "1", ...added };
}

async function runVitest(names, reportName, { added = {}, paths = [] } = {}) {
  const report = inRoot(".reports", `${reportName}.json`);
  const args = [
    "run",
    ...paths,
    ...names.flatMap((name) => ["--project", name]),
    "--reporter=default",
    "--reporter=json",
    `--outputFile.json=${report}`,
  ];
  const status = await runForeground(process.execPath, [inRoot("node_modules/vitest/vitest.mjs"), ...args], {
    env: cleanEnvironment(added),
    ownGroup: false,
  });
  return countVitest({ report, status, names });
}

async function runOldestPostgres() {
  if (existsSync(`/usr/lib/postgresql/${oldestPostgres}/bin/postgres`)) {
    say(`The database suites once more, on Postgres ${oldestPostgres}`);
    return runVitest(databaseProjects, `postgres-${oldestPostgres}`, {
      added: { TEST_POSTGRES: oldestPostgres, ...fewer },
      paths: [...databaseSuites, "tests/security/"],
    });
  }
  say(`Not run on Postgres ${oldestPostgres}: it is not installed here.`);
  return { passed: 0, failed: 0, skipped: 0 };
}

async function runPlaywright() {
  const report = inRoot(".reports", "playwright.json");
  const status = await runForeground(
    process.execPath,
    [inRoot("node_modules/@playwright/test/cli.js"), "test", "--reporter=list,json"],
    {
      env: cleanEnvironment({ PLAYWRIGHT_JSON_OUTPUT_FILE: report }),
      ownGroup: false,
    },
  );
  return countPlaywright({ report, status });
}

await runMain(async () => {
  await installDependencies();
  await generateClient();
  await buildApp();
  rmSync(inRoot(".reports"), { recursive: true, force: true });
  mkdirSync(inRoot(".reports"));
  const counts = [];
  // Alone: it counts what a busy machine refuses.
  const runHistories = () => runVitest(["history"], "history");
  for (const run of [() => runVitest(projects, "vitest"), runHistories, runOldestPostgres, runPlaywright]) {
    counts.push(await run());
  }
  const total = sum(counts);
  process.stdout.write(`${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped\n`);
  return total.failed === 0 ? 0 : 1;
});
