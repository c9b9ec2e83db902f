import { judge } from "./clients/judge";
import type { Driving } from "./clients/uses";
import type { Violation } from "./model/history";

/** Waits for everything to come to rest, prints what was done, and gives every violation there was. */
export type FinishRun = () => Promise<(Violation | string)[]>;

/**
 * Begins a run, with nothing in Redis: a fence for all, which a large set leaves for a minute, would keep the cache out of
 * it. Among the violations at its end are answers that nobody should ever see.
 */
export async function startRun(name: string, driving: Driving): Promise<FinishRun> {
  const { recorder, stores } = driving.world;
  await stores.withRedis((client) => client.flushall());
  const begun = performance.now();
  const cachedBefore = await countCached(driving);
  const usesBefore = recorder.countUses();
  driving.client.takeSlowest();
  return async () => {
    const seconds = (performance.now() - begun) / 1_000;
    const cached = (await countCached(driving)) - cachedBefore;
    const slowestMilliseconds = Math.round(driving.client.takeSlowest());
    const usesOfRun = recorder.countUses() - usesBefore;
    const violations = await judge(driving);
    const figures = {
      history: name,
      seconds: Number(seconds.toFixed(1)),
      judgedAfter: Number(((performance.now() - begun) / 1_000 - seconds).toFixed(1)),
      slowestMilliseconds,
      usesOfRun,
      answeredByCache: cached,
      uses: tally([...recorder.uses.values()].flat().map(({ outcome }) => outcome)),
      ends: tally(recorder.ends.map(({ way, outcome }) => `${way} ${outcome}`)),
      passwordChanges: recorder.passwordChanges.length,
      violations: violations.length,
    };
    process.stdout.write(`${JSON.stringify(figures)}\n`);
    return [...violations, ...recorder.failures];
  };
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
