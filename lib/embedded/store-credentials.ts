import { randomBytes } from "node:crypto";
import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { ConfigurationError } from "@/lib/config/configuration-error";

const password = z.string().min(16);
const storeCredentials = z.object({
  superuserPassword: password,
  ownerPassword: password,
  appPassword: password,
  redisPassword: password,
});

/** The generated passwords of the embedded stores. */
export type StoreCredentials = z.infer<typeof storeCredentials>;

const fileName = "store-credentials.json";
const generate = () => randomBytes(24).toString("base64url");

/**
 * Reads the embedded stores' passwords from the data directory (mode 0600); makes them on the first start.
 * Call it under the stores' lock. Throws a ConfigurationError if a database exists whose passwords are gone.
 */
export function loadStoreCredentials(dataDir: string, databaseExists: boolean): StoreCredentials {
  const path = join(dataDir, fileName);
  if (existsSync(path)) return parseCredentials(path);
  if (databaseExists) throw unusable(path, "the passwords of the embedded Postgres are missing");
  const credentials = {
    superuserPassword: generate(),
    ownerPassword: generate(),
    appPassword: generate(),
    redisPassword: generate(),
  };
  // Renamed into place, so that a full disk leaves no half-written file behind.
  writeFileSync(`${path}.new`, `${JSON.stringify(credentials, null, 2)}\n`, { mode: 0o600 });
  renameSync(`${path}.new`, path);
  return credentials;
}

function parseCredentials(path: string): StoreCredentials {
  try {
    return storeCredentials.parse(JSON.parse(readFileSync(path, "utf8")));
  } catch (cause) {
    if (cause instanceof Error && "code" in cause && cause.code === "EACCES") throw cause;
    throw unusable(path, "the passwords of the embedded Postgres cannot be read", cause);
  }
}

function unusable(path: string, problem: string, cause?: unknown): ConfigurationError {
  return new ConfigurationError({
    subject: path,
    problem: `${problem}; the database itself is untouched`,
    mend: "restore this file from a backup of the data directory, or set GATEHOUSE_DATA_DIR to a new directory",
    cause,
  });
}
