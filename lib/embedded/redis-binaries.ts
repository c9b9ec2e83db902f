import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync } from "node:fs";
import { homedir } from "node:os";
import { delimiter, join } from "node:path";
import { ConfigurationError } from "@/lib/config/configuration-error";
import { storeEnvironment } from "./spawn-detached";
import { unpackDebianRedis } from "./unpack-debian-redis";

/** A Redis or Valkey server program, and what its environment needs. */
export type RedisBinary = { path: string; env: Record<string, string> };

const programs = ["redis-server", "valkey-server"];
// Where Linux distributions and Homebrew put servers, which an ordinary user's PATH may not name.
const usualPlaces = [
  ...storeEnvironment.PATH.split(":"),
  "/opt/homebrew/bin",
  "/home/linuxbrew/.linuxbrew/bin",
  join(homedir(), ".local/bin"),
  "/snap/bin",
];
const majorVersionMin = 7;

type FindOptions = { searchPath: string; unpackDirectory: string; onProgress: (message: string) => void };

/**
 * A Redis ≥ 7 or Valkey of this system; else Debian's package, unpacked below `unpackDirectory` without touching the
 * system. Throws a ConfigurationError with the way to get one.
 */
export function findRedisBinary({ searchPath, unpackDirectory, onProgress }: FindOptions): RedisBinary {
  const installed = findInstalled(searchPath) ?? usable(unpackedIn(unpackDirectory));
  if (installed) return installed;
  mkdirSync(unpackDirectory, { recursive: true, mode: 0o700 });
  const failure = unpackDebianRedis(unpackDirectory, onProgress);
  const unpacked = usable(unpackedIn(unpackDirectory));
  if (unpacked) return unpacked;
  throw notFound(failure);
}

function findInstalled(searchPath: string): RedisBinary | null {
  const directories = new Set([...searchPath.split(delimiter).filter(Boolean), ...usualPlaces]);
  for (const directory of directories) {
    for (const program of programs) {
      const found = usable({ path: join(directory, program), env: {} });
      if (found) return found;
    }
  }
  return null;
}

// Debian's redis-check-rdb *is* the server: the program looks at the name under which it was started.
function unpackedIn(directory: string): RedisBinary {
  const libraries = join(directory, "usr", "lib");
  const multiarch = existsSync(libraries) ? readdirSync(libraries).map((name) => join(libraries, name)) : [];
  return { path: join(directory, "redis-server"), env: { LD_LIBRARY_PATH: [libraries, ...multiarch].join(":") } };
}

function usable(binary: RedisBinary): RedisBinary | null {
  if (!existsSync(binary.path)) return null;
  try {
    const env = { ...storeEnvironment, ...binary.env };
    const version = execFileSync(binary.path, ["--version"], {
      encoding: "utf8",
      env,
      stdio: ["ignore", "pipe", "ignore"],
    });
    return Number(/\bv=(\d+)/.exec(version)?.[1]) >= majorVersionMin ? binary : null;
  } catch {
    return null;
  }
}

function notFound(failure: string | null): ConfigurationError {
  const command =
    process.platform === "darwin"
      ? "brew install redis"
      : "your package manager (apt install redis-server, dnf install valkey, apk add redis)";
  return new ConfigurationError({
    subject: "embedded Redis",
    problem: `this system has no Redis ≥ ${majorVersionMin} or Valkey${failure ? `, and fetching Debian's failed: ${failure}` : ""}`,
    mend: `install one with ${command}, or set REDIS_URL to a server of yours`,
  });
}
