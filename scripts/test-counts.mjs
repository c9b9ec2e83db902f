import { existsSync, readFileSync } from "node:fs";
import { say } from "./progress.mjs";

/** Where the tests of a project are that is not a directory of its own below `tests`. */
const places = { history: "security/history" };

const nothing = { passed: 0, failed: 0, skipped: 0 };

/** Adds up counts of tests. */
export function sum(counts) {
  return counts.reduce(
    (total, { passed, failed, skipped }) => ({
      passed: total.passed + passed,
      failed: total.failed + failed,
      skipped: total.skipped + skipped,
    }),
    nothing,
  );
}

/** The counts of a vitest report. A suite without a test, and a run that failed without a failed test, count as one failure each. */
export function countVitest({ report, status, names }) {
  const found = readReport(report);
  if (!found) return missing("vitest");
  const counts = {
    passed: found.numPassedTests,
    failed: found.numFailedTests,
    skipped: found.numPendingTests + found.numTodoTests,
  };
  const empty = names.filter((name) => !found.testResults.some((file) => hasTests(file, name)));
  for (const name of empty) say(`The suite ${name} has no test.`);
  counts.failed += empty.length;
  // A file that could not be loaded, or a set-up that failed, is no test of its own in the report.
  if (counts.failed === 0 && (status !== 0 || !found.success)) counts.failed = Math.max(1, found.numFailedTestSuites);
  return counts;
}

function hasTests(file, name) {
  return (
    file.name.replaceAll("\\", "/").includes(`/tests/${places[name] ?? name}/`) && file.assertionResults.length > 0
  );
}

/** The counts of a Playwright report, by the same rules; a test that passed at its second try only has failed. */
export function countPlaywright({ report, status }) {
  const found = readReport(report);
  if (!found) return missing("Playwright");
  const { expected, unexpected, flaky, skipped } = found.stats;
  const counts = { passed: expected, failed: unexpected + flaky, skipped };
  if (expected + unexpected + flaky === 0) say("The browser suite has no test that ran.");
  if (counts.failed === 0 && (status !== 0 || expected === 0)) counts.failed = 1;
  return counts;
}

function readReport(path) {
  return existsSync(path) ? JSON.parse(readFileSync(path, "utf8")) : null;
}

function missing(name) {
  say(`${name} ended without a report.`);
  return { ...nothing, failed: 1 };
}
