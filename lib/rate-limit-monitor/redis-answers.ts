import { AppError } from "@/lib/errors/app-error";
import { logger } from "@/lib/observability/logger";
import { type RedisClient, redisClient } from "@/lib/redis/redis-client";

type Pipeline = ReturnType<RedisClient["pipeline"]>;

/**
 * The answers of several commands that are sent at once; all names of the limiter are in one slot. Throws `UNAVAILABLE`
 * when Redis does not answer: what it counts is not known then, which is not the same as nothing.
 */
export async function askRedis(fill: (pipeline: Pipeline) => void): Promise<unknown[]> {
  try {
    const pipeline = redisClient.get().pipeline();
    fill(pipeline);
    const answers = (await pipeline.exec()) ?? [];
    return answers.map(([error, answer]) => {
      if (error) throw error;
      return answer;
    });
  } catch (error) {
    logger.get().warn({ err: error }, "Redis does not answer: the state of the rate limits is not known");
    throw new AppError(
      "UNAVAILABLE",
      "Redis does not answer, and what the rate limits do stands there. Try again soon.",
      {
        cause: error,
        retryAfterSeconds: 2,
      },
    );
  }
}

/** The time by Redis' clock, in milliseconds: the limiter's only clock. */
export async function redisNow(): Promise<number> {
  const [answer] = await askRedis((pipeline) => pipeline.time());
  return toMilliseconds(answer);
}

/** What `TIME` answered, in milliseconds. */
export function toMilliseconds(answer: unknown): number {
  const [seconds, microseconds] = Array.isArray(answer) ? answer.map(Number) : [];
  return Math.floor((seconds ?? 0) * 1_000 + (microseconds ?? 0) / 1_000);
}

/** An answer that is a list of texts; RESP3's pairs are taken apart like RESP2's flat lists. */
export function toTexts(answer: unknown): string[] {
  return Array.isArray(answer) ? answer.flat().map(String) : [];
}

/** An answer of members and scores in turn. */
export function toScores(answer: unknown): { member: string; score: number }[] {
  const flat = toTexts(answer);
  const scores: { member: string; score: number }[] = [];
  for (let index = 0; index + 1 < flat.length; index += 2) {
    scores.push({ member: flat[index] ?? "", score: Number(flat[index + 1]) });
  }
  return scores;
}

/** The fields of a hash. */
export function toFields(answer: unknown): Record<string, string> {
  if (!Array.isArray(answer)) {
    const fields = typeof answer === "object" && answer !== null ? Object.entries(answer) : [];
    return Object.fromEntries(fields.map(([name, value]) => [name, String(value)]));
  }
  const flat = toTexts(answer);
  const pairs = flat.flatMap((name, index) => (index % 2 === 0 ? [[name, flat[index + 1] ?? ""]] : []));
  return Object.fromEntries(pairs);
}
