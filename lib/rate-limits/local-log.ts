import type { LogAnswer, SlidingLogRule } from "./sliding-log";

/** Keys that are remembered at most; beyond that the oldest is forgotten. */
const keysMax = 10_000;

/** The stand-in for the sliding log while Redis is away: this process's own memory, and so for each instance apart. */
export type LocalLog = {
  add: (key: string, rule: SlidingLogRule) => LogAnswer;
  remove: (key: string, entry: string) => void;
  clear: (key: string) => void;
};

/** Makes an empty one. */
export function createLocalLog(): LocalLog {
  const entries = new Map<string, number[]>();

  const alive = (key: string, windowSeconds: number): number[] =>
    (entries.get(key) ?? []).filter((at) => at > performance.now() - windowSeconds * 1000);

  const keep = (key: string, times: number[]) => {
    entries.delete(key);
    if (times.length > 0) entries.set(key, times);
    const oldest = entries.keys().next().value;
    if (entries.size > keysMax && oldest !== undefined) entries.delete(oldest);
  };

  return {
    add: (key, { limit, windowSeconds }) => {
      const times = alive(key, windowSeconds);
      const now = performance.now();
      const oldest = times[0];
      if (times.length >= limit && oldest !== undefined) {
        return { allowed: false, retryAfterSeconds: Math.ceil((oldest - now) / 1000 + windowSeconds), first: false };
      }
      keep(key, [...times, now]);
      return { allowed: true, entry: String(now) };
    },
    remove: (key, entry) => {
      keep(
        key,
        (entries.get(key) ?? []).filter((at) => String(at) !== entry),
      );
    },
    clear: (key) => {
      entries.delete(key);
    },
  };
}
