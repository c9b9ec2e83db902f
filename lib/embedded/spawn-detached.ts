import { type ChildProcess, spawn } from "node:child_process";
import { closeSync, openSync } from "node:fs";
import type { StoreAccount } from "./store-account";

/** What a store inherits: nothing of ours, so that no secret and no PG* variable reaches it, and messages in English. */
export const storeEnvironment = {
  PATH: "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
  LC_MESSAGES: "C",
  NODE_ENV: "production",
} as const;

type DetachedCommand = {
  command: string;
  args: string[];
  logPath: string;
  account?: StoreAccount;
  /** Added to `storeEnvironment`. */
  env?: Record<string, string>;
};

/**
 * Starts a store in a session of its own: Ctrl-C reaches the foreground group only, so the store outlives the drain.
 * Its output goes to the log file. Resolves once the program runs.
 */
export function spawnDetached({
  command,
  args,
  logPath,
  account = { prefix: [] },
  env,
}: DetachedCommand): Promise<ChildProcess> {
  const [file = command, ...rest] = [...account.prefix, command, ...args];
  const log = openSync(logPath, "a", 0o600);
  const child = spawn(file, rest, {
    detached: true,
    stdio: ["ignore", log, log],
    uid: account.uid,
    gid: account.gid,
    env: { ...storeEnvironment, ...env },
  });
  closeSync(log);
  child.unref();
  return new Promise((resolve, reject) => {
    child.once("spawn", () => resolve(child));
    child.once("error", reject);
  });
}
