import { execFileSync } from "node:child_process";
import { copyFileSync, existsSync, mkdtempSync, readdirSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";

// The server and those of its libraries that a minimal Debian or Ubuntu lacks. Lists differ between releases: what a
// release does not know, its server does not need.
const serverPackages = ["redis-tools", "valkey-tools"];
const libraryPackages = ["liblzf1", "libjemalloc2", "liblua5.1-0", "lua-cjson", "lua-bitop", "libatomic1"];
const serverPrograms = ["usr/bin/redis-check-rdb", "usr/bin/valkey-check-rdb"];
const downloadMilliseconds = 120_000;

/**
 * Downloads Debian's Redis by apt-get, which verifies its signature, and unpacks it into the directory as `redis-server`
 * with its libraries; installs nothing. Returns null if that worked, else the reason.
 */
export function unpackDebianRedis(directory: string, onProgress: (message: string) => void): string | null {
  if (!runs("apt-get") || !runs("dpkg-deb")) return "this is no Debian or Ubuntu";
  const draft = mkdtempSync(join(directory, "download-"));
  try {
    onProgress("Fetching Redis from the system's package source");
    return fetchAndUnpack(draft, directory);
  } catch (error) {
    return reasonOf(error);
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
}

function fetchAndUnpack(draft: string, directory: string): string | null {
  const isRoot = process.getuid?.() === 0;
  if (available(serverPackages).length === 0 && isRoot) execFileSync("apt-get", ["update", "-qq"], quietly());
  const [server] = available(serverPackages);
  if (!server) return "the package lists are missing (run apt-get update as root)";
  execFileSync("apt-get", ["download", "-qq", server, ...available(libraryPackages)], { ...quietly(), cwd: draft });
  for (const archive of readdirSync(draft).filter((name) => name.endsWith(".deb"))) {
    execFileSync("dpkg-deb", ["-x", join(draft, archive), draft], quietly());
  }
  const program = serverPrograms.map((path) => join(draft, path)).find(existsSync);
  if (!program) return `the package ${server} carries no server`;
  moveInto(directory, draft, program);
  return null;
}

// The program last: whoever finds it finds its libraries, too.
function moveInto(directory: string, draft: string, program: string): void {
  rmSync(join(directory, "usr"), { recursive: true, force: true });
  copyFileSync(program, join(draft, "redis-server"));
  renameSync(join(draft, "usr"), join(directory, "usr"));
  renameSync(join(draft, "redis-server"), join(directory, "redis-server"));
}

function available(packages: string[]): string[] {
  return packages.filter((name) => {
    const policy = execFileSync("apt-cache", ["policy", name], {
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
    });
    return /Candidate: (?!\(none\))/.test(policy);
  });
}

function runs(program: string): boolean {
  try {
    execFileSync(program, ["--version"], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}

function quietly() {
  const stdio: ["ignore", "pipe", "pipe"] = ["ignore", "pipe", "pipe"];
  return { stdio, timeout: downloadMilliseconds };
}

function reasonOf(error: unknown): string {
  const stderr = error instanceof Error && "stderr" in error ? String(error.stderr).trim() : "";
  return (stderr.split("\n").at(-1) || String(error)).trim();
}
