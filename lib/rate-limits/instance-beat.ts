import { beatInRedis, leaveInRedis } from "./counter-scripts";
import { type LimiterState, limiterState, noteMemory } from "./limiter-state";

const beatMilliseconds = 5_000;
/** Beats in a row that must count fewer processes before it is believed: an empty Redis hears of them one by one. */
const fewerBeats = 4;

/** Tells the other processes that this one serves, so that each knows its share should Redis die. */
export type InstanceBeat = {
  start: () => void;
  stop: () => Promise<void>;
};

/** Makes a beat that stands still. */
export function createInstanceBeat(): InstanceBeat {
  let timer: NodeJS.Timeout | undefined;
  let beating: Promise<void> = Promise.resolve();
  const beat = () => {
    beating = sayAlive();
  };
  return {
    start: () => {
      beat();
      timer = setInterval(beat, beatMilliseconds).unref();
    },
    stop: async () => {
      if (timer === undefined) return;
      clearInterval(timer);
      timer = undefined;
      await beating;
      // Whoever was not told counts one process too many for a while, which only makes shares smaller.
      await leaveInRedis(limiterState().instanceId).catch(() => undefined);
    },
  };
}

// While Redis is away the number stays as last known. What was decided without it is handed in once it is back.
async function sayAlive(): Promise<void> {
  const state = limiterState();
  const degraded = new Map(state.degraded);
  state.degraded.clear();
  try {
    const { instances, memory } = await beatInRedis(state.instanceId, degraded);
    noteMemory(memory);
    noteInstances(state, instances);
  } catch {
    for (const [rule, times] of degraded) state.degraded.set(rule, (state.degraded.get(rule) ?? 0) + times);
  }
}

function noteInstances(state: LimiterState, instances: number): void {
  state.fewerCounted = instances < state.instances ? state.fewerCounted + 1 : 0;
  if (instances < state.instances && state.fewerCounted < fewerBeats) return;
  state.instances = Math.max(1, instances);
  state.fewerCounted = 0;
}
