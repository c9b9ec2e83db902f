#!/usr/bin/env node
// `npm run build`: what `up` does before it serves.
import { buildApp } from "./build-app.mjs";
import { generateClient } from "./generate-client.mjs";
import { installDependencies } from "./install-dependencies.mjs";
import { runMain } from "./progress.mjs";

await runMain(async () => {
  await installDependencies();
  await generateClient();
  await buildApp();
});
