import { blockedKey, parseBlockId, whoKey } from "@/lib/rate-limits/limit-keys";
import { type RuleDimension, type RuleKey, ruleCatalogue } from "@/lib/rate-limits/rule-catalogue";
import { askRedis, toFields, toMilliseconds, toScores } from "./redis-answers";

/** A key that a rule refuses now. */
export type BlockedKey = {
  id: string;
  rule: RuleKey;
  hash: string;
  dimension: RuleDimension;
  /** Milliseconds by Redis' clock. */
  until: number;
};

/** What a blocked key stands for, as far as it is known. */
export type BlockedFacts = {
  label: string | null;
  attempts: number | null;
  since: number | null;
  userId: string | null;
  tenantId: string | null;
};

type Slice = { tenantId: string | null; descending: boolean; from: number; offset: number; count: number; now: number };

/**
 * A slice of the blocked keys in the order of the time until which they are refused, from a time on; those of the past
 * are left out. Throws `UNAVAILABLE`.
 */
export async function readBlocked({ tenantId, descending, from, offset, count, now }: Slice): Promise<BlockedKey[]> {
  const key = blockedKey(tenantId);
  const [answer] = await askRedis((pipeline) =>
    descending
      ? pipeline.zrevrangebyscore(key, from, `(${now}`, "WITHSCORES", "LIMIT", offset, count)
      : pipeline.zrangebyscore(key, Math.max(from, now + 1), "+inf", "WITHSCORES", "LIMIT", offset, count),
  );
  return toScores(answer).flatMap(({ member, score }) => toBlockedKey(member, score) ?? []);
}

/** Those of these keys that are refused now, and the time by Redis' clock. Throws `UNAVAILABLE`. */
export async function findBlocked(
  ids: readonly string[],
  tenantId: string | null,
): Promise<{ now: number; found: BlockedKey[] }> {
  const [time, ...scores] = await askRedis((pipeline) => {
    pipeline.time();
    for (const id of ids) pipeline.zscore(blockedKey(tenantId), id);
  });
  const now = toMilliseconds(time);
  const found = ids.flatMap((id, index) => {
    const score = scores[index];
    const until = score === null || score === undefined ? 0 : Number(score);
    return until > now ? (toBlockedKey(id, until) ?? []) : [];
  });
  return { now, found };
}

/** What these keys stand for, in their order. Throws `UNAVAILABLE`. */
export async function readBlockedFacts(keys: readonly Pick<BlockedKey, "rule" | "hash">[]): Promise<BlockedFacts[]> {
  const answers = await askRedis((pipeline) => {
    for (const { rule, hash } of keys) pipeline.hgetall(whoKey(rule, hash));
  });
  return answers.map((answer) => {
    const { label, attempts, since, userId, tenantId } = toFields(answer);
    return {
      label: label ?? null,
      attempts: attempts === undefined ? null : Number(attempts),
      since: since === undefined ? null : Number(since),
      userId: userId ?? null,
      tenantId: tenantId ?? null,
    };
  });
}

function toBlockedKey(id: string, until: number): BlockedKey | undefined {
  const parsed = parseBlockId(id);
  return parsed ? { id, ...parsed, dimension: ruleCatalogue[parsed.rule].dimension, until } : undefined;
}
