import { AppError } from "@/lib/errors/app-error";
import { sessionCacheSeconds } from "@/lib/sessions/session-windows";

/** What is asked for, and under which grants version the answer may be kept (null: it may not be). */
export type KeptQuestion = { version: string | null; name: string };

const keptMax = 10_000;

/**
 * Answers of Postgres that hold until anybody's roles or state change: kept in the process under the grants version
 * that was read before Postgres was, so that nothing finds them once it has been replaced, and at most
 * `sessionCacheSeconds`. The returned function throws `UNAVAILABLE` when Postgres cannot be asked.
 */
export function keptUnderVersion<Answer>(): (question: KeptQuestion, ask: () => Promise<Answer>) => Promise<Answer> {
  const kept = new Map<string, { answer: Answer; until: number }>();
  return async ({ version, name }, ask) => {
    if (version === null) return askPostgres(ask);
    const key = `${version}:${name}`;
    const known = kept.get(key);
    if (known && known.until > Date.now()) return known.answer;
    const answer = await askPostgres(ask);
    // A map keeps its insertion order: the first key is the oldest.
    if (kept.size >= keptMax) kept.delete(kept.keys().next().value ?? "");
    kept.set(key, { answer, until: Date.now() + sessionCacheSeconds * 1_000 });
    return answer;
  };
}

/** What Postgres says to whoever wants to know who is calling. Throws `UNAVAILABLE`. */
export async function askPostgres<Answer>(ask: () => Promise<Answer>): Promise<Answer> {
  try {
    return await ask();
  } catch (error) {
    throw new AppError("UNAVAILABLE", "Nobody can tell right now what you may do. Try again shortly.", {
      cause: error,
      retryAfterSeconds: 2,
    });
  }
}
