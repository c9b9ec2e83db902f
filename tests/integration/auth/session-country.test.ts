import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { withScope } from "@/lib/db/scoped-transaction";
import { countryDatabase, openCountryDatabase } from "@/lib/geo/country-database";
import { writeCountryFile } from "@/tests/support/country-file";
import { type AuthFixture, makeAccount, makeBrowser, startAuthFixture } from "./auth-fixture";

const folder = mkdtempSync(join(tmpdir(), "gatehouse-country-"));
const path = join(folder, "country.mmdb");
let fixture: AuthFixture;
let close: () => void;
beforeAll(async () => {
  fixture = await startAuthFixture();
});
afterAll(async () => {
  close();
  await fixture.stop();
  rmSync(folder, { recursive: true });
});

async function countriesOf(userId: string) {
  const rows = await withScope({ kind: "platform" }, (tx) =>
    tx.session.findMany({ where: { userId }, orderBy: { createdAt: "asc" }, select: { country: true }, take: 10 }),
  );
  return rows.map(({ country }) => country);
}

it("a session carries the country of the address it was begun from, once there is a database", async () => {
  const user = await makeAccount();
  const signIn = async () => expect((await makeBrowser().signIn(user.email)).status).toBe(200);
  await signIn();
  writeCountryFile(path, { "10.0.0.0/8": "IS" });
  const database = await openCountryDatabase({ path, onError: () => undefined });
  close = database.close;
  countryDatabase.set(database);
  await signIn();
  writeCountryFile(path, { "11.0.0.0/8": "IS" });
  await database.refresh();
  await signIn();
  expect(await countriesOf(user.id)).toEqual([null, "IS", null]);
});
