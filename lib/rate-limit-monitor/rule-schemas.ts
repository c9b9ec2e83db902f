import { z } from "zod";
import { actorReference, rateLimitDimension, rateLimitMode, rateLimitRuleKey, rateLimitSubject, time } from "./schemas";

const bounds = z.object({ min: z.number().int(), max: z.number().int() });
const rate = z.object({ limit: z.number().int(), windowSeconds: z.number().int() });

/** A rule with what it is set to, what it would be otherwise, and what it may be. */
export const rateLimitRule = rate.extend({
  rule: rateLimitRuleKey,
  summary: z.string(),
  dimension: rateLimitDimension.describe("What it counts by."),
  algorithm: z
    .enum(["log", "gcra"])
    .describe("log: exact in every window. gcra: one number a key, smooth, with a burst of the limit."),
  recorded: z
    .enum(["attempts", "counts"])
    .describe("Whether each attempt is kept for 48 hours, or only what each minute counted."),
  mode: rateLimitMode,
  defaults: rate,
  bounds: z.object({ limit: bounds, windowSeconds: bounds }),
  overridden: z.boolean().describe("Whether anything differs from the defaults."),
  updatedAt: time.nullable(),
  updatedBy: actorReference.nullable().describe("Null in a tenant, and for a rule that was never changed."),
});

/** A rule with what it is set to. */
export type RateLimitRule = z.output<typeof rateLimitRule>;

/** All rules: a closed list, so there are no pages. */
export const listRateLimitRulesInput = z.strictObject({});

/** All rules. */
export const listRateLimitRulesOutput = z.object({ data: z.array(rateLimitRule) });

const proposal = {
  limit: z
    .number()
    .int()
    .nullable()
    .optional()
    .describe("Within the rule's bounds; null: its default; left out: as it is."),
  windowSeconds: z
    .number()
    .int()
    .nullable()
    .optional()
    .describe("Within the rule's bounds; null: its default; left out: as it is."),
};

/** A change of a rule, in force everywhere within a second. */
export const updateRateLimitRuleInput = z.strictObject({
  rule: rateLimitRuleKey,
  ...proposal,
  mode: rateLimitMode.optional(),
});

/** A proposed rule, to be replayed over what was recorded in the last 24 hours. */
export const previewRateLimitRuleInput = z.strictObject({ rule: rateLimitRuleKey, ...proposal });

const count = z.number().int().min(0);

/** Whom a proposed rule would have refused. */
export const previewedSubject = z.object({
  subject: rateLimitSubject,
  attempts: count,
  refused: count.describe("By the proposed rule."),
  refusedNow: count.describe("By the rule as it is, over the same attempts."),
  firstRefusedAt: time.nullable().describe("When the proposed rule would first have refused it."),
});

/** What a proposed rule would have done, against the rule as it is, over the same attempts. */
export const rateLimitPreview = z.object({
  rule: rateLimitRuleKey,
  proposed: rate,
  current: rate,
  source: z
    .enum(["attempts", "heavy-hitters"])
    .describe(
      "attempts: every attempt was replayed. heavy-hitters: only the busiest of each minute are known, by count.",
    ),
  exact: z.boolean().describe("Whether the figures are exact for the time between from and to."),
  truncated: z.boolean().describe("More was recorded than a replay looks through: from is later than 24 hours ago."),
  from: time,
  to: time,
  attempts: count,
  refused: count.describe("By the proposed rule."),
  refusedNow: count.describe("By the rule as it is."),
  subjects: z.object({
    refused: count.describe("Different subjects that the proposed rule would have refused at least once."),
    refusedNow: count,
    newly: count.describe("Refused by the proposed rule and not by the rule as it is."),
    relieved: count.describe("Refused by the rule as it is and not by the proposed one."),
  }),
  data: z.array(previewedSubject).max(100).describe("Those whom either refuses most, at most 100."),
});

/** What a proposed rule would have done. */
export type RateLimitPreview = z.output<typeof rateLimitPreview>;
