import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { openCountryDatabase } from "@/lib/geo/country-database";
import { writeCountryFile } from "@/tests/support/country-file";

const folder = mkdtempSync(join(tmpdir(), "gatehouse-geo-"));
afterAll(() => rmSync(folder, { recursive: true }));

let files = 0;
function newPath(): string {
  files += 1;
  return join(folder, `${files}.mmdb`);
}

async function open(path: string) {
  const errors: unknown[] = [];
  const database = await openCountryDatabase({ path, onError: (error) => errors.push(error) });
  return { ...database, errors };
}

test("an address is in the country of its range, and one in no range, no address and the other family in none", async () => {
  const path = newPath();
  writeCountryFile(path, { "203.0.113.0/24": "NL", "198.51.100.128/25": "JP", "192.0.2.1": "zz" });
  const { countryOf, close } = await open(path);
  const asked = [
    "203.0.113.7",
    "198.51.100.200",
    "198.51.100.7",
    "192.0.2.1",
    "2001:db8::1",
    "::ffff:203.0.113.7",
    "x",
    "",
    null,
  ];
  expect(asked.map(countryOf)).toEqual(["NL", "JP", null, null, null, null, null, null, null]);
  close();
});

describe("a file on disk", () => {
  test("that was replaced is read again", async () => {
    const path = newPath();
    writeCountryFile(path, { "203.0.113.0/24": "NL" });
    const { countryOf, refresh, close } = await open(path);
    writeCountryFile(path, { "203.0.113.0/24": "BE" });
    await refresh();
    expect(countryOf("203.0.113.7")).toBe("BE");
    close();
  });

  test("that was spoilt or removed leaves the former in use and is reported", async () => {
    const path = newPath();
    writeCountryFile(path, { "203.0.113.0/24": "NL" });
    const { countryOf, refresh, errors, close } = await open(path);
    writeFileSync(path, "not a database");
    await refresh();
    rmSync(path);
    await refresh();
    expect(countryOf("203.0.113.7")).toBe("NL");
    expect(errors).toHaveLength(2);
    close();
  });

  test.for(["missing", "of another format", "empty"])(
    "that is %s refuses to start, naming the variable",
    async (kind) => {
      const path = newPath();
      if (kind !== "missing") writeFileSync(path, kind === "empty" ? "" : "x".repeat(5_000));
      await expect(open(path)).rejects.toMatchObject({ name: "ConfigurationError", subject: "GEOIP_DATABASE" });
    },
  );
});
