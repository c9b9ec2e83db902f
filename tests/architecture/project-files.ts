import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath, pathToFileURL } from "node:url";

/** The repository's root, with a slash at its end. */
export const root = fileURLToPath(new URL("../../", import.meta.url));

/** Paths below a folder of the root that match, sorted, with forward slashes. */
export function findFiles(folder: string, matching: RegExp): string[] {
  return readdirSync(`${root}${folder}`, { recursive: true, encoding: "utf8" })
    .map((path) => `${folder}/${path.replaceAll("\\", "/")}`)
    .filter((path) => matching.test(path))
    .sort();
}

/** The text of a file below the root. */
export function readText(path: string): string {
  return readFileSync(`${root}${path}`, "utf8");
}

/** What a module below the root exports. */
export async function importModule(path: string): Promise<Record<string, unknown>> {
  return import(pathToFileURL(`${root}${path}`).href);
}
