import { existsSync, mkdirSync, readFileSync, realpathSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Redis } from "ioredis";
import { z } from "zod";
import { ConfigurationError } from "@/lib/config/configuration-error";
import { freePort } from "./free-port";
import { processIdentity } from "./process-identity.mjs";
import { findRedisBinary, type RedisBinary } from "./redis-binaries";
import { spawnDetached } from "./spawn-detached";
import { logSince, storeFailure } from "./store-failure";
import { waitUntil } from "./wait-until";

type RedisOptions = {
  /** Holds the configuration, the log, and where the system has no Redis, the program. */
  directory: string;
  password: string;
  /** The PATH to search for an installed server. */
  searchPath: string;
  /** Where an unpacked server is kept; by default below `directory`. */
  unpackDirectory?: string;
  onProgress?: (message: string) => void;
};

/** A running embedded Redis, on loopback. */
export type EmbeddedRedis = { port: number; pid: number };

const startMilliseconds = 20_000;
const stopMilliseconds = 10_000;

/** A connection URL of the embedded Redis. */
export function embeddedRedisUrl({ port, password }: { port: number; password: string }): string {
  return `redis://:${encodeURIComponent(password)}@127.0.0.1:${port}/0`;
}

/** Starts Redis (or Valkey) in the directory, or adopts the one that already runs there. It keeps nothing on disk. */
export async function startEmbeddedRedis(options: RedisOptions): Promise<EmbeddedRedis> {
  mkdirSync(options.directory, { recursive: true, mode: 0o700 });
  const directory = realpathSync(options.directory);
  const running = await findRunning(directory, options.password);
  if (running) return running;
  const binary = findRedisBinary({
    searchPath: options.searchPath,
    unpackDirectory: options.unpackDirectory ?? join(directory, "server"),
    onProgress: options.onProgress ?? (() => undefined),
  });
  return launch({ ...options, directory }, binary);
}

/** Stops the Redis of the directory, if one runs. */
export async function stopEmbeddedRedis(directory: string, password: string): Promise<void> {
  if (!existsSync(directory)) return;
  const running = await findRunning(realpathSync(directory), password);
  if (!running) return;
  process.kill(running.pid, "SIGTERM");
  const isGone = () => processIdentity(running.pid) === null;
  // It has nothing to save, so a kill loses nothing.
  if (!(await waitUntil(isGone, stopMilliseconds))) process.kill(running.pid, "SIGKILL");
}

async function launch({ directory, password }: RedisOptions, binary: RedisBinary, attempt = 1): Promise<EmbeddedRedis> {
  const port = await freePort(readConfiguredPort(directory));
  const logPath = join(directory, "redis.log");
  // Truncated: the log of an earlier run is of no use, and must not grow for ever.
  writeFileSync(logPath, "", { mode: 0o600 });
  writeFileSync(configurationPath(directory), configuration(directory, port, password), { mode: 0o600 });
  const child = await spawnDetached({
    command: binary.path,
    args: [configurationPath(directory)],
    logPath,
    env: binary.env,
  });
  const hasEnded = () => child.exitCode !== null || child.signalCode !== null;
  let running: EmbeddedRedis | null = null;
  const inTime = await waitUntil(async () => {
    running = await findRunning(directory, password);
    return running !== null || hasEnded();
  }, startMilliseconds);
  if (running) return running;
  const output = logSince(logPath, 0);
  if (/Address already in use/.test(output) && attempt < 5)
    return launch({ directory, password, searchPath: "" }, binary, attempt + 1);
  if (!inTime) child.kill("SIGKILL");
  throw inTime ? storeFailure("embedded Redis", output) : tooSlow(logPath);
}

// A password in the arguments would show in the process list; the file is for its owner only.
function configuration(directory: string, port: number, password: string): string {
  const lines = [
    `port ${port}`,
    "bind 127.0.0.1",
    `dir ${quoted(directory)}`,
    `requirepass ${password}`,
    "daemonize no",
    'save ""',
    "appendonly no",
    "maxmemory-policy noeviction",
    // One for each test file.
    "databases 1024",
    'logfile ""',
  ];
  return `${lines.join("\n")}\n`;
}

const quoted = (text: string) => `"${text.replaceAll("\\", "\\\\").replaceAll('"', '\\"')}"`;
const configurationPath = (directory: string) => join(directory, "redis.conf");

function readConfiguredPort(directory: string): number | undefined {
  const path = configurationPath(directory);
  const port = existsSync(path) ? Number(/^port (\d+)$/m.exec(readFileSync(path, "utf8"))?.[1]) : Number.NaN;
  return Number.isSafeInteger(port) ? port : undefined;
}

// Ours is the one that knows the password and works in our directory; a stranger on the port is left alone.
async function findRunning(directory: string, password: string): Promise<EmbeddedRedis | null> {
  const port = readConfiguredPort(directory);
  if (port === undefined) return null;
  const client = new Redis({
    host: "127.0.0.1",
    port,
    password,
    // Answers as lists, of old and new servers alike.
    protocol: 2,
    lazyConnect: true,
    retryStrategy: () => null,
    connectTimeout: 1000,
    commandTimeout: 2000,
    maxRetriesPerRequest: 0,
  });
  client.on("error", () => undefined);
  try {
    await client.connect();
    const [, workingDirectory] = z.array(z.string()).parse(await client.config("GET", "dir"));
    const pid = Number(/process_id:(\d+)/.exec(await client.info("server"))?.[1]);
    return workingDirectory === directory && pid > 0 ? { port, pid } : null;
  } catch {
    return null;
  } finally {
    client.disconnect();
  }
}

function tooSlow(logPath: string): ConfigurationError {
  return new ConfigurationError({
    subject: "embedded Redis",
    problem: `it did not answer within ${startMilliseconds / 1000} seconds`,
    mend: `see ${logPath}, or set REDIS_URL to a server of yours`,
  });
}
