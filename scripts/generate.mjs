#!/usr/bin/env node
// `npm run generate`: the Prisma client, from the schema.
import { generateClient } from "./generate-client.mjs";
import { installDependencies } from "./install-dependencies.mjs";
import { runMain } from "./progress.mjs";

await runMain(async () => {
  await installDependencies();
  await generateClient();
});
