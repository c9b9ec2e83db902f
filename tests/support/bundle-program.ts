import { mkdirSync, mkdtempSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";

/** What is to be bundled: TypeScript that may import whatever the tests may, or a file of the project. */
export type ProgramSource = { contents: string } | { entryPoint: string };

/**
 * Bundles a program for a process of its own, into a directory of its own, which whoever asked removes. Bundling takes a
 * fraction of a second, and saves several of each start.
 */
export async function bundleProgram(source: ProgramSource): Promise<{ home: string; program: string }> {
  const directory = join("node_modules", ".cache", "gatehouse-programs");
  mkdirSync(directory, { recursive: true });
  // Inside the tree, so that packages are found.
  const home = mkdtempSync(join(directory, "run-"));
  const program = join(home, "program.mjs");
  await build({
    ...("contents" in source
      ? { stdin: { contents: source.contents, resolveDir: process.cwd(), loader: "ts" as const } }
      : { entryPoints: [source.entryPoint] }),
    outfile: program,
    bundle: true,
    packages: "external",
    platform: "node",
    format: "esm",
    logLevel: "silent",
  });
  return { home, program };
}
