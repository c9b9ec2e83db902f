#!/usr/bin/env node
// `npm run gatehouse -- <command>`: the command line, from the build if that is current, else from its sources.
import { isCommandLineBuilt } from "./build-app.mjs";
import { generateClient } from "./generate-client.mjs";
import { installDependencies } from "./install-dependencies.mjs";
import { runMain } from "./progress.mjs";
import { inRoot } from "./project.mjs";
import { runForeground } from "./run-program.mjs";

await runMain(async () => {
  await installDependencies();
  await generateClient();
  const program = isCommandLineBuilt()
    ? [inRoot("dist/gatehouse.mjs")]
    : [inRoot("node_modules/tsx/dist/cli.mjs"), inRoot("lib/cli/main.ts")];
  // In our group: it asks for confirmation and reads passwords at the terminal.
  return runForeground(process.execPath, [...program, ...process.argv.slice(2)], { ownGroup: false });
});
