import { VercelKV } from "@vercel/kv";
import { Redis } from "ioredis";
import type { Kv } from "@/lib/redis/kv";
import { isCluster, type RedisClient } from "@/lib/redis/redis-client";

type Request = { path?: string[]; body?: unknown };
type Answer = { result?: unknown; error?: string };

/**
 * The published client itself, whose requests go to a Redis of ours instead of to its service: what it answers is what
 * code written for it expects.
 */
export function openOriginalKv(redisUrl: string): { original: VercelKV; close: () => void } {
  // Answers as lists, which is how the service gives them.
  const client = new Redis(redisUrl, { protocol: 2 });
  const one = async (words: unknown): Promise<Answer> => {
    const [name = "", ...rest] = Array.isArray(words) ? words.map(String) : [];
    try {
      return { result: toList(await client.call(name, ...rest)) };
    } catch (error) {
      return { error: error instanceof Error ? error.message : String(error) };
    }
  };
  const request = async ({ path, body }: Request) => {
    if (!path) return one(body);
    const commands = Array.isArray(body) ? body : [];
    if (path[0] === "pipeline") return Promise.all(commands.map(one));
    const transaction = client.multi();
    for (const [name, ...rest] of commands) transaction.call(name, ...rest.map(String));
    const answers = (await transaction.exec()) ?? [];
    return answers.map(([error, result]) => (error ? { error: error.message } : { result: toList(result) }));
  };
  return { original: new VercelKV(asConfiguration({ request })), close: () => client.disconnect() };
}

// Its constructor also takes a requester, which its published type does not say.
function asConfiguration(requester: object): ConstructorParameters<typeof VercelKV>[0] {
  return requester as unknown as ConstructorParameters<typeof VercelKV>[0];
}

function toList(answer: unknown): unknown {
  if (answer !== null && typeof answer === "object" && !Array.isArray(answer)) return Object.entries(answer).flat();
  return answer;
}

/** Our client as the class that code written for the original asks for: a class with private parts, which no other fits. */
export function asOriginalRedis(kv: Kv): VercelKV {
  return kv as unknown as VercelKV;
}

/** Waits for a connection, and gives it seconds to answer on a busy machine. */
export async function untilReady(client: RedisClient): Promise<void> {
  if (!isCluster(client)) client.options.commandTimeout = 5_000;
  if (client.status !== "ready") await new Promise((resolve) => client.once("ready", resolve));
}
