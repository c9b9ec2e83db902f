#!/usr/bin/env node
// `npm run up [-- --demo]`: from a fresh clone to a running Gatehouse.
import { parseArgs } from "node:util";
import { buildApp } from "./build-app.mjs";
import { generateClient } from "./generate-client.mjs";
import { installDependencies } from "./install-dependencies.mjs";
import { runMain, StartUpError } from "./progress.mjs";
import { inRoot } from "./project.mjs";
import { serve, serverEnvironment } from "./serve.mjs";

function readArguments() {
  try {
    return parseArgs({ options: { demo: { type: "boolean", default: false } } }).values;
  } catch (error) {
    throw new StartUpError(`${error.message}\nUsage: npm run up [-- --demo]`);
  }
}

await runMain(async () => {
  const { demo } = readArguments();
  await installDependencies();
  await generateClient();
  await buildApp();
  const env = serverEnvironment({ isDemo: demo, mode: "production" });
  const server = ["--enable-source-maps", inRoot("dist/server.mjs"), ...(demo ? ["--demo"] : [])];
  return serve(server, [inRoot("dist/stop-unused-stores.mjs")], env);
});
