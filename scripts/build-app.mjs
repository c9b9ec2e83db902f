import { withFileLock } from "../lib/embedded/file-lock.mjs";
import { buildServer } from "./build-server.mjs";
import { say, step } from "./progress.mjs";
import { cacheDirectory, contentHash, isFresh, markFresh } from "./project.mjs";
import { runPackage } from "./run-program.mjs";

const shared = ["lib", "prisma/schema", "package-lock.json", "tsconfig.json"];
const parts = [
  {
    name: "pages",
    label: "Building the pages",
    sources: [...shared, "app", "components", "public", "middleware.ts", "next.config.ts", "postcss.config.mjs"],
    outputs: [".next/BUILD_ID"],
    build: buildPages,
  },
  {
    name: "server",
    label: "Building the server",
    sources: [...shared, "scripts/build-server.mjs"],
    outputs: ["dist/server.mjs", "dist/gatehouse.mjs", "dist/stop-unused-stores.mjs"],
    build: buildServer,
  },
];

/** Builds what is missing or older than its sources. Two processes that want the same build make it once. */
export async function buildApp() {
  if (parts.every((part) => isBuilt(part))) return;
  await withFileLock(`${cacheDirectory}/build.lock`, buildStale, {
    onWait: () => say("Waiting for another process that builds"),
  });
}

/** True if the bundle of the command line is there and current. */
export function isCommandLineBuilt() {
  return parts.filter(({ name }) => name === "server").every((part) => isBuilt(part));
}

async function buildStale() {
  for (const part of parts) {
    const hash = contentHash(part.sources);
    if (isFresh(part.name, hash, part.outputs)) continue;
    await step(part.label, part.build);
    markFresh(part.name, hash);
  }
}

function isBuilt({ name, sources, outputs }) {
  return isFresh(name, contentHash(sources), outputs);
}

function buildPages() {
  const env = { ...process.env, NODE_ENV: "production", NEXT_TELEMETRY_DISABLED: "1" };
  return runPackage("next/dist/bin/next", ["build"], { env, failure: "The pages could not be built." });
}
