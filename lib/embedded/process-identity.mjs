// Plain JavaScript, because the start-up scripts use it before anything is installed or built.
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";

/**
 * What tells a process from a later one with the same id: the id and the time at which it started.
 * Null if there is no such process, or only its remains (a zombie).
 * @param {number} pid
 * @returns {string | null}
 */
export function processIdentity(pid) {
  if (!isSignalable(pid)) return null;
  if (process.platform === "linux") return linuxIdentity(pid);
  if (process.platform === "win32") return String(pid);
  return unixIdentity(pid);
}

/**
 * True while the very process that had this identity runs.
 * @param {string} identity
 * @returns {boolean}
 */
export function isRunning(identity) {
  const pid = Number.parseInt(identity, 10);
  return Number.isSafeInteger(pid) && pid > 0 && processIdentity(pid) === identity;
}

function isSignalable(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === "EPERM";
  }
}

// The name in parentheses may hold blanks and parentheses: fields are counted from the last closing one.
function linuxIdentity(pid) {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    return fields[0] === "Z" ? null : `${pid}:${fields[19]}`;
  } catch {
    return null;
  }
}

function unixIdentity(pid) {
  try {
    const line = execFileSync("ps", ["-o", "stat=,lstart=", "-p", String(pid)], { encoding: "utf8" }).trim();
    const [state = "", ...started] = line.split(/\s+/);
    return state.startsWith("Z") ? null : `${pid}:${started.join("-")}`;
  } catch {
    return null;
  }
}
