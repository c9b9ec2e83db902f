import { limitKeyPrefix, parseTopMember, type TopDimension, topKey } from "@/lib/rate-limits/limit-keys";
import type { RuleKey } from "@/lib/rate-limits/rule-catalogue";
import { askRedis, toScores } from "./redis-answers";

/** One of the busiest. */
export type TopCount = { label: string; attempts: number };

type TopQuery = {
  dimension: TopDimension;
  /** Minutes since 1970. */
  minutes: readonly number[];
  tenantId: string | null;
  rule: RuleKey | undefined;
  /** Also those behind the first thousand. */
  everybody?: boolean;
};

/** The busiest of a span that are read where nothing narrows them. */
const shownMax = 1_000;
/** Members of one command: each has a tenth of a second. */
const sliceSize = 2_000;
/** Milliseconds for which everybody who watches reads one sum, and for which it is there to be read to its end. */
const sharedMilliseconds = 1_500;
const keptMilliseconds = 10_000;

/**
 * The busiest of these minutes, most decisions first and then by label; without a rule and `everybody`, the first thousand
 * by rule. Its cost follows from how many each minute keeps, never from how many keys there are. Throws `UNAVAILABLE`.
 */
export async function readTop({ everybody = false, ...query }: TopQuery): Promise<TopCount[]> {
  const view = await sumUp(query);
  const most = everybody || query.rule !== undefined ? Number.POSITIVE_INFINITY : shownMax;
  const byLabel = new Map<string, number>();
  for (let start = 0; start < most; start += sliceSize) {
    const last = Math.min(start + sliceSize, most) - 1;
    const [answer] = await askRedis((pipeline) => pipeline.zrevrange(view, start, last, "WITHSCORES"));
    const slice = toScores(answer);
    for (const { member, score } of slice) {
      const parsed = parseTopMember(member);
      if (!parsed || (query.rule !== undefined && parsed.rule !== query.rule)) continue;
      byLabel.set(parsed.label, (byLabel.get(parsed.label) ?? 0) + score);
    }
    if (slice.length < sliceSize) break;
  }
  return [...byLabel]
    .map(([label, attempts]) => ({ label, attempts }))
    .sort((a, b) => b.attempts - a.attempts || (a.label < b.label ? -1 : 1));
}

async function sumUp({ dimension, minutes, tenantId }: TopQuery): Promise<string> {
  const turn = Math.floor(Date.now() / sharedMilliseconds);
  const view = `${limitKeyPrefix}sum:${dimension}:${tenantId ?? ""}:${minutes[0]}:${minutes.length}:${turn}`;
  const [isThere] = await askRedis((pipeline) => pipeline.exists(view));
  if (isThere === 1) return view;
  const keys = minutes.map((minute) => topKey(dimension, minute, tenantId));
  await askRedis((pipeline) => {
    pipeline.zunionstore(view, keys.length, ...keys);
    pipeline.pexpire(view, keptMilliseconds);
  });
  return view;
}

/** How often the busiest came in each of these minutes, by one rule; in the order of the minutes. Throws `UNAVAILABLE`. */
export async function readTopMinutes(
  dimension: TopDimension,
  minutes: readonly number[],
  rule: RuleKey,
): Promise<{ minute: number; label: string; count: number }[]> {
  const answers = await askRedis((pipeline) => {
    for (const minute of minutes) pipeline.zrevrange(topKey(dimension, minute, null), 0, -1, "WITHSCORES");
  });
  return minutes.flatMap((minute, index) =>
    toScores(answers[index]).flatMap(({ member, score }) => {
      const parsed = parseTopMember(member);
      return parsed?.rule === rule ? [{ minute, label: parsed.label, count: score }] : [];
    }),
  );
}
