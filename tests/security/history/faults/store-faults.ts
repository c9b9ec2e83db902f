import { setTimeout as delay } from "node:timers/promises";
import type { GatedBed } from "./gated-bed";

/** Something that breaks, and its mending. */
export type Fault = {
  name: string;
  break: (bed: GatedBed) => Promise<void> | void;
  mend: (bed: GatedBed) => Promise<void> | void;
  /** Milliseconds for which it stays broken. */
  lasts: number;
};

type Store = "postgres" | "redis";

const blackHole = (store: Store) => (bed: GatedBed) => {
  for (const gate of bed.gates) gate[store].blackHole();
};
const heal = (store: Store) => (bed: GatedBed) => {
  for (const gate of bed.gates) gate[store].heal();
};

/** What can happen to the stores. */
export const storeFaults: readonly Fault[] = [
  {
    name: "Redis paused",
    lasts: 2_000,
    break: ({ stores }) => stores.redis.pause(),
    mend: ({ stores }) => stores.redis.resume(),
  },
  {
    name: "Redis paused for a moment, again and again",
    lasts: 1_000,
    break: async ({ stores }) => {
      for (let time = 0; time < 6; time += 1) {
        stores.redis.pause();
        await delay(40 + Math.random() * 120);
        stores.redis.resume();
        await delay(100);
      }
    },
    mend: () => {},
  },
  {
    name: "Redis killed and started empty",
    lasts: 1_500,
    break: ({ stores }) => stores.redis.kill(),
    mend: ({ stores }) => stores.redis.start("empty"),
  },
  {
    name: "Redis killed and started from an old snapshot",
    lasts: 1_500,
    break: async ({ stores }) => {
      await stores.redis.snapshot();
      // Long enough for much of what the snapshot shows alive to be ended.
      await delay(1_500);
      await stores.redis.kill();
    },
    mend: ({ stores }) => stores.redis.start("snapshot"),
  },
  {
    name: "Redis flushed, again and again",
    lasts: 500,
    break: async ({ stores }) => {
      for (let time = 0; time < 30; time += 1) {
        await stores.withRedis((client) => client.flushall());
        await delay(30);
      }
    },
    mend: () => {},
  },
  { name: "Redis behind a cut cable", lasts: 2_000, break: blackHole("redis"), mend: heal("redis") },
  {
    name: "Redis behind a cut cable for one instance alone",
    lasts: 2_000,
    break: ({ gates }) => gates[0]?.redis.blackHole(),
    mend: ({ gates }) => gates[0]?.redis.heal(),
  },
  { name: "Postgres behind a cut cable", lasts: 2_000, break: blackHole("postgres"), mend: heal("postgres") },
  {
    name: "Postgres restarted",
    lasts: 500,
    break: ({ stores }) => stores.postgres.stop(),
    mend: ({ stores }) => stores.postgres.start(),
  },
  {
    name: "an instance killed",
    lasts: 500,
    break: ({ instances }) => instances.kill(0),
    mend: ({ instances }) => instances.restart(0),
  },
];
