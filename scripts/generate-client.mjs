import { withFileLock } from "../lib/embedded/file-lock.mjs";
import { step } from "./progress.mjs";
import { cacheDirectory, contentHash, isFresh, markFresh } from "./project.mjs";
import { runPackage } from "./run-program.mjs";

const sources = ["prisma/schema", "prisma.config.ts", "node_modules/prisma/package.json"];
const outputs = ["prisma/generated/client.ts"];

/** Generates the Prisma client, unless the one that is there was made from this schema. */
export async function generateClient() {
  const hash = contentHash(sources);
  if (isFresh("prisma-client", hash, outputs)) return;
  await withFileLock(`${cacheDirectory}/generate.lock`, async () => {
    if (isFresh("prisma-client", hash, outputs)) return;
    await step("Generating the database client", generate);
    markFresh("prisma-client", hash);
  });
}

// The command line tool wants its schema engine, a download, even where it does not use it: any program that exists will do.
function generate() {
  const env = {
    ...process.env,
    PRISMA_SCHEMA_ENGINE_BINARY: process.execPath,
    CHECKPOINT_DISABLE: "1",
    PRISMA_HIDE_UPDATE_MESSAGE: "1",
  };
  return runPackage("prisma/build/index.js", ["generate"], {
    env,
    failure: "The database client could not be generated.",
  });
}
