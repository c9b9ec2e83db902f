import { Command } from "ioredis";
import { groupBySlot, isOneSlot } from "./key-slot";
import { scanStep } from "./kv-scan";
import { isCluster, type RedisClient } from "./redis-client";

/** Commands that may be split by slot and mean the same: each key is looked at by itself, and nobody promised them at once. */
const splittable: ReadonlySet<string> = new Set(["mget", "del", "unlink", "exists", "touch"]);

/**
 * Sends one command and returns the server's answer. In a cluster, reads and removals of several keys are split by slot
 * and put together again; whatever needs several slots at once throws, saying how to keep its keys together.
 */
export async function sendCommand(client: RedisClient, words: readonly string[]): Promise<unknown> {
  const [name = "", ...rest] = words;
  if (name === "scan") return scanStep(client, rest);
  if (!isCluster(client)) return client.call(name, rest);
  if (name === "script") return sendToMasters(client.nodes("master"), words);
  const keys = keysOf(words);
  if (isOneSlot(keys)) return client.call(name, rest);
  if (!splittable.has(name)) throw severalSlots(name);
  const numbered = rest.map((key, index) => ({ key, index }));
  const groups = groupBySlot(numbered, ({ key }) => key);
  const answers = await Promise.all(
    groups.map((group) =>
      client.call(
        name,
        group.map(({ key }) => key),
      ),
    ),
  );
  if (name !== "mget") return answers.reduce<number>((sum, count) => sum + Number(count), 0);
  const values = new Map(
    groups.flatMap((group, place) => {
      const found = answers[place];
      return group.map(({ index }, nth) => [index, Array.isArray(found) ? found[nth] : null] as const);
    }),
  );
  return rest.map((_, index) => values.get(index));
}

/** The keys that a command names, as Redis counts them. */
export function keysOf([name = "", ...rest]: readonly string[]): string[] {
  return new Command(name, rest).getKeys().map(String);
}

/** What is thrown for keys that a cluster cannot use together. */
export function severalSlots(what: string): Error {
  return new Error(
    `CROSSSLOT ${what}: its keys lie in several slots of the cluster; give them one hash tag, as in {cart}:a and {cart}:b.`,
  );
}

// A script must be known wherever its keys may lie: loading answers the hash, asking answers what every master knows.
async function sendToMasters(
  masters: readonly { call: (name: string, words: string[]) => Promise<unknown> }[],
  [name = "", ...rest]: readonly string[],
): Promise<unknown> {
  const answers = await Promise.all(masters.map((master) => master.call(name, rest)));
  const lists = answers.filter((answer): answer is unknown[] => Array.isArray(answer));
  if (lists.length === 0) return answers[0];
  return lists[0]?.map((_, index) => (lists.every((list) => list[index] === 1) ? 1 : 0));
}
