import { fromScan, type KvRun } from "./kv-values";

/** Which expiries `expire` and its kin may replace. */
export type KvExpireOption = "NX" | "nx" | "XX" | "xx" | "GT" | "gt" | "LT" | "lt";

/** What a scan returns: keys or members that match, about `count` at a time. */
export type KvScanOptions = { match?: string; count?: number };

type KeyType = "string" | "list" | "set" | "zset" | "hash" | "none";

/** Keys, whatever they hold. */
export function keyCommands(run: KvRun) {
  const expiring =
    (word: string) =>
    (key: string, time: number, option?: KvExpireOption): Promise<0 | 1> =>
      run([word, key, time, ...(option ? [option] : [])]);
  return {
    del: (...keys: string[]) => run<number>(["del", ...keys]),
    unlink: (...keys: string[]) => run<number>(["unlink", ...keys]),
    exists: (...keys: string[]) => run<number>(["exists", ...keys]),
    touch: (...keys: string[]) => run<number>(["touch", ...keys]),
    expire: expiring("expire"),
    expireat: expiring("expireat"),
    pexpire: expiring("pexpire"),
    pexpireat: expiring("pexpireat"),
    persist: (key: string) => run<0 | 1>(["persist", key]),
    ttl: (key: string) => run<number>(["ttl", key]),
    pttl: (key: string) => run<number>(["pttl", key]),
    type: (key: string) => run<KeyType>(["type", key]),
    rename: (source: string, destination: string) => run<"OK">(["rename", source, destination]),
    renamenx: (source: string, destination: string) => run<0 | 1>(["renamenx", source, destination]),
    scan: (cursor: string | number, options: KvScanOptions & { type?: string } = {}) =>
      run<[string, string[]]>(
        ["scan", cursor, ...toScanWords(options), ...(options.type ? ["type", options.type] : [])],
        fromScan,
      ),
    ping: () => run<string>(["ping"]),
  };
}

/** The words of a scan's options. */
export function toScanWords({ match, count }: KvScanOptions): unknown[] {
  return [...(match ? ["match", match] : []), ...(typeof count === "number" ? ["count", count] : [])];
}
