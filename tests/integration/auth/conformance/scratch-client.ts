import { execFile } from "node:child_process";
import { createHash, randomUUID } from "node:crypto";
import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { promisify } from "node:util";
import { PrismaPg } from "@prisma/adapter-pg";
import type { PrismaClient } from "@/prisma/generated/client";

const cache = join(process.cwd(), "node_modules", ".cache", "gatehouse-conformance");
const load = createRequire(join(process.cwd(), "package.json"));

/** A Prisma client for a schema that is known only now. Generating takes a second; a schema met before is kept. */
export async function createScratchClient(models: string, connectionString: string): Promise<PrismaClient> {
  const directory = join(cache, createHash("sha256").update(models).digest("hex").slice(0, 16));
  if (!existsSync(directory)) await generate(models, directory);
  // Generated for other models than ours; Better Auth's adapter looks them up by name.
  const { PrismaClient: Client } = load(directory) as { PrismaClient: typeof PrismaClient };
  return new Client({ adapter: new PrismaPg({ connectionString, max: 5 }, { schema: "scratch" }) });
}

// Beside its final place first: a run that is cut off leaves nothing that looks finished, and of two suites that
// meet the same schema at once the first one to finish is kept.
async function generate(models: string, directory: string): Promise<void> {
  const draft = `${directory}.${randomUUID()}`;
  mkdirSync(draft, { recursive: true });
  const schema = join(draft, "scratch.prisma");
  writeFileSync(
    schema,
    `generator client {\n  provider = "prisma-client-js"\n  output = "${join(draft, "client")}"\n}\n\ndatasource db {\n  provider = "postgresql"\n}\n\n${models}\n`,
  );
  const environment = { ...process.env, CHECKPOINT_DISABLE: "1", PRISMA_SCHEMA_ENGINE_BINARY: process.execPath };
  const prisma = join(process.cwd(), "node_modules", "prisma", "build", "index.js");
  await promisify(execFile)(process.execPath, [prisma, "generate", "--schema", schema], { env: environment });
  try {
    renameSync(join(draft, "client"), directory);
  } catch (error) {
    if (!existsSync(directory)) throw error;
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
}
