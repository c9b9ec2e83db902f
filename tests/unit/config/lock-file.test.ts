import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { z } from "zod";

const lockFile = z
  .object({
    packages: z.record(z.string(), z.object({ optionalDependencies: z.record(z.string(), z.string()).optional() })),
  })
  .parse(JSON.parse(readFileSync("package-lock.json", "utf8")));

describe("package-lock.json", () => {
  // npm leaves out packages for other systems that its registry did not offer, and `npm ci` then refuses the whole file.
  it("names the optional packages of every system, so that a fresh clone installs", () => {
    const { packages } = lockFile;
    const absent = Object.entries(packages).flatMap(([path, { optionalDependencies = {} }]) =>
      Object.keys(optionalDependencies).filter(
        (name) => !packages[`node_modules/${name}`] && !packages[`${path}/node_modules/${name}`],
      ),
    );
    expect(absent).toEqual([]);
  });

  it("names no registry", () => {
    expect(readFileSync("package-lock.json", "utf8")).not.toContain('"resolved": "http');
  });
});
