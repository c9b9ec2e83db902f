import { judge } from "./clients/judge";
import type { Ways } from "./clients/storm";
import type { Driving } from "./clients/uses";
import type { Promised } from "./history-size";
import type { End, Violation } from "./model/history";

/** A run that has begun. */
export type Run = {
  /** Whether less has been done than was promised. */
  isShort: () => boolean;
  /**
   * Waits for everything to come to rest, prints what was done, and gives every violation there was, answers that nobody
   * should ever see, and what is missing to the promised counts.
   */
  finish: () => Promise<(Violation | string)[]>;
};

type RunPlan = {
  /** The least that it does, and the kinds of revocation of which it does it. */
  promised?: Promised & { ways: Ways };
};

/** The share of requests that a limit may refuse: nobody is to be spared what the run is about. */
const limitedShareMax = 0.001;

/**
 * Begins a run, with nothing in Redis: a fence for all, which a large set leaves for a minute, would keep the cache out of
 * it.
 */
export async function startRun(name: string, driving: Driving, { promised }: RunPlan = {}): Promise<Run> {
  const { recorder, stores } = driving.world;
  await stores.withRedis((client) => client.flushall());
  const begun = performance.now();
  const cachedBefore = await countCached(driving);
  const before = { ...recorder.done, ends: recorder.ends.length, statuses: new Map(driving.client.statuses) };
  driving.client.takeSlowest();
  const endsOfRun = () => recorder.ends.slice(before.ends);
  const shortfalls = () => {
    const done = { checks: recorder.done.checks - before.checks, ends: endsOfRun() };
    return promised ? findShortfalls(done, promised) : [];
  };
  const finish = async () => {
    const seconds = (performance.now() - begun) / 1_000;
    const missing = shortfalls();
    const cached = (await countCached(driving)) - cachedBefore;
    const slowestMilliseconds = Math.round(driving.client.takeSlowest());
    const statuses = subtract(driving.client.statuses, before.statuses);
    const checks = recorder.done.checks - before.checks;
    const violations = await judge(driving);
    const figures = {
      history: name,
      seconds: Number(seconds.toFixed(1)),
      judgedAfter: Number(((performance.now() - begun) / 1_000 - seconds).toFixed(1)),
      slowestMilliseconds,
      checks,
      answeredByCache: cached,
      statuses,
      ends: tally(endsOfRun().map(({ way, outcome }) => `${way} ${outcome}`)),
      violations: violations.length,
    };
    process.stdout.write(`${JSON.stringify(figures)}\n`);
    return [...violations, ...recorder.failures, ...missing, ...findLimited(statuses)];
  };
  return { isShort: () => shortfalls().length > 0, finish };
}

type Done = { checks: number; ends: readonly End[] };

function findShortfalls({ checks, ends }: Done, promised: Promised & { ways: Ways }): string[] {
  const done = ends.filter(({ outcome }) => outcome === "done");
  const counts = tally(done.map(({ way }) => way));
  return [
    ...(checks < promised.checks ? [`only ${checks} checks were answered`] : []),
    ...(done.length < promised.revocations ? [`only ${done.length} revocations were acknowledged`] : []),
    ...promised.ways
      .map(([[kind]]) => ({ kind, count: counts[kind] ?? 0 }))
      .filter(({ count }) => count < promised.everyKind)
      .map(({ kind, count }) => `only ${count} were ${kind}`),
  ];
}

function findLimited(statuses: Readonly<Record<string, number>>): string[] {
  const all = Object.values(statuses).reduce((sum, count) => sum + count, 0);
  const limited = statuses[429] ?? 0;
  return limited > limitedShareMax * all ? [`${limited} of ${all} requests were refused by a limit`] : [];
}

function subtract(after: ReadonlyMap<number, number>, before: ReadonlyMap<number, number>): Record<string, number> {
  return Object.fromEntries([...after].map(([status, count]) => [status, count - (before.get(status) ?? 0)]));
}

// Where the cache has no part, its mistakes would have none either.
async function countCached({ client, instances }: Driving): Promise<number> {
  let count = 0;
  for (let instance = 0; instance < instances; instance += 1) {
    const { text } = await client.call(instance, { path: "/api/metrics" });
    count += Number(/^gatehouse_session_checks_total\{answer="cache"\} (\d+)/m.exec(text)?.[1] ?? 0);
  }
  return count;
}

function tally(names: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const name of names) counts[name] = (counts[name] ?? 0) + 1;
  return Object.fromEntries(Object.entries(counts).sort());
}
