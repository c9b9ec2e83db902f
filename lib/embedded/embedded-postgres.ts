import { existsSync, realpathSync, renameSync, rmSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { ConfigurationError } from "@/lib/config/configuration-error";
import { freePort } from "./free-port";
import { findPostgresBinaries, type PostgresBinaries } from "./postgres-binaries";
import { ensureCluster } from "./postgres-cluster";
import { isPostmaster, readPostmaster } from "./postmaster-file";
import { processIdentity } from "./process-identity.mjs";
import { spawnDetached } from "./spawn-detached";
import { storeAccount } from "./store-account";
import { logSince, storeFailure } from "./store-failure";
import { waitUntil } from "./wait-until";

type PostgresOptions = {
  /** The cluster's directory; made if absent. */
  directory: string;
  superuserPassword: string;
  /** The `bin` directory of another Postgres than the package's. */
  binariesDirectory?: string;
  /** False: no fsync, for tests, whose data nobody needs after a power cut. */
  durable?: boolean;
};

/** A running embedded Postgres, on loopback. */
export type EmbeddedPostgres = { port: number; pid: number };

// Recovery after a crash replays at most max_wal_size; minutes on a slow disk.
const startMilliseconds = 180_000;
const stopMilliseconds = 60_000;
const logBytesMax = 10 * 1024 * 1024;

/** Starts Postgres on the directory, or adopts the one that already runs there (after a crash of its holder, say). */
export async function startEmbeddedPostgres(options: PostgresOptions): Promise<EmbeddedPostgres> {
  const binaries = findPostgresBinaries(options.binariesDirectory);
  ensureCluster({ ...options, binaries });
  const directory = realpathSync(options.directory);
  const running = await findRunning(directory);
  return running ?? (await launch({ ...options, directory }, binaries));
}

/** Stops the Postgres of the directory, if one runs: fast, with a checkpoint, so that nothing needs recovery. */
export async function stopEmbeddedPostgres(directory: string): Promise<void> {
  if (!existsSync(directory)) return;
  const path = realpathSync(directory);
  const postmaster = readPostmaster(path);
  if (!postmaster || !isPostmaster(postmaster.pid, path)) return;
  const isGone = () => processIdentity(postmaster.pid) === null;
  process.kill(postmaster.pid, "SIGINT");
  if (await waitUntil(isGone, stopMilliseconds)) return;
  // Immediate shutdown: the next start recovers from the write-ahead log.
  process.kill(postmaster.pid, "SIGQUIT");
  await waitUntil(isGone, stopMilliseconds);
}

async function findRunning(directory: string): Promise<EmbeddedPostgres | null> {
  const found = readPostmaster(directory);
  if (!found) return null;
  if (!isPostmaster(found.pid, directory)) {
    removeStale(found.pid, directory);
    return null;
  }
  const isSettled = () => readPostmaster(directory)?.status !== "starting" || processIdentity(found.pid) === null;
  await waitUntil(isSettled, startMilliseconds);
  if (readPostmaster(directory)?.status === "ready") return { port: found.port, pid: found.pid };
  await waitUntil(() => processIdentity(found.pid) === null, stopMilliseconds);
  return null;
}

// Postgres removes the file of a dead server itself, after it has made sure that none of its children is left. It
// refuses only where the id now belongs to somebody else.
function removeStale(pid: number, directory: string): void {
  if (processIdentity(pid) !== null) rmSync(join(directory, "postmaster.pid"), { force: true });
}

async function launch(options: PostgresOptions, binaries: PostgresBinaries, attempt = 1): Promise<EmbeddedPostgres> {
  const { directory } = options;
  const logPath = join(dirname(directory), "postgres.log");
  const logLength = rotated(logPath);
  const port = await freePort(readLastPort(directory));
  const account = storeAccount(directory);
  const child = await spawnDetached({ command: binaries.postgres, args: serverFlags(options, port), logPath, account });
  const isReady = () => readPostmaster(directory)?.pid === child.pid && readPostmaster(directory)?.status === "ready";
  const hasEnded = () => child.exitCode !== null || child.signalCode !== null;
  const inTime = await waitUntil(() => isReady() || hasEnded(), startMilliseconds);
  if (isReady() && child.pid) return { port, pid: child.pid };
  const output = logSince(logPath, logLength);
  if (hasEnded() && attempt < 20 && isPassing(output)) {
    await delay(250);
    return launch(options, binaries, attempt + 1);
  }
  if (!inTime) child.kill("SIGQUIT");
  throw startFailure(output, logPath, inTime);
}

// A port taken in between, or children of a killed server that have not noticed its death yet.
function isPassing(output: string): boolean {
  return /could not bind|Address already in use|pre-existing shared memory block|lock file "postmaster.pid" already exists/.test(
    output,
  );
}

function startFailure(output: string, logPath: string, inTime: boolean): ConfigurationError {
  if (inTime) return storeFailure("embedded Postgres", output);
  return new ConfigurationError({
    subject: "embedded Postgres",
    problem: `it was not ready after ${startMilliseconds / 1000} seconds`,
    mend: `see ${logPath}; if it was recovering, start again`,
  });
}

function serverFlags({ directory, durable = true }: PostgresOptions, port: number): string[] {
  const settings: Record<string, string> = {
    port: String(port),
    listen_addresses: "127.0.0.1",
    unix_socket_directories: "",
    password_encryption: "scram-sha-256",
    max_connections: "200",
    shared_buffers: durable ? "256MB" : "64MB",
    // Room for the trigram indexes and COPY of a large seed.
    maintenance_work_mem: "128MB",
    max_wal_size: "2GB",
    random_page_cost: "1.1",
    fsync: durable ? "on" : "off",
    full_page_writes: durable ? "on" : "off",
    timezone: "UTC",
    log_timezone: "UTC",
    logging_collector: "off",
  };
  return ["-D", directory, ...Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`])];
}

// postmaster.opts survives the server: the same port again keeps `db url` stable.
function readLastPort(directory: string): number | undefined {
  const port = Number(/port=(\d+)/.exec(logSince(join(directory, "postmaster.opts"), 0))?.[1]);
  return Number.isSafeInteger(port) ? port : undefined;
}

function rotated(logPath: string): number {
  const length = existsSync(logPath) ? statSync(logPath).size : 0;
  if (length < logBytesMax) return length;
  renameSync(logPath, `${logPath}.1`);
  return 0;
}
