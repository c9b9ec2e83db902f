import { hashCommands } from "./kv-hashes";
import { keyCommands } from "./kv-keys";
import { listCommands } from "./kv-lists";
import { scriptCommands } from "./kv-scripts";
import { setCommands } from "./kv-sets";
import { sortedSetCommands } from "./kv-sorted-sets";
import { stringCommands } from "./kv-strings";
import type { KvRun } from "./kv-values";

/** Every command, by the name and with the arguments and answers that `@vercel/kv` gives it. */
export type KvCommands = ReturnType<typeof commandsOf>;

/** All commands over one way of sending them. */
export function commandsOf(run: KvRun) {
  return {
    ...keyCommands(run),
    ...stringCommands(run),
    ...hashCommands(run),
    ...listCommands(run),
    ...setCommands(run),
    ...sortedSetCommands(run),
    ...scriptCommands(run),
  };
}
