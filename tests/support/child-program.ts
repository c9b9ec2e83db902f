import { type ChildProcess, spawn } from "node:child_process";
import { rmSync } from "node:fs";
import { bundleProgram } from "./bundle-program";

/** A part of Gatehouse in a process of its own. */
export type ChildProgram = {
  /** Sends a question; what the program answers comes back. One that is killed answers never. */
  ask: (question: unknown) => Promise<unknown>;
  /** Ends it by SIGKILL, so that it can finish nothing. */
  kill: () => Promise<void>;
};

type Settings = {
  /**
   * TypeScript that ends with sending `{ id: -1 }`, and answers messages `{ id, question }` by `{ id, answer }`. It may
   * import whatever the tests may.
   */
  program: string;
  databaseUrl: string;
  redisUrl: string;
  env?: Record<string, string>;
};

/** Starts a program and waits until it answers. */
export async function startChildProgram({ program, databaseUrl, redisUrl, env = {} }: Settings): Promise<ChildProgram> {
  const bundled = await bundleProgram({ contents: program });
  const { home } = bundled;
  const child = spawn(process.execPath, [bundled.program], {
    env: { ...environmentOf(home), DATABASE_URL: databaseUrl, REDIS_URL: redisUrl, ...env },
    stdio: ["ignore", "ignore", "inherit", "ipc"],
  });
  const asked = new Map<number, (answer: unknown) => void>();
  const started = new Promise((resolve) => asked.set(-1, resolve));
  child.on("message", ({ id, answer }: { id: number; answer: unknown }) => asked.get(id)?.(answer));
  await started;
  return {
    ask: (question) =>
      new Promise((resolve) => {
        const id = asked.size;
        asked.set(id, resolve);
        child.send({ id, question });
      }),
    kill: async () => {
      await ended(child);
      rmSync(home, { recursive: true, force: true });
    },
  };
}

function environmentOf(home: string) {
  return {
    PATH: process.env.PATH ?? "",
    HOME: home,
    GATEHOUSE_DATA_DIR: home,
    LOG_LEVEL: "silent",
    NODE_ENV: "test" as const,
  };
}

function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => {
    child.once("exit", () => resolve());
    child.kill("SIGKILL");
  });
}
