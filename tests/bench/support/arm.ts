import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { openSync } from "node:fs";
import { join } from "node:path";
import autocannon from "autocannon";
import { build } from "esbuild";
import type { CookieRequest } from "./session-check-cookies";

/** A server in a process of its own. */
export type Arm = { process: ChildProcess; port: number };

/** What an arm does under load. */
export type Measured = { perSecond: number; processorMicroseconds: number };

const root = process.cwd();
const program = join(root, "dist", "bench", "arms.mjs");

/** Bundles the arms as scripts/build-server.mjs bundles the server: what runs from source pays for its compiler's additions. */
export async function bundleArms(): Promise<void> {
  await build({
    absWorkingDir: root,
    entryPoints: ["tests/bench/support/session-check-arms.ts"],
    outfile: program,
    bundle: true,
    packages: "external",
    platform: "node",
    format: "esm",
    target: "node20.19",
    sourcemap: true,
    logLevel: "silent",
  });
}

/** Starts an arm with the flags of `npm run up`; its log goes into a file, as a service's does. */
export async function startArm(name: string, dataDir: string, storeUrls: readonly string[]): Promise<Arm> {
  const log = openSync(join(dataDir, `${name}.log`), "w");
  const child = fork(program, [name, dataDir, ...storeUrls], {
    execArgv: ["--enable-source-maps"],
    stdio: ["ignore", log, "inherit", "ipc"],
    env: { ...process.env, NODE_ENV: "production" },
  });
  return { process: child, port: await askNumber(child, "port") };
}

/** The cookies of the arm's own users. */
export async function cookiesOf(arm: Arm): Promise<CookieRequest[]> {
  const cookies: unknown = await ask(arm.process, "cookies");
  if (!Array.isArray(cookies)) throw new Error("The arm did not answer for its cookies.");
  return cookies.map((cookie) => ({ cookie: String(cookie), status: 200 }));
}

/** Ends an arm and waits for it. */
export async function stopArm({ process: child }: Arm): Promise<void> {
  const ended = once(child, "exit");
  child.disconnect();
  await ended;
}

type Load = {
  requests: readonly CookieRequest[];
  connections: number;
  /** How long (seconds), or how many requests. */
  extent: { duration: number } | { amount: number };
  /** Whether the answers must be right; the baseline knows no cookies. */
  exact: boolean;
};

/** Loads an arm; throws when a live session was refused or a dead one accepted: a fast wrong answer must not win. */
export async function load(arm: Arm, { requests, connections, extent, exact }: Load): Promise<Measured> {
  const processorBefore = await askNumber(arm.process, "processor");
  let clients = 0;
  let wrong = 0;
  const result = await autocannon({
    url: `http://127.0.0.1:${arm.port}/api/v1/session`,
    connections,
    ...extent,
    setupClient: (client) => {
      const own = requests.filter((_request, index) => index % connections === clients);
      clients += 1;
      client.setRequests(
        own.map(({ cookie, status }) => ({
          headers: { cookie },
          onResponse: (answered: number) => {
            if (exact && answered !== status) wrong += 1;
          },
        })),
      );
    },
  });
  if (wrong > 0 || result.errors > 0) throw new Error(`${wrong} wrong answers, ${result.errors} errors: no figure.`);
  const processor = (await askNumber(arm.process, "processor")) - processorBefore;
  const { total } = result.requests;
  return { perSecond: total / result.duration, processorMicroseconds: processor / total };
}

async function askNumber(child: ChildProcess, question: "port" | "processor"): Promise<number> {
  return Number(await ask(child, question));
}

async function ask(child: ChildProcess, question: "port" | "processor" | "cookies"): Promise<unknown> {
  child.send(question);
  const [answer] = await once(child, "message");
  return answer;
}
