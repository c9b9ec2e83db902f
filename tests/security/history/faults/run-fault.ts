import { setTimeout as delay } from "node:timers/promises";
import { namingWays, runStorm } from "../clients/storm";
import type { GatedBed } from "./gated-bed";
import type { Fault } from "./store-faults";

/** Milliseconds of ordinary life before a fault and after its mending. */
const ordinaryMilliseconds = 700;

/** Milliseconds within which an installation must be ready again; far above what is promised, for busy machines. */
const recoveryMilliseconds = 60_000;

/** What a fault did, in milliseconds: until the first instance was not ready, and until all were, after the mending. */
export type FaultFigures = { fault: string; unreadyAfter: number | null; readyAfter: number; slowest: number };

/** Breaks something and mends it in the middle of a storm. */
export async function runFault(bed: GatedBed, fault: Fault): Promise<FaultFigures> {
  const { driving, instances, stores } = bed;
  driving.client.takeSlowest();
  // A receipt that an earlier fault left pending finishes with a fence for all, which would keep the cache out of this one.
  await stores.withRedis((client) => client.flushall());
  let isOver = false;
  const storm = runStorm(driving, { uses: 0, ends: 0, ways: namingWays, until: () => isOver, checkers: 8, enders: 3 });
  try {
    await delay(ordinaryMilliseconds);
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
    await delay(ordinaryMilliseconds);
    return { fault: fault.name, unreadyAfter, readyAfter, slowest: Math.round(driving.client.takeSlowest()) };
  } finally {
    isOver = true;
    await storm;
  }
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
