import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { PrismaPg } from "@prisma/adapter-pg";
import { bindMigrationAwareSqlAdapterFactory } from "@prisma/driver-adapter-utils";

const require = createRequire(import.meta.url);

/**
 * The SQL that Prisma itself would write for prisma/schema, by the WebAssembly build of its schema engine. The engine
 * asks the given database for no more than its version.
 */
export async function prismaSchemaSql(databaseUrl: string): Promise<string> {
  const folder = "prisma/schema";
  const files = readdirSync(folder).map((name) => ({
    path: join(folder, name),
    content: readFileSync(join(folder, name), "utf8"),
  }));
  const engine = await startEngine(databaseUrl, files);
  const { stdout } = await engine.diff({
    from: { tag: "empty" },
    to: { tag: "schemaDatamodel", files },
    script: true,
    exitCode: null,
    shadowDatabaseUrl: null,
    filters: { externalTables: [], externalEnums: [] },
  });
  return stdout;
}

type SchemaFile = { path: string; content: string };
type Engine = { diff: (input: object) => Promise<{ stdout: string }> };

// The package's own entry expects a bundler that imports .wasm files; this is what the bundler would have written.
async function startEngine(databaseUrl: string, files: SchemaFile[]): Promise<Engine> {
  const entry = require.resolve("@prisma/schema-engine-wasm/schema_engine_bg");
  const bindings = await import(entry);
  const wasm = readFileSync(entry.replace(/\.js$/, ".wasm"));
  const { instance } = await WebAssembly.instantiate(wasm, { "./schema_engine_bg.js": bindings });
  bindings.__wbg_set_wasm(instance.exports);
  const start = instance.exports.__wbindgen_start;
  if (typeof start === "function") start();
  const adapter = bindMigrationAwareSqlAdapterFactory(new PrismaPg({ connectionString: databaseUrl }));
  const datamodels = files.map(({ path, content }) => [path, content]);
  return bindings.SchemaEngine.new({ datamodels }, () => undefined, adapter);
}
