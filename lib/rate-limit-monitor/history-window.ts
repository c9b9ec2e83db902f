import { refuseField } from "./refuse-field";
import { bucketsMax, type ListRateLimitHistoryInput, type RateLimitGranularity } from "./series-schemas";

/** Milliseconds of a bucket. In UTC every day is as long as any other. */
export const bucketMilliseconds: Record<RateLimitGranularity, number> = {
  minute: 60_000,
  hour: 3_600_000,
  day: 86_400_000,
};

/** Buckets of an answer to somebody who does not say since when. */
const bucketsByDefault: Record<RateLimitGranularity, number> = { minute: 60, hour: 48, day: 30 };

/** The buckets of an answer, as `from` (inclusive) and `to` (exclusive), both where a bucket begins. */
export type HistoryWindow = { from: Date; to: Date };

type Asked = Pick<ListRateLimitHistoryInput, "granularity" | "from" | "to">;

/** The whole buckets that hold a time. Throws `INVALID_INPUT` for none and for too many. */
export function historyWindow({ granularity, from, to }: Asked, now: number): HistoryWindow {
  const bucket = bucketMilliseconds[granularity];
  const end = Math.ceil((to === undefined ? now : Date.parse(to)) / bucket) * bucket;
  const start =
    from === undefined ? end - bucketsByDefault[granularity] * bucket : Math.floor(Date.parse(from) / bucket) * bucket;
  if (start >= end) throw refuseField("from", "Must be earlier than to.");
  if ((end - start) / bucket > bucketsMax) {
    throw refuseField(
      "from",
      `At most ${bucketsMax} buckets are answered at once: begin later, or ask for longer buckets.`,
    );
  }
  return { from: new Date(start), to: new Date(end) };
}
