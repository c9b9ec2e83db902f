import { commandsOf, type KvCommands } from "./kv-commands";
import type { KvScanOptions } from "./kv-keys";
import { createPipeline, type KvPipeline } from "./kv-pipeline";
import { sendCommand } from "./kv-send";
import { fromAnswer, type KvRun, toArgument } from "./kv-values";
import { type RedisClient, redisClient } from "./redis-client";

/** A client with the interface of `@vercel/kv`, over our own connection to one server, Sentinels or a cluster. */
export type Kv = KvCommands & {
  /** Commands sent together; others may come in between, and in a cluster they may be done in another order. */
  pipeline: () => KvPipeline;
  /** Commands done as one, without anybody else's in between. */
  multi: () => KvPipeline;
  /** All keys that match, step by step. */
  scanIterator: (options?: KvScanOptions & { type?: string }) => AsyncIterable<string>;
  /** All fields and values of a hash in turn. */
  hscanIterator: (key: string, options?: KvScanOptions) => AsyncIterable<string | number>;
  /** All members of a set. */
  sscanIterator: (key: string, options?: KvScanOptions) => AsyncIterable<string | number>;
  /** All members and scores of a sorted set in turn. */
  zscanIterator: (key: string, options?: KvScanOptions) => AsyncIterable<string | number>;
};

/**
 * The process's Redis as `@vercel/kv` presents it: values are JSON on their way in and parsed on their way out. Rejects
 * as the connection does, at once while Redis is down and after 100 ms without an answer.
 */
export function kv(): Kv {
  const client = redisClient.get();
  const known = made.get(client) ?? createKv(client);
  made.set(client, known);
  return known;
}

const made = new WeakMap<RedisClient, Kv>();

/** The same over a connection of the caller's. */
export function createKv(client: RedisClient): Kv {
  const run: KvRun = async (words, read = fromAnswer) =>
    trusted(read(await sendCommand(client, words.map(toArgument))));
  const commands = commandsOf(run);
  return {
    ...commands,
    pipeline: () => createPipeline(client, { atomic: false }),
    multi: () => createPipeline(client, { atomic: true }),
    scanIterator: (options) => iterate((cursor) => commands.scan(cursor, options)),
    hscanIterator: (key, options) => iterate((cursor) => commands.hscan(key, cursor, options)),
    sscanIterator: (key, options) => iterate((cursor) => commands.sscan(key, cursor, options)),
    zscanIterator: (key, options) => iterate((cursor) => commands.zscan(key, cursor, options)),
  };
}

async function* iterate<Item>(step: (cursor: string) => Promise<[string, Item[]]>): AsyncGenerator<Item> {
  let cursor = "0";
  do {
    const [next, items] = await step(cursor);
    yield* items;
    cursor = next;
  } while (cursor !== "0");
}

// What was stored under a key is the caller's to know, as with the original: the type is theirs, nothing is checked.
function trusted<TAnswer>(answer: unknown): TAnswer {
  return answer as TAnswer;
}
