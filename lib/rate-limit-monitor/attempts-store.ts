import { z } from "zod";
import { attemptsKey, limitKeyPrefix } from "@/lib/rate-limits/limit-keys";
import { ruleKeys } from "@/lib/rate-limits/rule-catalogue";
import type { StreamedAttempt } from "./collected";
import { askRedis, toTexts } from "./redis-answers";

/** Held by the one instance that collects at this moment. In the slot of what it collects. */
const turnKey = `${limitKeyPrefix}collector`;

/** Whether this instance is the one that collects now; a turn lasts `milliseconds`. Throws `UNAVAILABLE`. */
export async function takeCollectorTurn(milliseconds: number): Promise<boolean> {
  const [taken] = await askRedis((pipeline) => pipeline.set(turnKey, "1", "PX", milliseconds, "NX"));
  return taken === "OK";
}

const attempt = z.object({
  rule: z.enum(ruleKeys),
  outcome: z.enum(["allowed", "refused", "observed", "returned", "cleared"]),
  hash: z.string().min(1),
  label: z.string().default(""),
  cost: z.coerce.number().int().default(0),
  entry: z.string().nullable().default(null),
  userId: z.uuid().nullable().catch(null).default(null),
});

/** What was read of the stream, and up to where; what cannot be read is passed over. */
export type StreamSlice = { attempts: StreamedAttempt[]; position: string; isLast: boolean };

/** Up to `count` entries behind a position ("0-0": the beginning). Throws `UNAVAILABLE`. */
export async function readAttempts(position: string, count: number): Promise<StreamSlice> {
  const [answer] = await askRedis((pipeline) => pipeline.xrange(attemptsKey, `(${position}`, "+", "COUNT", count));
  const entries = Array.isArray(answer) ? answer.filter((entry) => Array.isArray(entry)) : [];
  const last = entries.at(-1);
  return {
    attempts: entries.flatMap(([id, fields]) => toAttempt(String(id), fields) ?? []),
    position: last ? String(last[0]) : position,
    isLast: entries.length < count,
  };
}

/** The id of the newest entry that was ever added to the stream; null where there is none. Throws `UNAVAILABLE`. */
export async function readNewestPosition(): Promise<string | null> {
  const [answer] = await askRedis((pipeline) => pipeline.xrevrange(attemptsKey, "+", "-", "COUNT", 1));
  return Array.isArray(answer) && Array.isArray(answer[0]) ? String(answer[0][0]) : null;
}

/** Lets go of what was read, up to and with a position. Throws `UNAVAILABLE`. */
export async function trimAttempts(position: string): Promise<void> {
  await askRedis((pipeline) => pipeline.xtrim(attemptsKey, "MINID", position));
}

function toAttempt(id: string, fields: unknown): StreamedAttempt | undefined {
  const flat = toTexts(fields);
  const pairs = flat.flatMap((name, index) => (index % 2 === 0 ? [[name, flat[index + 1]]] : []));
  const parsed = attempt.safeParse(Object.fromEntries(pairs)).data;
  const [milliseconds, sequence] = id.split("-").map(Number);
  if (!parsed || milliseconds === undefined || sequence === undefined) return undefined;
  return { ...parsed, at: new Date(milliseconds), sequence };
}
