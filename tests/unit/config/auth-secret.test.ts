import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { loadAuthSecret } from "@/lib/config/auth-secret";

let dataDir: string;

beforeEach(() => {
  dataDir = join(mkdtempSync(join(tmpdir(), "gatehouse-secret-")), "data");
});

afterEach(() => rmSync(join(dataDir, ".."), { recursive: true, force: true }));

describe("loadAuthSecret", () => {
  it("makes a secret once, for its owner's eyes only, and keeps it", () => {
    const made = loadAuthSecret({ dataDir });
    expect(made.length).toBeGreaterThanOrEqual(43);
    expect(loadAuthSecret({ dataDir })).toBe(made);
    expect(statSync(join(dataDir, "auth-secret")).mode & 0o777).toBe(0o600);
    expect(readdirSync(dataDir)).toEqual(["auth-secret"]);
  });

  it("makes another one for another installation", () => {
    expect(loadAuthSecret({ dataDir })).not.toBe(loadAuthSecret({ dataDir: `${dataDir}-other` }));
    rmSync(`${dataDir}-other`, { recursive: true });
  });

  it("prefers the operator's, and then writes nothing", () => {
    expect(loadAuthSecret({ dataDir, betterAuthSecret: "theirs" })).toBe("theirs");
    expect(() => statSync(dataDir)).toThrow("ENOENT");
  });

  it("refuses a damaged file instead of signing with it", () => {
    loadAuthSecret({ dataDir });
    writeFileSync(join(dataDir, "auth-secret"), "");
    expect(() => loadAuthSecret({ dataDir })).toThrow(/auth-secret: .*damaged/);
  });
});
