import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync } from "node:fs";
import { delimiter, join } from "node:path";

/** A program that a test runs, and what its environment needs; or why there is none, with what to install. */
export type FoundProgram = { path: string; env: Record<string, string>; missing: null } | { missing: string };

type Wanted = {
  /** The Debian package, the program's path in it, and libraries that a minimal system may lack. */
  name: string;
  program: string;
  libraries?: string[];
};

const usualPlaces = ["/usr/sbin", "/usr/bin", "/usr/local/sbin", "/usr/local/bin", "/opt/homebrew/bin"];
const downloadMilliseconds = 120_000;

/**
 * A program of this system, else Debian's package, downloaded by apt-get (which verifies its signature) and unpacked
 * below node_modules without touching the system. It is kept there between runs.
 */
export function findDebianProgram({ name, program, libraries = [] }: Wanted): FoundProgram {
  const places = [...(process.env.PATH ?? "").split(delimiter).filter(Boolean), ...usualPlaces];
  const installed = places.map((place) => join(place, name)).find(existsSync);
  if (installed) return { path: installed, env: {}, missing: null };
  const directory = join(process.cwd(), "node_modules", ".cache", `gatehouse-${name}`);
  const reason = existsSync(join(directory, program)) ? null : tryToUnpack([name, ...libraries], directory);
  if (reason !== null) return { missing: `not run: install ${name}; Debian's package could not be fetched: ${reason}` };
  const folders = ["usr/lib", "lib"].map((path) => join(directory, path)).filter(existsSync);
  const multiarch = folders.flatMap((folder) => readdirSync(folder).map((entry) => join(folder, entry)));
  return {
    path: join(directory, program),
    env: { LD_LIBRARY_PATH: [...folders, ...multiarch].join(":") },
    missing: null,
  };
}

function tryToUnpack(packages: string[], directory: string): string | null {
  mkdirSync(join(directory, ".."), { recursive: true });
  const draft = mkdtempSync(`${directory}-`);
  const options = { cwd: draft, stdio: "pipe", timeout: downloadMilliseconds } as const;
  try {
    execFileSync("apt-get", ["download", "-qq", ...packages], options);
    for (const archive of readdirSync(draft).filter((entry) => entry.endsWith(".deb"))) {
      execFileSync("dpkg-deb", ["-x", archive, "."], options);
      rmSync(join(draft, archive));
    }
    // Whole or not at all: another run may be looking.
    renameSync(draft, directory);
    return null;
  } catch (error) {
    return (error instanceof Error ? error.message : String(error)).trim().split("\n").at(-1) ?? "it failed";
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
}
