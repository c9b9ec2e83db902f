#!/usr/bin/env node
// `npm run check`: format, lint, types, import rules, unused code, unit tests; all of them, also after a failure.
import { generateClient } from "./generate-client.mjs";
import { installDependencies } from "./install-dependencies.mjs";
import { runMain, step } from "./progress.mjs";
import { runPackage } from "./run-program.mjs";

const checks = [
  ["Types", "typescript/bin/tsc", ["--noEmit"]],
  ["Format and lint", "@biomejs/biome/bin/biome", ["check", "--error-on-warnings", "--diagnostic-level=error", "."]],
  [
    "Import rules",
    "dependency-cruiser/bin/dependency-cruise.mjs",
    ["--config", ".dependency-cruiser.cjs", "app", "components", "lib", "scripts"],
  ],
  ["Unused code", "knip/bin/knip.js", ["--no-progress"]],
  ["Unit tests", "vitest/vitest.mjs", ["run", "--project", "unit"]],
];

await runMain(async () => {
  await installDependencies();
  await generateClient();
  const results = await Promise.allSettled(
    checks.map(([label, path, args]) => step(label, () => runPackage(path, args, { failure: `── ${label} ──` }))),
  );
  const failures = results.filter(({ status }) => status === "rejected");
  for (const { reason } of failures) process.stderr.write(`\n${reason.message}\n`);
  process.stderr.write(
    failures.length === 0 ? "All checks passed.\n" : `\n${failures.length} of ${checks.length} checks failed.\n`,
  );
  return failures.length === 0 ? 0 : 1;
});
