import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { processIdentity } from "./process-identity.mjs";

/** What `postmaster.pid` says of the server that runs, or ran, on a data directory. */
export type Postmaster = { pid: number; port: number; status: string };

/** Reads `postmaster.pid` of a cluster; null if there is none or it is not complete yet. */
export function readPostmaster(directory: string): Postmaster | null {
  const path = join(directory, "postmaster.pid");
  if (!existsSync(path)) return null;
  // Lines: pid, directory, start time, port, socket directory, address, shared memory key, status (Postgres ≥ 10).
  const lines = readFileSync(path, "utf8").split("\n");
  const pid = Number(lines[0]);
  if (!Number.isSafeInteger(pid) || pid <= 0) return null;
  return { pid, port: Number(lines[3]), status: lines[7]?.trim() ?? "" };
}

/** True while the process is a Postgres on this directory, and not a stranger who got the id of a dead one. */
export function isPostmaster(pid: number, directory: string): boolean {
  return processIdentity(pid) !== null && commandLine(pid).includes(directory);
}

function commandLine(pid: number): string {
  try {
    if (process.platform === "linux") return readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ");
    return execFileSync("ps", ["-ww", "-o", "command=", "-p", String(pid)], { encoding: "utf8" });
  } catch {
    return "";
  }
}
