import { setTimeout as delay } from "node:timers/promises";
import { deleteUser, lock, removeMember, signOut, suspend } from "./account-ways";
import { oneIn, oneOf, someAddress, type Weighted } from "./chance";
import { revokeByFilter, revokeLargeSet, revokePlatform, revokeTenant } from "./filter-ways";
import { impersonate } from "./impersonation-way";
import { revokeOthers, revokeOwn } from "./own-ways";
import { resetPassword } from "./password-way";
import { type EndWay, revokeOne, revokeSeveral, revokeUser, revokeUserInTenant } from "./revocation-ways";
import { signIn, signInAgain } from "./sign-in";
import { check, type Driving, enterTenant, getSession, readOwn } from "./uses";
import type { Held } from "./world";

/** A way to end sessions, and the name under which its ends are recorded. */
export type Kind = readonly [kind: string, way: EndWay];

/** Ways to end sessions, and how often each is taken. */
export type Ways = Weighted<Kind>;

/** Every way that fences what it ends by name, and lets the cache go on for everybody else. */
export const namingWays: Ways = [
  [["revoke-one", revokeOne], 24],
  [["revoke-several", revokeSeveral], 10],
  [["revoke-user", revokeUser], 18],
  [["revoke-user-in-tenant", revokeUserInTenant], 10],
  [["revoke-by-filter", revokeByFilter], 8],
  [["revoke-tenant", revokeTenant], 4],
  [["sign-out", signOut], 14],
  [["revoke-own", revokeOwn], 10],
  [["revoke-others", revokeOthers], 6],
  [["sign-in-again", signInAgain], 4],
  [["lock", lock], 5],
  [["delete-user", deleteUser], 4],
  [["remove-member", removeMember], 5],
  [["suspend", suspend], 2],
  [["reset-password", resetPassword], 4],
  [["impersonation-stop", impersonate], 4],
];

/** What ends behind a fence for all, everything there is and sets too large to be named, among some that does not. */
export const largeWays: Ways = [
  [["revoke-large-set", revokeLargeSet], 4],
  [["revoke-platform", revokePlatform], 1],
  [["revoke-tenant", revokeTenant], 1],
  [["revoke-user", revokeUser], 4],
  [["revoke-one", revokeOne], 4],
  [["reset-password", resetPassword], 1],
  [["sign-out", signOut], 1],
];

/** How much a storm does, and with how many clients side by side. */
export type StormPlan = {
  /** It goes on until at least so many uses have been answered and so many ends acknowledged, … */
  uses: number;
  ends: number;
  /** … or until this says so. */
  until?: () => boolean;
  /** Says which way is taken next. */
  nextKind: () => Kind;
  checkers: number;
  enders: number;
};

const everyWay = [...new Map([...namingWays, ...largeWays].map(([kind]) => kind)).values()];

/**
 * Takes every way (or those named) once at every instance before anything is expected of the time it takes: a process that has just
 * started loads its code with the first request of each kind, and does nothing else meanwhile.
 */
export async function warmUp(driving: Driving, ways: readonly EndWay[] = everyWay): Promise<void> {
  const mend = driving.world.recorder.disturb("start");
  for (let instance = 0; instance < driving.instances; instance += 1) {
    for (const way of ways) {
      await replenish(driving);
      const held = choose(driving);
      await way(driving, instance);
      if (held) await Promise.all([getSession(driving, held, instance), readOwn(driving, held, instance)]);
    }
  }
  mend();
}

/** Live sessions that the clients keep between them. */
const population = 240;

/** Clients that use sessions, begin and end them, all at once and at every instance, until the plan is done. */
export async function runStorm(driving: Driving, plan: StormPlan): Promise<void> {
  const { recorder } = driving.world;
  const before = { ...recorder.done };
  const endsDone = () => recorder.done.revocations - before.revocations >= plan.ends;
  const usesDone = () => recorder.done.checks - before.checks >= plan.uses;
  const isOver = plan.until ?? (() => endsDone() && usesDone());
  await replenish(driving);
  await Promise.all([
    ...repeat(plan.checkers, () => presentAll(driving, isOver)),
    // With the uses still to come, the enders slow down rather than stop: an idle system proves nothing.
    ...repeat(plan.enders, () =>
      endAll(driving, plan.nextKind, { isOver, isAhead: () => plan.until === undefined && endsDone() }),
    ),
  ]);
}

function repeat(times: number, work: () => Promise<void>): Promise<void>[] {
  return Array.from({ length: times }, work);
}

async function presentAll(driving: Driving, isOver: () => boolean): Promise<void> {
  while (!isOver()) {
    const held = choose(driving);
    if (held === null) await Promise.all([replenish(driving), delay(20)]);
    else await present(driving, held, Math.floor(Math.random() * driving.instances));
  }
}

// The living prove that nobody is refused by mistake, the dead that nobody is accepted by mistake.
function choose({ world }: Driving): Held | null {
  if (world.ended.length > 0 && oneIn(3)) return oneOf(world.ended);
  return world.live.size === 0 ? null : oneOf([...world.live.values()]);
}

// One in twenty takes another way than the check that is made for it.
async function present(driving: Driving, held: Held, instance: number): Promise<void> {
  const { tenantIds } = held.person;
  const mayEnter = tenantIds.length > 0 && held.credential.userIds.length === 1;
  if (!oneIn(20)) await check(driving, held, instance);
  else if (mayEnter && oneIn(2)) await enterTenant(driving, held, { instance, tenantId: oneOf(tenantIds) });
  else await oneOf([getSession, readOwn])(driving, held, instance);
}

type Pace = { isOver: () => boolean; isAhead: () => boolean };

/** Milliseconds for which an ender that has done its part holds back, and leaves the machine to the checks. */
const aheadMilliseconds = 250;

async function endAll(driving: Driving, nextKind: () => Kind, { isOver, isAhead }: Pace): Promise<void> {
  while (!isOver()) {
    if (isAhead()) await delay(aheadMilliseconds);
    const instance = Math.floor(Math.random() * driving.instances);
    const [, end] = nextKind();
    const ended = await end(driving, instance);
    if (ended) await probe(driving, ended.covered);
    if (oneIn(6)) await signIn(driving, instance, { person: oneOf(driving.world.people) });
    await replenish(driving);
  }
}

// At once and everywhere: this is where a cache that was not told would show.
async function probe(driving: Driving, covered: readonly Held[]): Promise<void> {
  const chosen = covered.slice(0, 3);
  await Promise.all(
    chosen.flatMap((held) =>
      Array.from({ length: driving.instances }, (_, instance) => check(driving, held, instance)),
    ),
  );
}

async function replenish({ world }: Driving): Promise<void> {
  const missing = population - world.live.size;
  if (missing <= population / 12) return;
  const wishes = Array.from({ length: missing }, () => {
    const person = oneOf(world.people);
    return {
      person,
      tenantId: person.tenantIds.length > 0 && oneIn(2) ? oneOf(person.tenantIds) : null,
      address: someAddress(),
    };
  });
  const made = await world.seed(wishes);
  // One who may not have a session at this moment spoils the statement for all: then each gets one of their own.
  if (made.length === 0) for (const wish of wishes.slice(0, 30)) await world.seed([wish]);
}
