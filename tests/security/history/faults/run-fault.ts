import { setTimeout as delay } from "node:timers/promises";
import { raceAlong } from "../clients/races";
import { type Kind, runStorm } from "../clients/storm";
import type { GatedBed } from "./gated-bed";
import type { Fault } from "./store-faults";

/** Ordinary life before a fault and after its mending: so many checks answered and so many ends acknowledged. */
const ordinary = { checks: 500, revocations: 15 };

/** Milliseconds within which an installation must be ready again; far above what is promised, for busy machines. */
const recoveryMilliseconds = 60_000;

/**
 * What a fault did, in milliseconds: until the first instance was not ready, until all were after the mending, and the
 * slowest answer; and the races that were run.
 */
export type FaultFigures = {
  fault: string;
  unreadyAfter: number | null;
  readyAfter: number;
  slowest: number;
  races: number;
};

/** Breaks something and mends it in the middle of a storm, whose ends are of the kinds that are dealt, and of races. */
export async function runFault(bed: GatedBed, fault: Fault, nextKind: () => Kind): Promise<FaultFigures> {
  const { driving, instances, stores } = bed;
  driving.client.takeSlowest();
  // A receipt that an earlier fault left pending finishes with a fence for all, which would keep the cache out of this one.
  await stores.withRedis((client) => client.flushall());
  let isOver = false;
  const storm = runStorm(driving, { uses: 0, ends: 0, nextKind, until: () => isOver, checkers: 8, enders: 3 });
  const races = raceAlong(driving, () => isOver);
  const over = async () => {
    isOver = true;
    await storm;
    return (await races).run;
  };
  try {
    await ordinaryLife(bed);
    const settle = driving.world.recorder.disturb(fault.name);
    const watch = watchReadiness(bed);
    await fault.break(bed);
    await delay(fault.lasts);
    const unreadyAfter = watch.stop();
    const mended = performance.now();
    await fault.mend(bed);
    await untilReady(instances);
    const readyAfter = Math.round(performance.now() - mended);
    settle();
    await ordinaryLife(bed);
    const slowest = Math.round(driving.client.takeSlowest());
    return { fault: fault.name, unreadyAfter, readyAfter, slowest, races: await over() };
  } finally {
    await over();
  }
}

async function ordinaryLife({ driving }: GatedBed): Promise<void> {
  const { done } = driving.world.recorder;
  const until = { checks: done.checks + ordinary.checks, revocations: done.revocations + ordinary.revocations };
  while (done.checks < until.checks || done.revocations < until.revocations) await delay(20);
}

function watchReadiness({ instances }: GatedBed): { stop: () => number | null } {
  const begun = performance.now();
  let unreadyAfter: number | null = null;
  let isWatching = true;
  const watch = async () => {
    while (isWatching && unreadyAfter === null) {
      for (let instance = 0; instance < instances.count; instance += 1)
        if ((await instances.readiness(instance)) !== 200) unreadyAfter ??= Math.round(performance.now() - begun);
      await delay(50);
    }
  };
  void watch();
  return {
    stop: () => {
      isWatching = false;
      return unreadyAfter;
    },
  };
}

async function untilReady(instances: GatedBed["instances"]): Promise<void> {
  const deadline = Date.now() + recoveryMilliseconds;
  for (let instance = 0; instance < instances.count; instance += 1)
    while ((await instances.readiness(instance)) !== 200) {
      if (Date.now() > deadline)
        throw new Error(`Instance ${instance} did not become ready again.\n${instances.output(instance)}`);
      await delay(50);
    }
}
