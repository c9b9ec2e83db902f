import { type KvScanOptions, toScanWords } from "./kv-keys";
import { fromScan, type KvRun } from "./kv-values";

/** Sets: each member once, in no order. */
export function setCommands(run: KvRun) {
  return {
    sadd: <TData>(key: string, member: TData, ...members: TData[]) => run<number>(["sadd", key, member, ...members]),
    srem: <TData>(key: string, ...members: TData[]) => run<number>(["srem", key, ...members]),
    scard: (key: string) => run<number>(["scard", key]),
    sismember: <TData>(key: string, member: TData) => run<0 | 1>(["sismember", key, member]),
    smismember: <TMembers extends unknown[]>(key: string, members: TMembers) =>
      run<(0 | 1)[]>(["smismember", key, ...members]),
    smembers: <TData extends unknown[] = string[]>(key: string) => run<TData>(["smembers", key]),
    smove: <TData>(source: string, destination: string, member: TData) =>
      run<0 | 1>(["smove", source, destination, member]),
    spop: <TData>(key: string, count?: number) => run<TData | null>(["spop", key, ...ifGiven(count)]),
    srandmember: <TData>(key: string, count?: number) => run<TData | null>(["srandmember", key, ...ifGiven(count)]),
    sdiff: <TData = unknown>(key: string, ...keys: string[]) => run<TData[]>(["sdiff", key, ...keys]),
    sdiffstore: (destination: string, ...keys: string[]) => run<number>(["sdiffstore", destination, ...keys]),
    sinter: (key: string, ...keys: string[]) => run<string[]>(["sinter", key, ...keys]),
    sinterstore: (destination: string, key: string, ...keys: string[]) =>
      run<number>(["sinterstore", destination, key, ...keys]),
    sunion: <TData = unknown>(key: string, ...keys: string[]) => run<TData[]>(["sunion", key, ...keys]),
    sunionstore: (destination: string, key: string, ...keys: string[]) =>
      run<number>(["sunionstore", destination, key, ...keys]),
    sscan: (key: string, cursor: string | number, options: KvScanOptions = {}) =>
      run<[string, (string | number)[]]>(["sscan", key, cursor, ...toScanWords(options)], fromScan),
  };
}

const ifGiven = (count: number | undefined) => (count === undefined ? [] : [count]);
