import type { KvRun } from "./kv-values";

/** When a value expires: seconds or milliseconds from now, or a time since 1970 in either unit. */
type Expiry = { ex?: number; px?: number; exat?: number; pxat?: number };

/** How `set` writes. At most one of the expiries (without one, the key's is dropped) and one of `nx` and `xx`. */
export type KvSetOptions = Expiry & { keepTtl?: boolean; nx?: boolean; xx?: boolean; get?: boolean };

/** How `getex` changes the expiry of what it reads. */
export type KvGetExOptions = Expiry & { persist?: boolean };

/** Texts, numbers and JSON values by key. */
export function stringCommands(run: KvRun) {
  return {
    get: <TData>(key: string) => run<TData | null>(["get", key]),
    set: <TData>(key: string, value: TData, options: KvSetOptions = {}) =>
      run<"OK" | TData | null>(["set", key, value, ...toSetWords(options)]),
    getdel: <TData>(key: string) => run<TData | null>(["getdel", key]),
    getex: <TData>(key: string, options: KvGetExOptions = {}) =>
      run<TData | null>(["getex", key, ...toExpiryWords(options), ...(options.persist ? ["persist"] : [])]),
    getset: <TData>(key: string, value: TData) => run<TData | null>(["getset", key, value]),
    setex: <TData>(key: string, seconds: number, value: TData) => run<"OK">(["setex", key, seconds, value]),
    psetex: <TData>(key: string, milliseconds: number, value: TData) =>
      run<string>(["psetex", key, milliseconds, value]),
    setnx: <TData>(key: string, value: TData) => run<number>(["setnx", key, value]),
    mget: <TData extends unknown[]>(...keys: [string[]] | string[]) => run<TData>(["mget", ...keys.flat()]),
    mset: <TData>(values: Record<string, TData>) => run<"OK">(["mset", ...Object.entries(values).flat()]),
    msetnx: <TData>(values: Record<string, TData>) => run<number>(["msetnx", ...Object.entries(values).flat()]),
    incr: (key: string) => run<number>(["incr", key]),
    incrby: (key: string, value: number) => run<number>(["incrby", key, value]),
    incrbyfloat: (key: string, value: number) => run<number>(["incrbyfloat", key, value]),
    decr: (key: string) => run<number>(["decr", key]),
    decrby: (key: string, value: number) => run<number>(["decrby", key, value]),
    append: (key: string, value: string) => run<number>(["append", key, value]),
    strlen: (key: string) => run<number>(["strlen", key]),
    getrange: (key: string, start: number, end: number) => run<string>(["getrange", key, start, end]),
    setrange: (key: string, offset: number, value: string) => run<number>(["setrange", key, offset, value]),
    pfadd: (key: string, ...elements: unknown[]) => run<number>(["pfadd", key, ...elements]),
    pfcount: (key: string, ...keys: string[]) => run<number>(["pfcount", key, ...keys]),
    pfmerge: (destination: string, ...keys: string[]) => run<"OK">(["pfmerge", destination, ...keys]),
  };
}

// The order and the precedence among options that exclude each other are those of the original.
function toSetWords({ nx, xx, get, keepTtl, ...expiry }: KvSetOptions): unknown[] {
  const expiryWords = toExpiryWords(expiry);
  return [
    ...(nx ? ["nx"] : xx ? ["xx"] : []),
    ...(get ? ["get"] : []),
    ...(expiryWords.length === 0 && keepTtl ? ["keepttl"] : expiryWords),
  ];
}

function toExpiryWords(expiry: Expiry): unknown[] {
  const { ex, px, exat, pxat } = expiry;
  const named = Object.entries({ ex, px, exat, pxat }).find(([, value]) => typeof value === "number");
  return named ?? [];
}
