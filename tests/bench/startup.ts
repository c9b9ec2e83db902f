import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readdirSync, readFileSync } from "node:fs";
import { createInterface } from "node:readline";
import { setTimeout as delay } from "node:timers/promises";
import { freePort } from "@/lib/embedded/free-port";
import { makeTestDataDirectory, stopAndRemove } from "@/tests/support/test-stores";
import { median, print } from "./support/figures";

/** Starts that are measured, after a first one that creates the database. */
const starts = 5;
/** Seconds at rest before the memory is read. */
const restSeconds = 15;

const dataDir = makeTestDataDirectory();
try {
  await startAndStop();
  const seconds: number[] = [];
  const megabytes: number[] = [];
  for (let round = 0; round < starts; round += 1) {
    const measured = await startAndStop({ rest: round === starts - 1 });
    seconds.push(measured.seconds);
    if (measured.megabytes !== null) megabytes.push(measured.megabytes);
  }
  print({ figure: "startup.second-start-seconds", ...median(seconds), wanted: "<= 10" });
  if (megabytes.length > 0)
    print({ figure: "startup.resident-megabytes-at-rest", value: megabytes[0], wanted: "<= 400" });
} finally {
  await stopAndRemove(dataDir);
}

/** `npm run up` without npm: from the command to the line that names the address. */
async function startAndStop({ rest = false } = {}): Promise<{ seconds: number; megabytes: number | null }> {
  const startedAt = performance.now();
  const child = spawn(process.execPath, ["scripts/up.mjs"], {
    env: { ...process.env, GATEHOUSE_DATA_DIR: dataDir, PORT: String(await freePort()) },
    stdio: ["ignore", "pipe", "inherit"],
  });
  await untilReady(child);
  const seconds = (performance.now() - startedAt) / 1_000;
  const megabytes = rest ? await memoryAtRest(child) : null;
  child.kill("SIGTERM");
  await once(child, "exit");
  return { seconds, megabytes };
}

async function untilReady({ stdout }: ChildProcess): Promise<void> {
  if (!stdout) throw new Error("The server's output is not read.");
  for await (const line of createInterface({ input: stdout })) {
    if (!line.includes("is ready at")) continue;
    stdout.resume();
    return;
  }
  throw new Error("The server ended before it was ready.");
}

/** Of the server, which is the start-up script's child; null where there is no /proc to read it from. */
async function memoryAtRest({ pid }: ChildProcess): Promise<number | null> {
  await delay(restSeconds * 1_000);
  try {
    const children = readdirSync("/proc")
      .filter((entry) => /^\d+$/.test(entry))
      .map((entry) => readStatus(entry))
      .filter((status) => field(status, "PPid") === pid);
    const kilobytes = Math.max(...children.map((status) => field(status, "VmRSS")));
    return Math.round(kilobytes / 1_024);
  } catch {
    return null;
  }
}

function readStatus(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/status`, "utf8");
  } catch {
    // It ended while we looked.
    return "";
  }
}

function field(status: string, name: string): number {
  return Number(new RegExp(`^${name}:\\s+(\\d+)`, "m").exec(status)?.[1] ?? 0);
}
