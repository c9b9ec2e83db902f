import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { freePort } from "@/lib/embedded/free-port";
import { serverArguments } from "@/tests/support/server-arguments";
import { makeTestDataDirectory, stopAndRemove } from "@/tests/support/test-stores";
import { publicOrigin } from "./http-client";

/** Where one instance finds its stores: directly, or through proxies that can be made to fail. */
export type InstanceStores = { databaseUrl: string; migrateUrl: string; redisUrl: string };

/** Instances of the built server, each a process of its own. */
export type Instances = {
  count: number;
  portOf: (instance: number) => number;
  pidOf: (instance: number) => number;
  /** The body of `/api/health/ready` and its status, 0 if it does not answer. */
  readiness: (instance: number) => Promise<number>;
  /** Ends the process without a word. */
  kill: (instance: number) => Promise<void>;
  /** Starts it again. */
  restart: (instance: number) => Promise<void>;
  output: (instance: number) => string;
  stop: () => Promise<void>;
};

type InstancesOptions = { stores: readonly InstanceStores[]; secret: string };

type Running = { child: ChildProcess; port: number; output: string[]; dataDir: string };

const startMilliseconds = 90_000;

/** Starts one instance of `dist/server.mjs` for each pair of stores. The caller has built it. */
export async function startInstances({ stores, secret }: InstancesOptions): Promise<Instances> {
  const running: Running[] = [];
  const find = (instance: number) => {
    const found = running[instance];
    if (!found) throw new Error(`There is no instance ${instance}.`);
    return found;
  };
  const start = async (instance: number) => {
    const found = stores[instance];
    if (!found) throw new Error(`There are no stores for instance ${instance}.`);
    running[instance] = await startPatiently(() => startInstance(found, secret, running[instance]));
  };
  const stop = async () => {
    await Promise.all(running.map(({ child }) => end(child, "SIGTERM")));
    for (const { dataDir } of running) await stopAndRemove(dataDir);
  };
  try {
    for (const instance of stores.keys()) await start(instance);
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    count: stores.length,
    portOf: (instance) => find(instance).port,
    pidOf: (instance) => find(instance).child.pid ?? 0,
    readiness: (instance) => readiness(find(instance).port),
    kill: (instance) => end(find(instance).child, "SIGKILL"),
    restart: start,
    output: (instance) => find(instance).output.join(""),
    stop,
  };
}

const startsMax = 3;

// The product gives a store two seconds to greet it, which a busy machine may not manage.
async function startPatiently(start: () => Promise<Running>): Promise<Running> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await start();
    } catch (error) {
      if (attempt === startsMax) throw error;
    }
  }
}

async function startInstance(stores: InstanceStores, secret: string, before?: Running): Promise<Running> {
  const port = before?.port ?? (await freePort());
  const dataDir = before?.dataDir ?? makeTestDataDirectory();
  const child = spawn(process.execPath, [...serverArguments], {
    env: {
      PATH: process.env.PATH,
      HOME: process.env.HOME,
      NODE_ENV: "production",
      GATEHOUSE_USER_NODE_ENV: "test",
      GATEHOUSE_URL: publicOrigin,
      GATEHOUSE_DATA_DIR: dataDir,
      PORT: String(port),
      BETTER_AUTH_SECRET: secret,
      DATABASE_URL: stores.databaseUrl,
      DATABASE_MIGRATE_URL: stores.migrateUrl,
      REDIS_URL: stores.redisUrl,
      TRUSTED_PROXIES: "127.0.0.1/32",
      LOG_LEVEL: "warn",
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const output: string[] = before?.output ?? [];
  for (const stream of [child.stdout, child.stderr]) stream?.on("data", (chunk) => output.push(String(chunk)));
  const started = { child, port, output, dataDir };
  try {
    await waitUntilReady(started);
    return started;
  } catch (error) {
    await end(child, "SIGKILL");
    throw new Error(`An instance did not start.\n${output.join("")}`, { cause: error });
  }
}

async function waitUntilReady({ child, port }: Running): Promise<void> {
  const deadline = Date.now() + startMilliseconds;
  while (Date.now() < deadline) {
    if (child.exitCode !== null || child.signalCode !== null) throw new Error("It ended.");
    if ((await readiness(port)) === 200) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`It was not ready after ${startMilliseconds / 1000} seconds.`);
}

async function readiness(port: number): Promise<number> {
  const signal = AbortSignal.timeout(10_000);
  const answer = await fetch(`http://127.0.0.1:${port}/api/health/ready`, { signal }).catch(() => null);
  await answer?.arrayBuffer();
  return answer?.status ?? 0;
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, "exit");
  child.kill(signal);
  const timer = setTimeout(() => child.kill("SIGKILL"), 20_000);
  await ended;
  clearTimeout(timer);
}
