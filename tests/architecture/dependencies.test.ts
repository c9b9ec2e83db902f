import { existsSync } from "node:fs";
import semver from "semver";
import { describe, expect, it } from "vitest";
import { readText, root } from "./project-files";

type Package = {
  version: string;
  engines?: { node?: string };
  dependencies?: Record<string, string>;
  devDependencies?: Record<string, string>;
};

const ours: Package = JSON.parse(readText("package.json"));
const names = Object.keys({ ...ours.dependencies, ...ours.devDependencies });

// The lowest Node that we promise, and the lines that must work besides (package.json, docs).
const promised = ["20.19.0", "22.12.0", "24.0.0"];

function installed(name: string): Package {
  return JSON.parse(readText(`node_modules/${name}/package.json`));
}

describe("dependencies", () => {
  it("run on every Node that we promise", () => {
    const refusing = names.flatMap((name) => {
      const range = installed(name).engines?.node;
      return promised
        .filter((node) => range && !semver.satisfies(node, range))
        .map((node) => `${name} ${range} ${node}`);
    });
    expect(refusing).toEqual([]);
    expect(promised.every((node) => semver.satisfies(node, ours.engines?.node ?? ""))).toBe(true);
  });

  it("are declared as exact versions, so that two installs are the same", () => {
    const ranges = Object.entries({ ...ours.dependencies, ...ours.devDependencies }).filter(
      ([, version]) => semver.valid(version) === null,
    );
    expect(ranges).toEqual([]);
  });

  it("are installed as the lock file says", () => {
    const lock: { packages: Record<string, { version: string }> } = JSON.parse(readText("package-lock.json"));
    const different = names.filter(
      (name) => lock.packages[`node_modules/${name}`]?.version !== installed(name).version,
    );
    expect(different).toEqual([]);
  });

  // CVE-2025-55182 and its kin: code execution through the RSC protocol; CVE-2025-29927: middleware bypass.
  it("are past the versions with known ways in", () => {
    expect(semver.gte(installed("next").version, "16.2.6")).toBe(true);
    expect(semver.gte(installed("react").version, "19.2.3")).toBe(true);
    expect(semver.gte(installed("better-auth").version, "1.7.24")).toBe(true);
  });

  it("do not include what would open a second door", () => {
    expect(existsSync(`${root}node_modules/@better-auth/infra`)).toBe(false);
  });
});
