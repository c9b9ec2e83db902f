// Plain JavaScript, because the start-up scripts use it before anything is installed or built.
import { randomBytes } from "node:crypto";
import { linkSync, mkdirSync, readFileSync, rmdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { isRunning, processIdentity } from "./process-identity.mjs";

const pollMilliseconds = 50;
const breakerStaleMilliseconds = 10_000;

/**
 * Runs `work` while no other process, and no other call in this one, holds the lock file; a lock whose holder died is taken over.
 * Node has no flock(2), so the file names its holder, and is linked into place complete.
 * @template T
 * @param {string} path
 * @param {() => T | Promise<T>} work
 * @param {{ onWait?: () => void }} [options] `onWait` is called once, if the lock is not free.
 * @returns {Promise<T>}
 */
export async function withFileLock(path, work, options = {}) {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  let waiting = false;
  while (!tryTake(path)) {
    if (!waiting) options.onWait?.();
    waiting = true;
    breakIfStale(path);
    await delay(pollMilliseconds);
  }
  try {
    return await work();
  } finally {
    rmSync(path, { force: true });
  }
}

function tryTake(path) {
  const draft = `${path}.${process.pid}.${randomBytes(4).toString("hex")}`;
  try {
    writeFileSync(draft, processIdentity(process.pid) ?? String(process.pid), { flag: "wx", mode: 0o600 });
    linkSync(draft, path);
    return true;
  } catch (error) {
    if (error.code === "EEXIST") return false;
    throw error;
  } finally {
    rmSync(draft, { force: true });
  }
}

// Two processes that both see a dead holder must not both remove "its" file, for the second one would remove the
// lock that the first has just taken: the removal itself is guarded by a directory, which only one can make.
function breakIfStale(path) {
  if (!isStale(path)) return;
  const breaker = `${path}.breaker`;
  if (!makeBreaker(breaker)) return;
  try {
    if (isStale(path)) rmSync(path, { force: true });
  } finally {
    rmdirSync(breaker);
  }
}

function isStale(path) {
  try {
    return !isRunning(readFileSync(path, "utf8"));
  } catch (error) {
    if (error.code === "ENOENT") return false;
    throw error;
  }
}

function makeBreaker(breaker) {
  try {
    mkdirSync(breaker);
    return true;
  } catch (error) {
    if (error.code !== "EEXIST") throw error;
    removeAbandoned(breaker);
    return false;
  }
}

function removeAbandoned(breaker) {
  try {
    if (Date.now() - statSync(breaker).mtimeMs > breakerStaleMilliseconds) rmdirSync(breaker);
  } catch (error) {
    if (error.code !== "ENOENT") throw error;
  }
}
