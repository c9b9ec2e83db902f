import { type KvScanOptions, toScanWords } from "./kv-keys";
import { fromScan, type KvRun } from "./kv-values";

/** A member of a sorted set with the score by which it is sorted. */
export type KvScoreMember<TData> = { score: number; member: TData };

/** How `zadd` writes: new members only or known ones only, only higher or only lower scores, answer what changed, add up. */
export type KvZAddOptions = { nx?: boolean; xx?: boolean; lt?: boolean; gt?: boolean; ch?: boolean; incr?: boolean };

/** How `zrange` reads: by rank, by score or by text; from the end; a part; with scores after each member. */
export type KvZRangeOptions = {
  byScore?: boolean;
  byLex?: boolean;
  rev?: boolean;
  withScores?: boolean;
  /** Only together with `count`. */
  offset?: number;
  count?: number;
};

type ZAddArguments<TData> =
  | [key: string, first: KvScoreMember<TData>, ...rest: KvScoreMember<TData>[]]
  | [key: string, options: KvZAddOptions, ...members: [KvScoreMember<TData>, ...KvScoreMember<TData>[]]];
type Bound = number | string;
type StoreArguments = [destination: string, numKeys: number, keys: string | string[], options?: StoreOptions];
type StoreOptions = { aggregate?: "sum" | "min" | "max"; weight?: number; weights?: number[] };

/** Sorted sets: members with scores. */
export function sortedSetCommands(run: KvRun) {
  const storing =
    (word: string) =>
    (...[destination, numKeys, keys, options]: StoreArguments): Promise<number> =>
      run([word, destination, numKeys, ...[keys].flat(), ...toStoreWords(options)]);
  return {
    zadd: <TData>(...[key, first, ...rest]: ZAddArguments<TData>) =>
      run<number | null>(["zadd", key, ...toFirstWords(first), ...rest.flatMap(toPair)]),
    zincrby: <TData>(key: string, increment: number, member: TData) => run<number>(["zincrby", key, increment, member]),
    zrem: <TData>(key: string, ...members: TData[]) => run<number>(["zrem", key, ...members]),
    zcard: (key: string) => run<number>(["zcard", key]),
    zcount: (key: string, min: Bound, max: Bound) => run<number>(["zcount", key, min, max]),
    zlexcount: (key: string, min: string, max: string) => run<number>(["zlexcount", key, min, max]),
    zscore: <TData>(key: string, member: TData) => run<number | null>(["zscore", key, member]),
    zmscore: (key: string, members: unknown[]) => run<number[] | null>(["zmscore", key, ...members]),
    zrank: <TData>(key: string, member: TData) => run<number | null>(["zrank", key, member]),
    zrevrank: <TData>(key: string, member: TData) => run<number | null>(["zrevrank", key, member]),
    zrange: <TData extends unknown[]>(
      ...[key, min, max, options]: [key: string, min: Bound, max: Bound, options?: KvZRangeOptions]
    ) => run<TData>(["zrange", key, min, max, ...toRangeWords(options)]),
    zpopmin: <TData>(key: string, count?: number) => run<TData[]>(["zpopmin", key, ...ifGiven(count)]),
    zpopmax: <TData>(key: string, count?: number) => run<TData[]>(["zpopmax", key, ...ifGiven(count)]),
    zremrangebyrank: (key: string, start: number, stop: number) => run<number>(["zremrangebyrank", key, start, stop]),
    zremrangebyscore: (key: string, min: Bound, max: Bound) => run<number>(["zremrangebyscore", key, min, max]),
    zremrangebylex: (key: string, min: string, max: string) => run<number>(["zremrangebylex", key, min, max]),
    zunionstore: storing("zunionstore"),
    zinterstore: storing("zinterstore"),
    zscan: (key: string, cursor: string | number, options: KvScanOptions = {}) =>
      run<[string, (string | number)[]]>(["zscan", key, cursor, ...toScanWords(options)], fromScan),
  };
}

const ifGiven = (count: number | undefined) => (count === undefined ? [] : [count]);
const toPair = ({ score, member }: KvScoreMember<unknown>) => [score, member];

function toFirstWords(first: KvScoreMember<unknown> | KvZAddOptions): unknown[] {
  if ("score" in first) return toPair(first);
  const { nx, xx, ch, incr, lt, gt } = first;
  const asked = { nx, xx: xx && !nx, ch, incr, lt, gt: gt && !lt };
  return Object.entries(asked).flatMap(([word, isAsked]) => (isAsked ? [word] : []));
}

function toRangeWords({ byScore, byLex, rev, withScores, offset, count }: KvZRangeOptions = {}): unknown[] {
  return [
    ...(byScore ? ["byscore"] : []),
    ...(byLex ? ["bylex"] : []),
    ...(rev ? ["rev"] : []),
    ...(offset !== undefined && count !== undefined ? ["limit", offset, count] : []),
    ...(withScores ? ["withscores"] : []),
  ];
}

function toStoreWords({ weights, weight, aggregate }: StoreOptions = {}): unknown[] {
  const given = weights ?? (weight === undefined ? [] : [weight]);
  return [...(given.length > 0 ? ["weights", ...given] : []), ...(aggregate ? ["aggregate", aggregate] : [])];
}
