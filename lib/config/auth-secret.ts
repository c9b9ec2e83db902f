import { randomBytes } from "node:crypto";
import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ConfigurationError } from "./configuration-error";
import type { Env } from "./env";
import { secret } from "./env-values";

/**
 * BETTER_AUTH_SECRET, or the one generated once into `<data directory>/auth-secret` (mode 0600).
 * Safe when several processes start at once: one of them makes it, all read the same.
 */
export function loadAuthSecret(env: Pick<Env, "betterAuthSecret" | "dataDir">): string {
  if (env.betterAuthSecret) return env.betterAuthSecret;
  const path = join(env.dataDir, "auth-secret");
  const found = readSecret(path);
  if (found !== null) return assertUsable(found, path);
  createOnce(path, env.dataDir);
  return assertUsable(readSecret(path) ?? "", path);
}

function readSecret(path: string): string | null {
  try {
    return readFileSync(path, "utf8").trim();
  } catch (error) {
    if (isCode(error, "ENOENT")) return null;
    throw error;
  }
}

// Written aside and linked into place: a reader sees the whole secret or none, and the first writer wins.
function createOnce(path: string, dataDir: string): void {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const draft = `${path}.${process.pid}.${randomBytes(4).toString("hex")}`;
  try {
    writeFileSync(draft, `${randomBytes(32).toString("base64url")}\n`, { mode: 0o600, flag: "wx" });
    linkSync(draft, path);
  } catch (error) {
    if (!isCode(error, "EEXIST")) throw error;
  } finally {
    rmSync(draft, { force: true });
  }
}

function assertUsable(text: string, path: string): string {
  if (secret.safeParse(text).success) return text;
  throw new ConfigurationError({
    subject: path,
    problem: "the generated secret in this file is damaged",
    mend: "restore the file from a backup; if there is none, delete it, and everybody signs in again",
  });
}

function isCode(error: unknown, code: string): boolean {
  return error instanceof Error && "code" in error && error.code === code;
}
