import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { expect, it } from "vitest";
import { root } from "./project-files";

it("every import keeps to the layers of docs/architecture.md", { timeout: 180_000 }, async () => {
  const run = promisify(execFile)(
    process.execPath,
    [
      "node_modules/dependency-cruiser/bin/dependency-cruise.mjs",
      ...["--config", ".dependency-cruiser.cjs", "--output-type", "err"],
      ...["app", "components", "lib", "scripts", "middleware.ts"],
    ],
    { cwd: root },
  );
  await expect(
    run.then(
      ({ stdout }) => stdout,
      ({ stdout }) => stdout,
    ),
  ).resolves.toContain("no dependency violations found");
});
