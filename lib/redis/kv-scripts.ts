import { createHash } from "node:crypto";
import type { KvRun } from "./kv-values";

/** Scripts whose text Redis does not take as it is: the hash of the original, and of what is sent instead. */
const sentHashes = new Map<string, string>();
/** A program has a handful of scripts; one that makes up new ones for ever must not fill the memory. */
const sentHashesMax = 1_000;

/** Lua scripts. A hash names the text that the caller gave, also where another had to be sent. */
export function scriptCommands(run: KvRun) {
  const hashed =
    (word: string) =>
    <TArgs extends unknown[], TData = unknown>(hash: string, keys: string[], values: TArgs): Promise<TData> =>
      run([word, sentHashes.get(hash) ?? hash, keys.length, ...keys, ...(values ?? [])]);
  const full =
    (word: string) =>
    <TArgs extends unknown[], TData = unknown>(script: string, keys: string[], values: TArgs): Promise<TData> =>
      run([word, toSent(script), keys.length, ...keys, ...(values ?? [])]);
  return {
    eval: full("eval"),
    evalRo: full("eval_ro"),
    evalsha: hashed("evalsha"),
    evalshaRo: hashed("evalsha_ro"),
    scriptLoad: (script: string) => run<string>(["script", "load", toSent(script)], () => hashOf(script)),
    scriptExists: (...hashes: string[]) =>
      run<number[]>(["script", "exists", ...hashes.map((hash) => sentHashes.get(hash) ?? hash)]),
  };
}

/**
 * The flag `allow-key-locking`, by which Upstash runs scripts side by side, is refused by Redis as unknown. Redis runs one
 * script at a time anyway, so it is left out.
 */
function toSent(script: string): string {
  const sent = script.replace(/^(#!lua\b[^\n]*?)\s+flags=allow-key-locking(?=\s)/, "$1");
  if (sent !== script && sentHashes.size < sentHashesMax) sentHashes.set(hashOf(script), hashOf(sent));
  return sent;
}

const hashOf = (script: string) => createHash("sha1").update(script).digest("hex");
