import { z } from "zod";
import { cursorInput, limitInput, timeInput } from "@/lib/operations/list-input";
import { minutesInput, rateLimitCounts, rateLimitRuleKey, rateLimitSubject, time } from "./schemas";

/** What the busiest are counted by. */
export const rateLimitTopDimensions = ["address", "account", "path", "caller", "caller-operation", "tenant"] as const;

/** A member of `rateLimitTopDimensions`. */
export type RateLimitTopDimension = (typeof rateLimitTopDimensions)[number];

/** The busiest of one kind, most attempts first. */
export const listRateLimitTopInput = z.strictObject({
  dimension: z.enum(rateLimitTopDimensions).default("address"),
  rule: rateLimitRuleKey.optional(),
  minutes: minutesInput,
  search: z.string().max(200).optional().describe("Part of the label."),
  limit: limitInput,
  cursor: cursorInput,
});

/** One of the busiest: decisions within the minutes asked for. Only the busiest of each minute are kept. */
export const rateLimitTopEntry = z.object({ subject: rateLimitSubject, attempts: z.number().int().min(0) });

/** One of the busiest. */
export type RateLimitTopEntry = z.output<typeof rateLimitTopEntry>;

/** How long a bucket of history is. Minutes are kept for 2 days, hours for 60, days for a year. */
export const rateLimitGranularities = ["minute", "hour", "day"] as const;

/** A member of `rateLimitGranularities`. */
export type RateLimitGranularity = (typeof rateLimitGranularities)[number];

/** Buckets of one answer at most. */
export const bucketsMax = 1_500;

/** Which history to read; without `from`, the last hour, two days or month, by granularity. */
export const listRateLimitHistoryInput = z.strictObject({
  rule: rateLimitRuleKey.optional().describe("Left out: all rules together."),
  granularity: z.enum(rateLimitGranularities).default("hour"),
  from: timeInput.optional(),
  to: timeInput.optional().describe("Exclusive; now where it is left out."),
  tenant: z.string().min(1).max(100).optional().describe("The id or slug of a tenant: what concerned it alone."),
});

/** Which history to read, parsed. */
export type ListRateLimitHistoryInput = z.output<typeof listRateLimitHistoryInput>;

/** One bucket of history. */
export const rateLimitBucket = rateLimitCounts.extend({
  at: time.describe("When the bucket began."),
  uniqueAddresses: z
    .number()
    .int()
    .min(0)
    .nullable()
    .describe("Different addresses, within 1 %; null where it is not kept."),
});

/** One bucket of history. */
export type RateLimitBucket = z.output<typeof rateLimitBucket>;

/** A series without gaps, oldest first. */
export const rateLimitHistory = z.object({
  rule: rateLimitRuleKey.nullable(),
  granularity: z.enum(rateLimitGranularities),
  from: time,
  to: time,
  data: z.array(rateLimitBucket).max(bucketsMax),
});

/** A series without gaps. */
export type RateLimitHistory = z.output<typeof rateLimitHistory>;

/** The filters and the page of the last refusals; newest first. */
export const listRateLimitRefusalsInput = z.strictObject({
  rule: rateLimitRuleKey.optional(),
  search: z.string().max(200).optional().describe("Part of a label, a path or a network address."),
  limit: limitInput,
  cursor: cursorInput,
});

/** One of the last 200 refusals. */
export const rateLimitRefusal = z.object({
  id: z.string(),
  at: time,
  rule: rateLimitRuleKey.describe("The rule that was asked."),
  manual: z.boolean().describe("Refused by a block that an operator set, not for the rule's limit."),
  subject: rateLimitSubject,
  address: z.string().nullable(),
  path: z.string().nullable(),
  blockId: z.string().describe("The block behind it, for as long as that lasts."),
});

/** One of the last refusals. */
export type RateLimitRefusal = z.output<typeof rateLimitRefusal>;
