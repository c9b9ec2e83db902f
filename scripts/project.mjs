import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** The repository's root. */
export const root = fileURLToPath(new URL("..", import.meta.url)).replace(/[\\/]$/, "");
/** What the scripts remember between runs; gone with node_modules, and then everything is made anew. */
export const cacheDirectory = join(root, "node_modules", ".cache", "gatehouse");

/** An absolute path below the root. */
export const inRoot = (...parts) => join(root, ...parts);

const skipped = new Set(["node_modules", ".next", "dist", "generated"]);

function* filesBelow(path) {
  const found = statSync(path, { throwIfNoEntry: false });
  if (!found) return;
  if (!found.isDirectory()) return void (yield path);
  for (const name of readdirSync(path).sort()) {
    if (!skipped.has(name)) yield* filesBelow(join(path, name));
  }
}

/** A hash of names and contents of the files, and of all files in the directories, that are named relative to the root. */
export function contentHash(paths) {
  const hash = createHash("sha256").update(process.version.split(".")[0]);
  for (const path of paths) {
    for (const file of filesBelow(inRoot(path))) {
      hash.update(`\0${file.slice(root.length)}\0`).update(readFileSync(file));
    }
  }
  return hash.digest("hex");
}

const stampPath = (name) => join(cacheDirectory, `${name}.stamp`);

/** True if the step's outputs exist and were made from sources of this hash. */
export function isFresh(name, hash, outputs) {
  const stamp = stampPath(name);
  if (!existsSync(stamp) || readFileSync(stamp, "utf8") !== hash) return false;
  return outputs.every((path) => existsSync(inRoot(path)));
}

/** Remembers that the step's outputs were made from sources of this hash. */
export function markFresh(name, hash) {
  mkdirSync(dirname(stampPath(name)), { recursive: true });
  writeFileSync(stampPath(name), hash);
}
