import { execFileSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, statfsSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { ConfigurationError } from "@/lib/config/configuration-error";
import type { PostgresBinaries } from "./postgres-binaries";
import { storeEnvironment } from "./spawn-detached";
import { giveTo, storeAccount } from "./store-account";
import { storeFailure } from "./store-failure";

/** The bootstrap superuser of the embedded Postgres; the application never connects as it. */
export const superuserName = "gatehouse_superuser";

// A new cluster takes 40 MB; its first write-ahead segments and growth as much again.
const freeBytesMin = 128 * 1024 * 1024;

type ClusterOptions = { directory: string; binaries: PostgresBinaries; superuserPassword: string; durable?: boolean };

/**
 * Makes sure that `directory` holds a database cluster of the binaries' version; true if it was made just now.
 * Throws a ConfigurationError, and touches nothing, if it belongs to another major version.
 */
export function ensureCluster(options: ClusterOptions): boolean {
  const { directory, binaries } = options;
  const versionFile = join(directory, "PG_VERSION");
  if (!existsSync(versionFile)) {
    createCluster(options);
    return true;
  }
  const version = readFileSync(versionFile, "utf8").trim();
  if (version !== String(binaries.majorVersion)) throw otherVersion(directory, version, binaries.majorVersion);
  return false;
}

// Made aside and renamed into place: whatever interrupts it, there is a whole cluster or none.
function createCluster({ directory, binaries, superuserPassword, durable = true }: ClusterOptions): void {
  assertFreeSpace(dirname(directory));
  const draft = `${directory}.new`;
  const passwordFile = `${directory}.password`;
  const account = storeAccount(directory);
  rmSync(draft, { recursive: true, force: true });
  mkdirSync(draft, { recursive: true, mode: 0o700 });
  giveTo(account, draft);
  // Another account than ours must be able to walk through; what lies beside is closed file by file.
  if (account.uid !== undefined) chmodSync(dirname(directory), 0o711);
  try {
    writeFileSync(passwordFile, superuserPassword, { mode: 0o600 });
    giveTo(account, passwordFile);
    const identity = ["-D", draft, "-U", superuserName, `--pwfile=${passwordFile}`, "--auth=scram-sha-256"];
    const flags = durable ? localeFlags() : [...localeFlags(), "--no-sync"];
    const [file = "", ...args] = [...account.prefix, binaries.initdb, ...identity, "--encoding=UTF8", ...flags];
    execFileSync(file, args, {
      uid: account.uid,
      gid: account.gid,
      stdio: ["ignore", "pipe", "pipe"],
      env: storeEnvironment,
    });
    renameSync(draft, directory);
  } catch (error) {
    rmSync(draft, { recursive: true, force: true });
    throw storeFailure("embedded Postgres", `${outputOf(error)}`, error);
  } finally {
    rmSync(passwordFile, { force: true });
  }
}

// Byte order is stable across systems and fast. Character classes must know Unicode, for search by trigrams;
// macOS has no C.UTF-8.
function localeFlags(): string[] {
  return process.platform === "darwin" ? ["--locale=C", "--lc-ctype=en_US.UTF-8"] : ["--locale=C.UTF-8"];
}

function assertFreeSpace(directory: string): void {
  const { bavail, bsize } = statfsSync(directory);
  if (bavail * bsize >= freeBytesMin) return;
  throw new ConfigurationError({
    subject: directory,
    problem: `the disk has ${Math.floor((bavail * bsize) / 1024 / 1024)} MB left, and a new database needs ${freeBytesMin / 1024 / 1024} MB`,
    mend: "free some space, or set GATEHOUSE_DATA_DIR to a directory on another disk, and start again",
  });
}

function otherVersion(directory: string, found: string, ours: number): ConfigurationError {
  return new ConfigurationError({
    subject: directory,
    problem: `this data directory was made by Postgres ${found}, and the embedded one is Postgres ${ours}; nothing was changed`,
    mend:
      `keep using it with a Postgres ${found} of yours (set DATABASE_URL), move its contents by pg_dump and pg_restore, ` +
      "or set GATEHOUSE_DATA_DIR to a new directory",
  });
}

function outputOf(error: unknown): string {
  const stderr = error instanceof Error && "stderr" in error ? String(error.stderr) : "";
  return stderr.trim() || String(error);
}
