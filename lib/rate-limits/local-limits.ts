/**
 * Keys that are remembered at most, some ten megabytes; beyond that the one used longest ago is forgotten. A call of the
 * API uses three.
 */
const keysMax = 60_000;

/** One counter as a process alone keeps it. */
export type LocalCharge = {
  key: string;
  algorithm: "log" | "gcra";
  /** What this process alone may admit: its share. */
  share: number;
  /** The limit of all processes together. */
  limit: number;
  windowSeconds: number;
  cost: number;
};

/** Whether there was room everywhere; else the longest wait. `remaining` is the least. */
export type LocalAnswer =
  | { allowed: true; remaining: number; index: number }
  | { allowed: false; waitMilliseconds: number; index: number };

type Counter = { times: { at: number; entry: string }[]; due: number };

/**
 * What this process has admitted lately, by its own steady clock: written all the while, and believed when Redis cannot
 * be asked or has lost its memory. So an attacker who has used up a limit does not get a fresh one by Redis' death.
 */
export type LocalLimits = {
  /** Remembers what was admitted elsewhere. */
  note: (charges: readonly LocalCharge[], entry: string) => void;
  /** Admits by the shares, all or nothing. */
  take: (charges: readonly LocalCharge[], entry: string) => LocalAnswer;
  /** Forgets an entry that was given back. */
  remove: (charge: Pick<LocalCharge, "key" | "algorithm" | "limit" | "windowSeconds" | "cost">, entry: string) => void;
  clear: (key: string) => void;
};

/** Makes an empty one. */
export function createLocalLimits(): LocalLimits {
  const counters = new Map<string, Counter>();
  const keep = (key: string, counter: Counter) => {
    counters.delete(key);
    counters.set(key, counter);
    if (counters.size <= keysMax) return;
    const oldest = counters.keys().next().value;
    if (oldest !== undefined) counters.delete(oldest);
  };
  const add = (charge: LocalCharge, limit: number, entry: string) => {
    const now = performance.now();
    const counter = counters.get(charge.key) ?? { times: [], due: 0 };
    if (charge.algorithm === "gcra") counter.due = Math.max(counter.due, now) + charge.cost * intervalOf(charge, limit);
    else {
      counter.times = alive(counter, charge, now);
      for (let place = 0; place < charge.cost; place += 1) counter.times.push({ at: now, entry });
    }
    keep(charge.key, counter);
  };
  return {
    note: (charges, entry) => {
      for (const charge of charges) add(charge, charge.limit, entry);
    },
    take: (charges, entry) => {
      const answer = judge(charges, counters);
      if (answer.allowed) for (const charge of charges) add(charge, charge.share, entry);
      return answer;
    },
    remove: (charge, entry) => {
      const counter = counters.get(charge.key);
      if (!counter) return;
      if (charge.algorithm === "gcra") counter.due -= charge.cost * intervalOf(charge, charge.limit);
      else counter.times = counter.times.filter((time) => time.entry !== entry);
    },
    clear: (key) => {
      counters.delete(key);
    },
  };
}

function judge(charges: readonly LocalCharge[], counters: ReadonlyMap<string, Counter>): LocalAnswer {
  const now = performance.now();
  let least = { remaining: Number.POSITIVE_INFINITY, index: 0 };
  let longest = { waitMilliseconds: 0, index: 0 };
  for (const [index, charge] of charges.entries()) {
    const { remaining, waitMilliseconds } = look(counters.get(charge.key) ?? { times: [], due: 0 }, charge, now);
    if (waitMilliseconds > longest.waitMilliseconds) longest = { waitMilliseconds, index };
    if (remaining < least.remaining) least = { remaining, index };
  }
  return longest.waitMilliseconds > 0 ? { allowed: false, ...longest } : { allowed: true, ...least };
}

function look(counter: Counter, charge: LocalCharge, now: number): { remaining: number; waitMilliseconds: number } {
  const { algorithm, share, cost, windowSeconds } = charge;
  if (algorithm === "gcra") {
    const interval = intervalOf(charge, share);
    const over = Math.max(counter.due, now) + cost * interval - now - windowSeconds * 1_000;
    return { remaining: Math.max(0, Math.floor(-over / interval)), waitMilliseconds: Math.max(0, Math.ceil(over)) };
  }
  const times = alive(counter, charge, now);
  const remaining = share - times.length - cost;
  if (remaining >= 0) return { remaining, waitMilliseconds: 0 };
  const holds = times[-remaining - 1]?.at ?? now;
  return { remaining: 0, waitMilliseconds: Math.max(1, Math.ceil(holds + windowSeconds * 1_000 - now)) };
}

function intervalOf({ windowSeconds }: Pick<LocalCharge, "windowSeconds">, limit: number): number {
  return (windowSeconds * 1_000) / limit;
}

function alive({ times }: Counter, { windowSeconds }: LocalCharge, now: number): Counter["times"] {
  const from = now - windowSeconds * 1_000;
  return times.length > 0 && (times[0]?.at ?? 0) <= from ? times.filter(({ at }) => at > from) : times;
}
