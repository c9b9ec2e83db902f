import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** One migration of prisma/migrations. */
export type MigrationFile = {
  /** The folder's name; migrations are applied in its order. */
  name: string;
  sql: string;
  /** SHA-256 (hex) of the file, as Prisma records it. */
  checksum: string;
};

/** Every migration of this version of the code, in the order of application. */
export async function readMigrationFiles(): Promise<MigrationFile[]> {
  const folder = findMigrationsFolder();
  const entries = await readdir(folder, { withFileTypes: true });
  const names = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  return Promise.all(
    names.sort().map(async (name) => {
      const bytes = await readFile(join(folder, name, "migration.sql"));
      return { name, sql: bytes.toString("utf8"), checksum: createHash("sha256").update(bytes).digest("hex") };
    }),
  );
}

// The code runs from lib/ in development and from dist/ in production: look upward from wherever this file is.
function findMigrationsFolder(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (dirname(folder) !== folder) {
    const candidate = join(folder, "prisma", "migrations");
    if (existsSync(join(candidate, "migration_lock.toml"))) return candidate;
    folder = dirname(folder);
  }
  throw new Error("The folder prisma/migrations is missing from this installation.");
}
