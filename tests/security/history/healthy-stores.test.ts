import { createHash } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Bed, openBed } from "./bed";
import { createDealer, oneOf } from "./clients/chance";
import { runRaces } from "./clients/races";
import { signIn } from "./clients/sign-in";
import { largeWays, namingWays, runStorm, warmUp } from "./clients/storm";
import { firstPassword } from "./clients/world";
import { dumpPostgres, dumpRedis } from "./faults/dump-stores";
import { historySize } from "./history-size";
import { startRun } from "./run";

let bed: Bed;
beforeAll(async () => {
  bed = await openBed({ instances: 2 });
  await warmUp(bed.driving);
}, historySize.patience);
afterAll(() => bed?.close());

test.each([
  { kind: "that names what it ends", size: historySize.naming, ways: namingWays, enders: 4 },
  { kind: "of more than can be named", size: historySize.large, ways: largeWays, enders: 2 },
])(
  "two instances under every revocation $kind: A to E hold",
  async ({ kind, size: { plan, promised }, ways, enders }) => {
    const run = await startRun(`revocations ${kind}`, bed.driving, { promised: { ...promised, ways } });
    await runStorm(bed.driving, { ...plan, nextKind: createDealer(ways), checkers: 12, enders });
    expect(await run.finish()).toEqual([]);
  },
  historySize.patience,
);

test(
  "sign-in, entering a tenant, password change and revocation of one person at once: an old password leaves no session",
  async () => {
    const run = await startRun("races", bed.driving);
    const { answered } = await runRaces(bed.driving, { races: historySize.races, sideBySide: 6 });
    expect(answered).toBeGreaterThanOrEqual(historySize.races);
    expect(await run.finish()).toEqual([]);
  },
  historySize.patience,
);

test("dumps of Postgres and Redis, taken after a run, hold no token that signs anyone in", async () => {
  const { driving, stores } = bed;
  const nextKind = createDealer(namingWays);
  await runStorm(driving, { uses: 1_000, ends: 60, nextKind, checkers: 4, enders: 2 });
  for (let time = 0; time < 10; time += 1) await signIn(driving, time % 2, { person: oneOf(driving.world.people) });
  const cookies = [...driving.world.live.values()].map(({ cookie }) => cookie);
  const dump = `${await dumpPostgres(stores)}\n${await dumpRedis(stores)}`;
  const hashes = new Set(
    (await stores.asSuperuser<{ hash: string }>("select token_hash as hash from session")).map(({ hash }) => hash),
  );

  const held = cookies.map(tokenOf);
  expect(held.filter((token) => hashes.has(sha256(token))).length).toBeGreaterThan(20);
  expect(held.filter((token) => dump.includes(token))).toEqual([]);
  // Nor anything else of which a stored hash was made, whoever holds it.
  const words = new Set(dump.match(/[\w-]{16,}/g));
  expect(words.size).toBeGreaterThan(1_000);
  expect([...words].filter((word) => hashes.has(sha256(word)))).toEqual([]);
  expect(dump).not.toContain(firstPassword);
  expect(dump).not.toContain(bed.secret);
});

function tokenOf(cookie: string): string {
  return decodeURIComponent(cookie.slice(cookie.indexOf("=") + 1)).split(".")[0] ?? "";
}

function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
