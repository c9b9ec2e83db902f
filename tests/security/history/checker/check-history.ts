import type { Credential, End, History, Use, Violation } from "../model/history";
import { type EndIndex, indexEnds, reachOf } from "./coverage";

/** Violations that are written out; more would only repeat them. */
const violationsMax = 50;

/** The share of uses that may be told to come back later by a machine that is too busy, though nobody broke anything. */
const busyShareMax = 0.01;

/**
 * What a history breaks of the promises about time. A: nothing presented after the answer to an end that covers it is
 * accepted, and nothing that was refused once is ever accepted again. B: what no end can have reached is not refused,
 * and with every store up (almost) nobody is told to come back later. E: no session that an old password proved is accepted after
 * the answer to the change. Decides from the order of answers and requests alone: what ran side by side may have
 * happened in either order.
 */
export function checkHistory(history: History): Violation[] {
  const endsFor = indexEnds(history);
  const violations: Violation[] = [];
  for (const credential of history.credentials.values()) {
    if (violations.length >= violationsMax) break;
    const uses = history.uses.get(credential.id) ?? [];
    if (uses.length > 0) violations.push(...checkCredential({ credential, uses, endsFor, history }));
  }
  return [...violations, ...checkAvailability(history)];
}

function checkAvailability(history: History): Violation[] {
  const uses = [...history.uses.values()].flat();
  const refused = uses.filter((use) => use.outcome === "unavailable" && !isDisturbed(history, use));
  const [first] = refused;
  if (!first || refused.length <= busyShareMax * uses.length) return [];
  return [told("B", `told to come back later while nothing was broken, like ${refused.length - 1} others`, first)];
}

type Question = { credential: Credential; uses: readonly Use[]; endsFor: EndIndex; history: History };

function checkCredential({ credential, uses, endsFor, history }: Question): Violation[] {
  const entries = history.entries.get(credential.id) ?? [];
  const ends = endsFor(credential, entries).filter((end) => reachOf(end, credential, entries) !== "none");
  const deadline = findDeadline(ends.filter((end) => reachOf(end, credential, entries) === "must"));
  const firstReach = Math.min(...ends.map(({ invoked }) => invoked));
  const outdated = findOutdating(history, credential);
  const goneFrom = findGone(ends, uses);
  return uses.flatMap((use): Violation[] => {
    if (use.outcome === "accepted") {
      if (deadline && use.invoked > deadline.at) return [told("A", `accepted after ${nameOf(deadline.end)}`, use)];
      if (use.invoked > goneFrom) return [told("A", "accepted after it had been refused", use)];
      if (use.invoked > outdated) return [told("E", "proved by an outdated password and accepted", use)];
    }
    if (use.outcome === "refused" && firstReach > use.returned)
      return [told("B", "refused though nothing ended it", use)];
    return [];
  });
}

type Deadline = { at: number; end: End };

function findDeadline(ends: readonly End[]): Deadline | null {
  let found: Deadline | null = null;
  for (const end of ends) {
    const at = end.returned + end.window;
    if (found === null || at < found.at) found = { at, end };
  }
  return found;
}

// A refusal is for ever and everywhere: but where what ended it says itself that it will be effective later, only then.
function findGone(ends: readonly End[], uses: readonly Use[]): number {
  const refusedAt = Math.min(...uses.filter(({ outcome }) => outcome === "refused").map(({ returned }) => returned));
  const effects = ends
    .filter(({ invoked, window }) => window > 0 && invoked <= refusedAt)
    .map(({ returned, window }) => (Number.isFinite(returned) ? returned : refusedAt) + window);
  return Math.max(refusedAt, ...effects);
}

function findOutdating({ passwordChanges }: History, { userIds, proof }: Credential): number {
  if (proof === null) return Number.POSITIVE_INFINITY;
  const later = passwordChanges.filter(
    ({ userId, changes, outcome }) => outcome === "done" && userId === userIds[0] && changes > proof,
  );
  return Math.min(...later.map(({ returned, window }) => returned + window));
}

function isDisturbed({ disturbances }: History, { invoked, returned }: Use): boolean {
  return disturbances.some(({ from, until }) => from <= returned && until >= invoked);
}

function nameOf({ way, invoked, returned }: End): string {
  return `${way} (${invoked.toFixed(1)} to ${returned.toFixed(1)})`;
}

function told(rule: Violation["rule"], what: string, use: Use): Violation {
  const when = `${use.invoked.toFixed(1)} to ${use.returned.toFixed(1)}`;
  return { rule, text: `${what}: ${use.credentialId} at instance ${use.instance}, ${when}` };
}
