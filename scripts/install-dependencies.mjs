import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { withFileLock } from "../lib/embedded/file-lock.mjs";
import { StartUpError, say, step } from "./progress.mjs";
import { contentHash, inRoot, isFresh, markFresh } from "./project.mjs";
import { runProgram } from "./run-program.mjs";

const nodeMinimum = [20, 19];

/** Refuses a Node that is too old, and installs the locked dependencies if they are missing or stale. */
export async function installDependencies() {
  assertNodeVersion();
  const hash = contentHash(["package-lock.json"]);
  const isInstalled = () => isFresh("dependencies", hash, ["node_modules"]);
  if (isInstalled()) return;
  // Not below node_modules, which npm ci removes.
  await withFileLock(inRoot(".install.lock"), () => isInstalled() || install(hash), {
    onWait: () => say("Waiting for another process that installs"),
  });
}

async function install(hash) {
  if (!matchesLockFile()) {
    // Also with NODE_ENV=production: the build needs the development dependencies. No package needs its install scripts.
    const args = ["ci", "--include=dev", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"];
    const failure =
      "The dependencies could not be installed (npm ci). Check the network and the free disk space, and start again.";
    await step("Installing dependencies", () => runNpm(args, failure));
  }
  markFresh("dependencies", hash);
}

function runNpm(args, failure) {
  const npm = process.env.npm_execpath;
  return npm?.endsWith(".js")
    ? runProgram(process.execPath, [npm, ...args], { failure })
    : runProgram("npm", args, { failure });
}

// Somebody may have installed by hand: npm's own record of what lies in node_modules then equals the lock file.
// Optional packages are those of other systems.
function matchesLockFile() {
  const recordPath = inRoot("node_modules", ".package-lock.json");
  if (!existsSync(recordPath)) return false;
  const installed = JSON.parse(readFileSync(recordPath, "utf8")).packages;
  const locked = JSON.parse(readFileSync(inRoot("package-lock.json"), "utf8")).packages;
  return Object.entries(locked).every(([path, { version, optional, devOptional, peer, link }]) => {
    if (path === "" || link) return true;
    if (installed[path]) return installed[path].version === version && existsSync(join(inRoot(path), "package.json"));
    return Boolean(optional || devOptional || peer);
  });
}

function assertNodeVersion() {
  const [major, minor] = process.versions.node.split(".").map(Number);
  const [neededMajor, neededMinor] = nodeMinimum;
  if (major > neededMajor || (major === neededMajor && minor >= neededMinor)) return;
  throw new StartUpError(
    `Gatehouse needs Node ${nodeMinimum.join(".")} or newer, and this is ${process.versions.node}. Install it from your system or with a version manager.`,
  );
}
