import type { KvRun } from "./kv-values";

type PositionOptions = { rank?: number; count?: number; maxLen?: number };
type Side = "left" | "right";

/** Lists. Several elements pushed to the left stand in reverse, as Redis has it. */
export function listCommands(run: KvRun) {
  return {
    lpush: <TData>(key: string, ...elements: TData[]) => run<number>(["lpush", key, ...elements]),
    lpushx: <TData>(key: string, ...elements: TData[]) => run<number>(["lpushx", key, ...elements]),
    rpush: <TData>(key: string, ...elements: TData[]) => run<number>(["rpush", key, ...elements]),
    rpushx: <TData>(key: string, ...elements: TData[]) => run<number>(["rpushx", key, ...elements]),
    lpop: <TData>(key: string, count?: number) => run<TData | null>(["lpop", key, ...ifGiven(count)]),
    rpop: <TData = string>(key: string, count?: number) => run<TData | null>(["rpop", key, ...ifGiven(count)]),
    lmove: <TData = string>(...ends: [source: string, destination: string, from: Side, to: Side]) =>
      run<TData>(["lmove", ...ends]),
    lrange: <TData = string>(key: string, start: number, end: number) => run<TData[]>(["lrange", key, start, end]),
    lindex: <TData>(key: string, index: number) => run<TData | null>(["lindex", key, index]),
    linsert: <TData>(...place: [key: string, direction: "before" | "after", pivot: TData, value: TData]) =>
      run<number>(["linsert", ...place]),
    llen: (key: string) => run<number>(["llen", key]),
    lpos: <TData = number>(key: string, element: unknown, { rank, count, maxLen }: PositionOptions = {}) =>
      run<TData>([
        "lpos",
        key,
        element,
        ...Object.entries({ rank, count, maxlen: maxLen }).flatMap(([word, value]) =>
          value === undefined ? [] : [word, value],
        ),
      ]),
    lrem: <TData>(key: string, count: number, value: TData) => run<number>(["lrem", key, count, value]),
    lset: <TData>(key: string, index: number, value: TData) => run<"OK">(["lset", key, index, value]),
    ltrim: (key: string, start: number, end: number) => run<"OK">(["ltrim", key, start, end]),
  };
}

const ifGiven = (count: number | undefined) => (count === undefined ? [] : [count]);
