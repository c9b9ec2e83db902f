import { spawn } from "node:child_process";
import { constants } from "node:os";
import { StartUpError } from "./progress.mjs";
import { root } from "./project.mjs";

const keptLines = 40;
const parentPollMilliseconds = 500;
const forwarded = ["SIGINT", "SIGTERM", "SIGHUP"];

/** Runs a program to its end; its output is shown only if it fails, unless `show` is set. */
export async function runProgram(
  command,
  args,
  { env = process.env, show = false, failure = `${command} failed` } = {},
) {
  const child = spawn(command, args, { cwd: root, env, stdio: show ? ["ignore", 2, 2] : ["ignore", "pipe", "pipe"] });
  const lines = [];
  const keep = (chunk) => lines.push(...String(chunk).split("\n"));
  child.stdout?.on("data", keep);
  child.stderr?.on("data", keep);
  const status = await exitStatus(child);
  if (status !== 0) throw new StartUpError([failure, ...shorten(lines)].join("\n").trimEnd());
}

// What went wrong stands at the beginning (npm) or at the end (compilers).
function shorten(lines) {
  return lines.length <= 2 * keptLines ? lines : [...lines.slice(0, keptLines), "…", ...lines.slice(-keptLines)];
}

/** Runs a Node program of an installed package, such as `vitest/vitest.mjs`. */
export function runPackage(path, args, options) {
  return runProgram(process.execPath, [`node_modules/${path}`, ...args], options);
}

/**
 * Runs a program in the foreground and resolves to its exit status. It lives in a group of its own, so that Ctrl-C reaches it
 * once, from here, and not a second time from the terminal; it drains while we wait.
 */
export async function runForeground(command, args, { env = process.env, ownGroup = true } = {}) {
  const child = spawn(command, args, {
    env,
    // The channel closes when this process dies, however it dies: the server takes that as the sign to stop.
    stdio: ownGroup ? ["inherit", "inherit", "inherit", "ipc"] : "inherit",
    detached: ownGroup,
  });
  const forward = (signal) => {
    if (ownGroup) child.kill(signal === "SIGHUP" ? "SIGTERM" : signal);
  };
  for (const signal of forwarded) process.on(signal, forward);
  const stopWatching = onParentGone(() => forward("SIGTERM"));
  try {
    return await exitStatus(child);
  } finally {
    stopWatching();
    for (const signal of forwarded) process.off(signal, forward);
  }
}

// npm and its shell may be killed without a word to us; then nobody is left who could end what they started. Whoever runs
// the script without npm may go away on purpose, as with nohup.
function onParentGone(act) {
  if (!process.env.npm_lifecycle_event) return () => undefined;
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    act();
  }, parentPollMilliseconds);
  return () => clearInterval(timer);
}

/** Resolves to the exit status of a child, by the shells' convention 128 + n for one that a signal ended. */
export function exitStatus(child) {
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code, signal) => resolve(code ?? 128 + (constants.signals[signal] ?? 0)));
  });
}
