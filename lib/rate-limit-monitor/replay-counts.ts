import type { ReplayedRule } from "./replay";

/** How often somebody came in a minute. */
export type MinuteCount = { minute: number; label: string; count: number };

/** Of one who came often, how many a rule would have refused in a minute. */
export type CountedRefusal = MinuteCount & { refused: number };

/**
 * What a rate would have refused of minutes of which only the counts are known, each spread evenly over its minute; in the
 * order of time. An estimate: bursts within a minute are not seen.
 */
export function* replayCounts(rule: ReplayedRule, counts: Iterable<MinuteCount>): Generator<CountedRefusal> {
  const perMinute = (rule.limit / rule.windowSeconds) * 60;
  const levels = new Map<string, { minute: number; level: number }>();
  for (const one of counts) {
    const former = levels.get(one.label) ?? { minute: one.minute, level: 0 };
    // The minutes between the two have let it sink.
    const level = Math.max(0, former.level - Math.max(0, one.minute - former.minute - 1) * perMinute);
    const admitted = Math.min(one.count, Math.floor(rule.limit - level + perMinute));
    const left = Math.max(0, Math.min(rule.limit, level + admitted - perMinute));
    levels.set(one.label, { minute: one.minute, level: left });
    yield { ...one, refused: one.count - Math.max(0, admitted) };
  }
}
