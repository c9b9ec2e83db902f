import { oneOf, someAddress, weighted } from "./chance";
import { changePassword } from "./password-way";
import { revocationOf, revoke } from "./revocation-ways";
import { type Person, seedPeople, seedResetTokens } from "./seeds";
import { signIn } from "./sign-in";
import { check, type Driving, enterTenant } from "./uses";
import { firstPassword, type Held } from "./world";

/** Races that are prepared together, by a handful of statements. */
const batchSize = 100;

/** How many races run, and how many side by side. */
export type RacePlan = { races: number; sideBySide: number };

/**
 * Races, each on somebody of its own: among a sign-in with the password of before, a change of that password, a session
 * that enters another tenant and a revocation of everything, begun within a few milliseconds of each other, at any
 * instance. Then every session that came of it, and the one from before, is tried everywhere.
 */
export async function runRaces(driving: Driving, { races, sideBySide }: RacePlan): Promise<void> {
  for (let done = 0; done < races; done += batchSize) {
    const lineUps = await prepare(driving, Math.min(batchSize, races - done));
    const next = lineUps.values();
    await Promise.all(
      Array.from({ length: sideBySide }, async () => {
        for (const lineUp of next) await race(driving, lineUp);
      }),
    );
  }
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
  await new Promise((resolve) => setTimeout(resolve, Math.random() * headStartMilliseconds));
  return work();
}
