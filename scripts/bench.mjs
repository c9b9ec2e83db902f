#!/usr/bin/env node
// `npm run bench -- <name>`: one benchmark of tests/bench.
import { existsSync, readdirSync } from "node:fs";
import { buildApp } from "./build-app.mjs";
import { generateClient } from "./generate-client.mjs";
import { installDependencies } from "./install-dependencies.mjs";
import { runMain } from "./progress.mjs";
import { inRoot } from "./project.mjs";
import { runForeground } from "./run-program.mjs";

const [name = "", ...rest] = process.argv.slice(2);

function listNames() {
  const directory = inRoot("tests/bench");
  const files = existsSync(directory) ? readdirSync(directory) : [];
  return files.filter((file) => file.endsWith(".ts")).map((file) => file.slice(0, -3));
}

await runMain(async () => {
  if (!listNames().includes(name)) {
    process.stderr.write(`Usage: npm run bench -- <name>\nNames: ${listNames().join(", ") || "none"}\n`);
    return 2;
  }
  await installDependencies();
  await generateClient();
  await buildApp();
  const program = [inRoot("node_modules/tsx/dist/cli.mjs"), inRoot(`tests/bench/${name}.ts`), ...rest];
  return runForeground(process.execPath, program, { ownGroup: false });
});
