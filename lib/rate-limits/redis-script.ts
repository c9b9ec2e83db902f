import { createHash } from "node:crypto";
import type { RedisClient } from "@/lib/redis/redis-client";

/** A script that Redis runs as one step. Rejects when Redis does not answer. */
export type RedisScript = {
  run: (client: RedisClient, keys: readonly string[], values: readonly (string | number)[]) => Promise<unknown>;
};

/** Names a script by its digest, and sends its text only to a server that does not know it: nothing has run then. */
export function redisScript(text: string): RedisScript {
  const digest = createHash("sha1").update(text).digest("hex");
  return {
    run: async (client, keys, values) => {
      try {
        return await client.evalsha(digest, keys.length, ...keys, ...values);
      } catch (error) {
        if (!(error instanceof Error && error.message.startsWith("NOSCRIPT"))) throw error;
        return client.eval(text, keys.length, ...keys, ...values);
      }
    },
  };
}
