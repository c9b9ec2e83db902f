import { StartUpError } from "./progress.mjs";
import { inRoot, root } from "./project.mjs";

const entryPoints = {
  server: "lib/server/main.ts",
  gatehouse: "lib/cli/main.ts",
  "stop-unused-stores": "lib/embedded/stop-unused-stores.ts",
};

/** Bundles our own code of the server and the command line; packages stay in node_modules. */
export async function buildServer() {
  // Imported here, for it is not there before the installation.
  const { build } = await import("esbuild");
  try {
    await build({
      absWorkingDir: root,
      entryPoints,
      outdir: inRoot("dist"),
      outExtension: { ".js": ".mjs" },
      bundle: true,
      packages: "external",
      platform: "node",
      format: "esm",
      target: "node20.19",
      sourcemap: true,
      logLevel: "silent",
    });
  } catch (error) {
    throw new StartUpError(`The server could not be built.\n${error.message}`);
  }
}
