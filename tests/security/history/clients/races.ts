import { setTimeout as delay } from "node:timers/promises";
import { oneOf, someAddress, weighted } from "./chance";
import { changePassword } from "./password-way";
import { revocationOf, revoke } from "./revocation-ways";
import { type Person, seedPeople, seedResetTokens } from "./seeds";
import { signIn } from "./sign-in";
import { check, type Driving, enterTenant } from "./uses";
import { firstPassword, type Held } from "./world";

/** Races that are prepared together, by a handful of statements. */
const batchSize = 100;

/** How many races have to be run to the end, and how many side by side. */
export type RacePlan = { races: number; sideBySide: number };

/** How many were run, and in how many of them every request was answered with more than "later" or "too many". */
export type RaceCounts = { run: number; answered: number };

/**
 * Races, each on somebody of its own: among a sign-in with the password of before, a change of that password, a session
 * that enters another tenant and a revocation of everything, begun within a few milliseconds of each other, at any
 * instance. Then every session that came of it, and the one from before, is tried everywhere. A race in which a request
 * was turned away does not count and is made up for; where that happens to one in five, it stays undone.
 */
export async function runRaces(driving: Driving, { races, sideBySide }: RacePlan): Promise<RaceCounts> {
  const counts = { run: 0, answered: 0 };
  while (counts.answered < races && counts.run < races * 1.25) {
    const lineUps = await prepare(driving, Math.min(batchSize, races - counts.answered));
    await runBatch(driving, counts, { lineUps, sideBySide, isOver: () => false });
  }
  return counts;
}

/** The same beside something else, until that is over. Nobody can be lined up while Postgres is away. */
export async function raceAlong(driving: Driving, isOver: () => boolean): Promise<RaceCounts> {
  const counts = { run: 0, answered: 0 };
  while (!isOver()) {
    const lineUps = await prepare(driving, sideBySideAlong).catch((): LineUp[] => []);
    if (lineUps.length === 0) await delay(50);
    await runBatch(driving, counts, { lineUps, sideBySide: sideBySideAlong, isOver });
  }
  return counts;
}

const sideBySideAlong = 2;

type Batch = { lineUps: readonly LineUp[]; sideBySide: number; isOver: () => boolean };

async function runBatch(driving: Driving, counts: RaceCounts, { lineUps, sideBySide, isOver }: Batch): Promise<void> {
  const next = lineUps.values();
  await Promise.all(
    Array.from({ length: sideBySide }, async () => {
      for (const lineUp of next) {
        if (isOver()) return;
        counts.run += 1;
        if (await isAnswered(driving, (watched) => race(watched, lineUp))) counts.answered += 1;
      }
    }),
  );
}

const turnedAway: readonly number[] = [0, 429, 503];

async function isAnswered(driving: Driving, work: (watched: Driving) => Promise<void>): Promise<boolean> {
  let isWhole = true;
  const call: Driving["client"]["call"] = async (...asked) => {
    const answer = await driving.client.call(...asked);
    if (turnedAway.includes(answer.status)) isWhole = false;
    return answer;
  };
  await work({ ...driving, client: { ...driving.client, call } });
  return isWhole;
}

/** Who races: somebody with a session, and a link to change the password. */
type LineUp = { person: Person; before: Held | undefined; token: string };

async function prepare({ world }: Driving, count: number): Promise<LineUp[]> {
  const { stores, passwordHash } = world;
  const tenantIds = world.tenants.slice(0, 2).map(({ id }) => id);
  const people = await seedPeople(stores, { count, tenantIds, password: firstPassword, passwordHash });
  const tokens = await seedResetTokens(
    stores,
    people.map(({ id }) => id),
  );
  const held = await world.seed(
    people.map((person) => ({ person, tenantId: oneOf(tenantIds), address: someAddress() })),
  );
  const heldOf = new Map(held.map((one) => [one.person.id, one]));
  return people.map((person, place) => ({ person, before: heldOf.get(person.id), token: tokens[place] ?? "" }));
}

async function race(driving: Driving, { person, before, token }: LineUp): Promise<void> {
  const somewhere = () => Math.floor(Math.random() * driving.instances);
  const runs = weighted(fields);
  const [signedIn] = await Promise.all([
    runs.includes("sign-in") && soon(() => signIn(driving, somewhere(), { person })),
    runs.includes("change") && soon(() => changePassword(driving, somewhere(), { person, token })),
    runs.includes("revoke") &&
      soon(() => revoke(driving, somewhere(), { way: "revoke-user", ...revocationOf(person) })),
    runs.includes("enter") && before && soon(() => enter(driving, before, somewhere())),
    // Nobody has asked for it yet: each of these looks it up, and would cache it.
    ...(before ? readers.map(() => soon(() => check(driving, before, somewhere()))) : []),
  ]);
  const held = [before, signedIn].filter((one) => one !== undefined && one !== null && one !== false);
  for (let instance = 0; instance < driving.instances; instance += 1)
    await Promise.all(held.map((one) => check(driving, one, instance)));
}

const readers = [0, 1, 2, 3];

type Runner = "sign-in" | "change" | "revoke" | "enter";

/** Who runs against whom, and how often: always something that begins or goes on against something that ends it. */
const fields: readonly (readonly [runners: readonly Runner[], weight: number])[] = [
  [["sign-in", "change"], 30],
  [["sign-in", "revoke"], 20],
  [["enter", "revoke"], 20],
  [["enter", "change"], 15],
  [["sign-in", "enter", "change", "revoke"], 15],
];

function enter(driving: Driving, held: Held, instance: number): Promise<unknown> {
  return enterTenant(driving, held, { instance, tenantId: oneOf(held.person.tenantIds) });
}

const headStartMilliseconds = 25;

// A sign-in spends most of its time on the password, so the others start anywhere within that.
async function soon<Result>(work: () => Promise<Result>): Promise<Result> {
  await delay(Math.random() * headStartMilliseconds);
  return work();
}
