import { type KvScanOptions, toScanWords } from "./kv-keys";
import { fromHash, fromNamedFields, fromScan, type KvRun } from "./kv-values";

/** Hashes: fields with values by key. */
export function hashCommands(run: KvRun) {
  return {
    hget: <TData>(key: string, field: string) => run<TData | null>(["hget", key, field]),
    hgetall: <TData extends Record<string, unknown>>(key: string) => run<TData | null>(["hgetall", key], fromHash),
    hmget: <TData extends Record<string, unknown>>(key: string, ...fields: string[]) =>
      run<TData | null>(["hmget", key, ...fields], fromNamedFields(fields)),
    hset: <TData>(key: string, values: Record<string, TData>) =>
      run<number>(["hset", key, ...Object.entries(values).flat()]),
    hmset: <TData>(key: string, values: Record<string, TData>) =>
      run<"OK">(["hmset", key, ...Object.entries(values).flat()]),
    hsetnx: <TData>(key: string, field: string, value: TData) => run<0 | 1>(["hsetnx", key, field, value]),
    hdel: (key: string, ...fields: string[]) => run<0 | 1>(["hdel", key, ...fields]),
    hexists: (key: string, field: string) => run<number>(["hexists", key, field]),
    hincrby: (key: string, field: string, increment: number) => run<number>(["hincrby", key, field, increment]),
    hincrbyfloat: (key: string, field: string, increment: number) =>
      run<number>(["hincrbyfloat", key, field, increment]),
    hkeys: (key: string) => run<string[]>(["hkeys", key]),
    hvals: <TData extends unknown[]>(key: string) => run<TData>(["hvals", key]),
    hlen: (key: string) => run<number>(["hlen", key]),
    hstrlen: (key: string, field: string) => run<number>(["hstrlen", key, field]),
    hscan: (key: string, cursor: string | number, options: KvScanOptions = {}) =>
      run<[string, (string | number)[]]>(["hscan", key, cursor, ...toScanWords(options)], fromScan),
  };
}
