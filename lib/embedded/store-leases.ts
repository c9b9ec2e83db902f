import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { isRunning, processIdentity } from "./process-identity.mjs";

// One file for each use of the stores, naming the process. Call all of this under the stores' lock.
const leaseDirectory = (dataDir: string) => join(dataDir, "leases");

/** Notes that this process uses the stores; returns the lease's path. */
export function addLease(dataDir: string): string {
  mkdirSync(leaseDirectory(dataDir), { recursive: true, mode: 0o700 });
  const path = join(leaseDirectory(dataDir), `${process.pid}-${randomBytes(4).toString("hex")}`);
  writeFileSync(path, processIdentity(process.pid) ?? String(process.pid), { mode: 0o600 });
  return path;
}

/** Gives a lease back; harmless if it is gone already. */
export function removeLease(path: string): void {
  rmSync(path, { force: true });
}

/** Removes the leases of dead processes; returns how many are left. */
export function removeDeadLeases(dataDir: string): number {
  const directory = leaseDirectory(dataDir);
  if (!existsSync(directory)) return 0;
  let count = 0;
  for (const name of readdirSync(directory)) {
    const path = join(directory, name);
    if (isRunning(readFileSync(path, "utf8"))) count += 1;
    else rmSync(path, { force: true });
  }
  return count;
}
