import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { z } from "zod";
import { type Finding, findings } from "./finding";

const { ok, warning, failure } = findings("versions");

const packageFile = z.object({
  version: z.string(),
  engines: z.object({ node: z.string() }),
  dependencies: z.record(z.string(), z.string()),
});
const installedFile = z.object({ version: z.string() });

/** Whether Node is new enough, and whether the installed packages are those that this version was made with. */
export function checkVersions(nodeVersion = process.versions.node): Finding[] {
  const root = findRoot();
  const { version, engines, dependencies } = packageFile.parse(
    JSON.parse(readFileSync(join(root, "package.json"), "utf8")),
  );
  const wanted = engines.node.replace(/[^\d.]/g, "");
  const node = isAtLeast(nodeVersion, wanted)
    ? ok(`Gatehouse ${version} on Node ${nodeVersion}`)
    : failure(`Node ${nodeVersion} is older than ${wanted}`, `install Node ${wanted} or newer`);
  const other = Object.entries(dependencies).filter(([name, exact]) => installedVersion(root, name) !== exact);
  const [first] = other;
  if (!first) return [node, ok(`all ${Object.keys(dependencies).length} packages are the locked ones`)];
  const [name, exact] = first;
  const rest = other.length === 1 ? "" : ` and ${other.length - 1} more`;
  return [
    node,
    warning(
      `${name} ${installedVersion(root, name) ?? "(missing)"} is installed instead of ${exact}${rest}`,
      "run npm ci",
    ),
  ];
}

function installedVersion(root: string, name: string): string | null {
  const path = join(root, "node_modules", name, "package.json");
  if (!existsSync(path)) return null;
  return installedFile.safeParse(JSON.parse(readFileSync(path, "utf8"))).data?.version ?? null;
}

/** Whether a dotted version is another one or newer. */
export function isAtLeast(version: string, wanted: string): boolean {
  const [found, needed] = [version, wanted].map((text) =>
    text.split(".").map((part) => Number.parseInt(part, 10) || 0),
  );
  for (let index = 0; index < 3; index += 1) {
    const difference = (found?.[index] ?? 0) - (needed?.[index] ?? 0);
    if (difference !== 0) return difference > 0;
  }
  return true;
}

// The code runs from lib/ in development and from dist/ in production.
function findRoot(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, "package.json")) && dirname(folder) !== folder) folder = dirname(folder);
  return folder;
}
